import { type ConditionRequest, conditionHolds } from './condition.ts';
import { operandOf } from './operand.ts';
import type { Policy, PrincipalName, Selection, Statement } from './policy.ts';
import { matchesWildcards } from './wildcard.ts';

/** Who asks. An AWS service has a host name and, of its own, no account. */
export interface Caller {
  /** Twelve digits. */
  readonly account?: string;
  /** The user or role. */
  readonly arn?: string;
  /** `events.amazonaws.com` */
  readonly service?: string;
}

/** What somebody wants to do. */
export interface AccessRequest {
  readonly caller: Caller;
  /** `events:PutEvents` */
  readonly action: string;
  /** ARN of what it is done to. */
  readonly resource: string;
  /**
   * Values of condition keys, under any spelling of their names. `aws:PrincipalAccount` and
   * `aws:PrincipalArn` come from the caller.
   */
  readonly keys: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** What a policy says to a request: a Deny wins over every Allow; `silent` is neither. */
export type Verdict = 'allowed' | 'denied' | 'silent';

/**
 * Evaluates a policy alone: what else may allow the request (the caller's own account) is not asked here.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluatePolicy(policy: Policy, request: AccessRequest): Verdict {
  const conditions = conditionRequest(policy, request);
  const speaking = policy.statements.filter((statement) => speaksOf(statement, request, conditions));
  if (speaking.some(({ effect }) => effect === 'Deny')) return 'denied';
  return speaking.length > 0 ? 'allowed' : 'silent';
}

function conditionRequest(policy: Policy, { caller, keys }: AccessRequest): ConditionRequest {
  const values = new Map<string, readonly string[]>();
  const all = { ...keys, 'aws:PrincipalAccount': caller.account, 'aws:PrincipalArn': caller.arn };
  for (const [key, value] of Object.entries(all)) {
    if (value !== undefined) values.set(key.toLowerCase(), typeof value === 'string' ? [value] : value);
  }
  const valuesOf = (key: string) => values.get(key) ?? [];
  const lookup = (key: string) => {
    const found = valuesOf(key.toLowerCase());
    return found.length === 1 ? found[0] : undefined;
  };
  return { valuesOf, lookup: policy.version === '2012-10-17' ? lookup : undefined };
}

function speaksOf(statement: Statement, request: AccessRequest, conditions: ConditionRequest): boolean {
  const { effect } = statement;
  const action = request.action.toLowerCase();
  return (
    selects(statement.principals, (name) => isPrincipal(name, request.caller)) &&
    selects(statement.actions, (text) => covers(text.toLowerCase(), action)) &&
    selects(statement.resources, (text) => {
      const pattern = operandOf(text, { wildcards: true, lookup: conditions.lookup });
      return pattern !== undefined && matchesWildcards(pattern, request.resource);
    }) &&
    statement.conditions.every((condition) => conditionHolds(condition, effect, conditions))
  );
}

function selects<T>({ except, values }: Selection<T>, fits: (value: T) => boolean): boolean {
  return values.some(fits) !== except;
}

function covers(text: string, actual: string): boolean {
  const pattern = operandOf(text, { wildcards: true, lookup: undefined });
  return pattern !== undefined && matchesWildcards(pattern, actual);
}

const ROOT = /^arn:[\w-]+:iam::(\d{12}):root$/;

/** An account, by number or root ARN, stands for everybody in it; a user or role for itself alone. */
function isPrincipal({ kind, value }: PrincipalName, caller: Caller): boolean {
  if (kind === '*') return true;
  if (kind === 'Service') return value === caller.service;
  if (kind !== 'AWS') return false;
  if (value === '*') return true;
  const account = ROOT.exec(value)?.[1] ?? value;
  return account === caller.account || value === caller.arn;
}
