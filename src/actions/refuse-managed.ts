import { ServiceError } from '../domain/errors.ts';
import type { Rule } from '../domain/rule.ts';

/** Refuses to change a rule that an AWS service manages. */
export function refuseManaged(rule: Rule): void {
  if (rule.managedBy !== undefined) throw managed(`${rule.name} is a managed rule.`);
}

/** The same for the operations that take `Force`, and say so. */
export function refuseManagedUnlessForced(rule: Rule, force = false): void {
  if (rule.managedBy === undefined || force) return;
  throw managed(`${rule.name} is a managed rule. Set 'force' parameter to true to override.`);
}

/** The same for tags, which even force does not change. */
export function refuseTaggingManaged(rule: Rule): void {
  if (rule.managedBy === undefined) return;
  throw managed(`Tag related operations on the managed rule ${rule.name} is not allowed.`);
}

function managed(message: string): ServiceError {
  return new ServiceError('ManagedRuleException', message);
}
