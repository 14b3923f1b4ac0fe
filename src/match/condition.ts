import { addressDigits, withinBlock } from './address.ts';
import type { Scalar } from './event-fields.ts';
import { endsIgnoringCase, equalsIgnoringCase, startIgnoringCase } from './ignore-case.ts';
import { isInteger } from './number.ts';
import type {
  AffixCondition,
  Condition,
  IgnoreCaseCondition,
  NumberCondition,
  NumericCondition,
  StringCondition,
  WildcardCondition,
} from './pattern.ts';
import { matchesSegments } from './wildcard.ts';

/**
 * Whether a value that is there satisfies a condition; so `exists: false` never holds.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function holds(condition: Condition, value: Scalar): boolean {
  switch (condition.kind) {
    case 'exists':
      return condition.exists;
    case 'token':
      return value.kind === 'token' && value.text === condition.token;
    case 'number':
      return value.kind === 'number' && equalsNumber(condition, value);
    case 'numeric':
      return value.kind === 'number' && value.value !== undefined && withinRange(condition, value.value);
    case 'cidr':
      return withinBlock(condition, value.kind === 'string' ? (addressDigits(value.text) ?? '') : value.text);
    case 'not-strings':
      return value.kind !== 'string' || !condition.values.includes(value.text);
    case 'not-numbers':
      return value.kind !== 'number' || value.value === undefined || !condition.values.includes(value.value);
    case 'none-of':
      return value.kind !== 'string' || !condition.conditions.some((one) => holdsFor(one, value.text));
    default:
      return value.kind === 'string' && holdsFor(condition, value.text);
  }
}

type TextCondition = StringCondition | AffixCondition | IgnoreCaseCondition | WildcardCondition;

function holdsFor(condition: TextCondition, text: string): boolean {
  switch (condition.kind) {
    case 'string':
      return (
        text === condition.value ||
        (condition.address !== undefined && condition.address === addressDigits(text))
      );
    case 'prefix':
      return text.startsWith(condition.value);
    case 'suffix':
      return text.endsWith(condition.value);
    case 'equals-ignore-case':
      return equalsIgnoringCase(condition.alternatives, text);
    case 'prefix-ignore-case':
      return startIgnoringCase(condition.alternatives, text) !== -1;
    case 'suffix-ignore-case':
      return endsIgnoringCase(condition.alternatives, text);
    case 'wildcard':
      return matchesSegments(condition.segments, text);
  }
}

// Where no double holds a number, only its digits can speak for it; a fraction or an exponent loses them on
// the way through AWS, so those never match.
function equalsNumber(condition: NumberCondition, value: Scalar & { kind: 'number' }): boolean {
  if (condition.value !== undefined || value.value !== undefined) return condition.value === value.value;
  return condition.text === value.text && isInteger(value.text);
}

function withinRange(range: NumericCondition, value: number): boolean {
  const { low, lowIncluded, high, highIncluded } = range;
  return (
    (value > low || (lowIncluded && value === low)) && (value < high || (highIncluded && value === high))
  );
}
