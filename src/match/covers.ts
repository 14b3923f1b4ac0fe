import { holds } from './condition.ts';
import type { Condition, NumericCondition, Pattern, SubRule, WildcardCondition } from './pattern.ts';
import { matchesSegments } from './wildcard.ts';

/**
 * Whether it is certain that every event that matches `narrow` matches `wide` too. False where it is not so, and
 * where it can't be told field by field, condition by condition.
 */
export function covers(wide: Pattern, narrow: Pattern): boolean {
  return narrow.subRules.every((one) => wide.subRules.some((other) => subRuleCovers(other, one)));
}

// What holds for some elements of arrays under more fields holds for the same elements under fewer of them.
function subRuleCovers(wide: SubRule, narrow: SubRule): boolean {
  if (wide.fields.size > narrow.fields.size) return false;
  for (const [path, conditions] of wide.fields) {
    const given = narrow.fields.get(path);
    if (given === undefined) return false;
    // Whether a field is absent depends on the elements that the other fields have chosen.
    if (given.some(isAbsence) && wide.fields.size !== narrow.fields.size) return false;
    if (!given.every((one) => conditions.some((condition) => implies(one, condition)))) return false;
  }
  return true;
}

function isAbsence(condition: Condition): boolean {
  return condition.kind === 'exists' && !condition.exists;
}

/** Whether each value that satisfies `given` certainly satisfies `asked`. */
function implies(given: Condition, asked: Condition): boolean {
  if (isSame(given, asked)) return true;
  if (asked.kind === 'exists') return asked.exists && given.kind !== 'exists';
  switch (given.kind) {
    case 'string':
      // An address stands for all its spellings.
      if (given.address !== undefined) return asked.kind === 'not-numbers';
      return holds(asked, { kind: 'string', text: given.value });
    case 'number':
      if (given.value === undefined || asked.kind === 'cidr') return false;
      return holds(asked, { kind: 'number', text: given.text, value: given.value });
    case 'token':
      return holds(asked, { kind: 'token', text: given.token });
    case 'numeric':
      return rangeImplies(given, asked);
    case 'prefix':
      return startImplies(given.value, asked);
    case 'suffix':
      return endImplies(given.value, asked);
    case 'not-strings':
      return asked.kind === 'not-strings' && asked.values.every((value) => given.values.includes(value));
    case 'not-numbers':
      return asked.kind === 'not-numbers' && asked.values.every((value) => given.values.includes(value));
    case 'equals-ignore-case':
    case 'prefix-ignore-case':
    case 'suffix-ignore-case':
    case 'wildcard':
      return asked.kind === 'not-numbers';
    default:
      return false;
  }
}

function isSame(one: Condition, other: Condition): boolean {
  if (one.kind === 'number' && other.kind === 'number') {
    return one.value === other.value && (one.value !== undefined || one.text === other.text);
  }
  return JSON.stringify(one) === JSON.stringify(other);
}

function rangeImplies(given: NumericCondition, asked: Condition): boolean {
  switch (asked.kind) {
    case 'not-strings':
    case 'none-of':
      return true;
    case 'not-numbers':
      return asked.values.every((value) => !isWithin(given, value));
    case 'numeric':
      return (
        (asked.low < given.low || (asked.low === given.low && (asked.lowIncluded || !given.lowIncluded))) &&
        (asked.high > given.high ||
          (asked.high === given.high && (asked.highIncluded || !given.highIncluded)))
      );
    default:
      return false;
  }
}

function isWithin({ low, lowIncluded, high, highIncluded }: NumericCondition, value: number): boolean {
  const isAbove = value > low || (lowIncluded && value === low);
  return isAbove && (value < high || (highIncluded && value === high));
}

/** For all texts that begin with `start`. */
function startImplies(start: string, asked: Condition): boolean {
  switch (asked.kind) {
    case 'prefix':
    case 'prefix-ignore-case':
      return holds(asked, { kind: 'string', text: start });
    case 'wildcard':
      return endsInStar(asked) && matchesSegments(asked.segments, start);
    case 'not-strings':
      return asked.values.every((value) => !value.startsWith(start));
    default:
      return asked.kind === 'not-numbers';
  }
}

/** For all texts that end with `end`. */
function endImplies(end: string, asked: Condition): boolean {
  switch (asked.kind) {
    case 'suffix':
    case 'suffix-ignore-case':
      return holds(asked, { kind: 'string', text: end });
    case 'wildcard':
      return startsWithStar(asked) && matchesSegments(asked.segments, end);
    case 'not-strings':
      return asked.values.every((value) => !value.endsWith(end));
    default:
      return asked.kind === 'not-numbers';
  }
}

function endsInStar({ segments }: WildcardCondition): boolean {
  return segments.length > 1 && segments.at(-1) === '';
}

function startsWithStar({ segments }: WildcardCondition): boolean {
  return segments.length > 1 && segments[0] === '';
}
