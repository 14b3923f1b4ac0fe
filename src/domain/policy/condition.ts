import { operators } from './comparison.ts';
import type { Lookup } from './operand.ts';
import type { Condition, Effect } from './policy.ts';

/** What a request says under a condition key, in lower case; no value at all is like no key. */
export type ConditionValues = (key: string) => readonly string[];

export interface ConditionRequest {
  readonly valuesOf: ConditionValues;
  /** Values of policy variables; undefined where the policy knows none. */
  readonly lookup: Lookup | undefined;
}

// Comparing costs the product of both lengths, and callers choose one of them: sources may be of any length.
const LONGEST_VALUE_CHARACTERS = 2048;

const SET_PREFIXES = ['ForAllValues', 'ForAnyValue'] as const;
const IF_EXISTS = 'IfExists';

interface ReadOperator {
  readonly set: (typeof SET_PREFIXES)[number] | undefined;
  readonly name: string;
  readonly ifExists: boolean;
}

/** Whether Busbar can evaluate an operator; of one that it can't, nothing is ever allowed. */
export function isKnownOperator(operator: string): boolean {
  const { set, name, ifExists } = readOperator(operator);
  return name === 'Null' ? set === undefined && !ifExists : operators.has(name);
}

/**
 * Whether a condition holds. What can't be decided (an operator nobody knows, a number that is none, several
 * values where one is wanted, a value without end) goes against the caller: it does not hold in an Allow, and holds in a Deny.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function conditionHolds(condition: Condition, effect: Effect, request: ConditionRequest): boolean {
  const undecided = effect === 'Deny';
  if (!isKnownOperator(condition.operator)) return undecided;
  const { set, name, ifExists } = readOperator(condition.operator);
  const actual = request.valuesOf(condition.key);
  if (name === 'Null') return condition.values.some((value) => value === String(actual.length === 0));
  const operator = operators.get(name);
  if (operator === undefined) return undecided;
  if (actual.length === 0) {
    if (ifExists || set === 'ForAllValues') return true;
    return set === undefined && operator.negated;
  }
  const holds = (value: string): boolean => {
    if (value.length > LONGEST_VALUE_CHARACTERS) return undecided;
    const results = condition.values.map((wanted) => operator.compare(wanted, value, request.lookup));
    if (results.includes(true)) return !operator.negated;
    return results.includes(undefined) ? undecided : operator.negated;
  };
  if (set === 'ForAllValues') return actual.every(holds);
  // Of several values an operator for one allows nothing, as AWS documents for events:source.
  return set === undefined && actual.length > 1 && !undecided ? false : actual.some(holds);
}

function readOperator(operator: string): ReadOperator {
  const colon = operator.indexOf(':');
  const prefix = operator.slice(0, Math.max(colon, 0));
  const set = SET_PREFIXES.find((known) => known === prefix);
  const rest = set === undefined ? operator : operator.slice(colon + 1);
  const ifExists = rest.endsWith(IF_EXISTS);
  return { set, name: ifExists ? rest.slice(0, -IF_EXISTS.length) : rest, ifExists };
}
