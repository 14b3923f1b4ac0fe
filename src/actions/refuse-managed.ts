import { ServiceError } from '../domain/errors.ts';
import type { Rule } from '../domain/rule.ts';

/** Refuses to change a rule that an AWS service manages. `force` is how some operations may insist. */
export function refuseManaged(rule: Rule, force = false): void {
  if (rule.managedBy === undefined || force) return;
  throw new ServiceError(
    'ManagedRuleException',
    `${rule.name} is a managed rule. Set 'force' parameter to true to override.`,
  );
}
