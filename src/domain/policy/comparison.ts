import { type Lookup, operandOf } from './operand.ts';
import { matchesWildcards } from './wildcard.ts';

/**
 * Compares a value of a policy with one of a request. Undefined when the two can't be compared: no number,
 * no date, a variable without a value.
 */
export type Comparison = (wanted: string, actual: string, lookup: Lookup | undefined) => boolean | undefined;

/** One operator without its prefix and suffix. */
export interface Operator {
  readonly compare: Comparison;
  /** Whether it holds when the comparison fails. */
  readonly negated: boolean;
}

/**
 * The condition operators by name.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const operators: ReadonlyMap<string, Operator> = new Map([
  ['StringEquals', positive(text(false))],
  ['StringNotEquals', negative(text(false))],
  ['StringEqualsIgnoreCase', positive(ignoringCase)],
  ['StringNotEqualsIgnoreCase', negative(ignoringCase)],
  ['StringLike', positive(text(true))],
  ['StringNotLike', negative(text(true))],
  // AWS compares both the same way, wildcards included.
  ['ArnEquals', positive(arn)],
  ['ArnLike', positive(arn)],
  ['ArnNotEquals', negative(arn)],
  ['ArnNotLike', negative(arn)],
  ['Bool', positive(truth)],
  ['NumericEquals', positive(ordered(numberOf, (wanted, actual) => actual === wanted))],
  ['NumericNotEquals', negative(ordered(numberOf, (wanted, actual) => actual === wanted))],
  ['NumericLessThan', positive(ordered(numberOf, (wanted, actual) => actual < wanted))],
  ['NumericLessThanEquals', positive(ordered(numberOf, (wanted, actual) => actual <= wanted))],
  ['NumericGreaterThan', positive(ordered(numberOf, (wanted, actual) => actual > wanted))],
  ['NumericGreaterThanEquals', positive(ordered(numberOf, (wanted, actual) => actual >= wanted))],
  ['DateEquals', positive(ordered(timeOf, (wanted, actual) => actual === wanted))],
  ['DateNotEquals', negative(ordered(timeOf, (wanted, actual) => actual === wanted))],
  ['DateLessThan', positive(ordered(timeOf, (wanted, actual) => actual < wanted))],
  ['DateLessThanEquals', positive(ordered(timeOf, (wanted, actual) => actual <= wanted))],
  ['DateGreaterThan', positive(ordered(timeOf, (wanted, actual) => actual > wanted))],
  ['DateGreaterThanEquals', positive(ordered(timeOf, (wanted, actual) => actual >= wanted))],
]);

function positive(compare: Comparison): Operator {
  return { compare, negated: false };
}

function negative(compare: Comparison): Operator {
  return { compare, negated: true };
}

function text(wildcards: boolean): Comparison {
  return (wanted, actual, lookup) => {
    const pattern = operandOf(wanted, { wildcards, lookup });
    return pattern === undefined ? undefined : matchesWildcards(pattern, actual);
  };
}

function ignoringCase(wanted: string, actual: string, lookup: Lookup | undefined): boolean | undefined {
  const lowered: Lookup | undefined = lookup && ((key) => lookup(key)?.toLowerCase());
  return text(false)(wanted.toLowerCase(), actual.toLowerCase(), lowered);
}

const ARN_PARTS = 6;

/** An ARN is compared part by part, so that a wildcard never reaches into the next one. */
function arn(wanted: string, actual: string, lookup: Lookup | undefined): boolean | undefined {
  const patterns = arnParts(wanted);
  const parts = arnParts(actual);
  // A lone asterisk is no ARN, and still says clearly what it means.
  if (patterns.length === 1) return text(true)(wanted, actual, lookup);
  if (patterns.length < ARN_PARTS) return undefined;
  if (parts.length < ARN_PARTS) return false;
  const results = patterns.map((pattern, index) => text(true)(pattern, parts[index] ?? '', lookup));
  if (results.includes(false)) return false;
  return results.includes(undefined) ? undefined : true;
}

/** Cut at the first five colons that don't belong to a variable; resources keep theirs. */
function arnParts(text: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let inVariable = false;
  for (let at = 0; at < text.length && parts.length < ARN_PARTS - 1; at++) {
    if (text.startsWith('${', at)) inVariable = true;
    else if (text[at] === '}') inVariable = false;
    else if (text[at] === ':' && !inVariable) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

const TRUTHS = ['true', 'false'];

function truth(wanted: string, actual: string): boolean | undefined {
  const [a, b] = [wanted.toLowerCase(), actual.toLowerCase()];
  return TRUTHS.includes(a) && TRUTHS.includes(b) ? a === b : undefined;
}

function ordered(
  read: (text: string) => number,
  holds: (wanted: number, actual: number) => boolean,
): Comparison {
  return (wantedText, actualText) => {
    const wanted = read(wantedText);
    const actual = read(actualText);
    return Number.isNaN(wanted) || Number.isNaN(actual) ? undefined : holds(wanted, actual);
  };
}

function numberOf(text: string): number {
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
}

/** Epoch seconds, or a date of ISO 8601; in epoch milliseconds. */
function timeOf(text: string): number {
  const seconds = numberOf(text);
  if (!Number.isNaN(seconds)) return seconds * 1000;
  return /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
}
