import { parseArn } from '../domain/arn.ts';
import { ServiceError } from '../domain/errors.ts';
import { operandOf } from '../domain/policy/operand.ts';
import { InvalidPolicyError, parsePolicy } from '../domain/policy/parse-policy.ts';
import { matchesWildcards } from '../domain/policy/wildcard.ts';

/** A statement as it stands in the document, with whatever it holds. */
export interface StatementDocument {
  readonly Sid?: unknown;
  readonly [member: string]: unknown;
}

/** The statements of a policy that was checked before; none when there is no policy. */
export function statementsIn(policy: string | undefined): readonly StatementDocument[] {
  if (policy === undefined) return [];
  const { Statement } = documentOf(policy);
  return Array.isArray(Statement) ? Statement : [Statement as StatementDocument];
}

/** The document with other statements; all else in it stays. */
export function withStatements(policy: string | undefined, statements: readonly StatementDocument[]): string {
  const document = policy === undefined ? { Version: '2012-10-17' } : documentOf(policy);
  return JSON.stringify({ ...document, Statement: statements });
}

// What is kept was checked when it came.
function documentOf(policy: string): { readonly Statement?: unknown } {
  return JSON.parse(policy) as { readonly Statement?: unknown };
}

/** Refuses a whole policy that is none, or that speaks of another event bus than the one it is for. */
export function checkBusPolicy(policy: string, busName: string): void {
  try {
    for (const { resources } of parsePolicy(policy).statements) {
      for (const resource of resources.values) checkResource(resource, busName);
    }
  } catch (error) {
    if (error instanceof InvalidPolicyError) throw new ServiceError('ValidationException', error.message);
    throw error;
  }
}

function checkResource(resource: string, busName: string): void {
  if (resource === '*') return;
  const relativeId = parseArn(resource)?.resource;
  // Rules are spoken of in several ways, and none of them reaches another bus's rules from here.
  if (relativeId?.startsWith('rule/') === true) return;
  const pattern = operandOf(relativeId ?? '', { wildcards: true, lookup: undefined });
  if (pattern !== undefined && matchesWildcards(pattern, `event-bus/${busName}`)) return;
  throw new InvalidPolicyError(
    `The relative-id "${relativeId ?? resource}" is invalid for ARN "${resource}"`,
  );
}
