import { isList, type ParameterValue } from '../parameters/parameter-value.ts';
import { pythonType } from '../python-text.ts';
import { QueryError } from './query-error.ts';

/** Whether a value is a number, of either kind. */
export function isNumber(value: ParameterValue): value is bigint | number {
  return typeof value === 'bigint' || typeof value === 'number';
}

/** Whether two values are equal; a boolean equals no number. */
export function areEqual(left: ParameterValue, right: ParameterValue): boolean {
  if (isNumber(left) !== isNumber(right)) return false;
  return areEqualInside(left, right);
}

/** Equality as `contains` and the items of lists have it: there 1 equals true. */
export function areEqualInside(left: ParameterValue, right: ParameterValue): boolean {
  const one = typeof left === 'boolean' ? BigInt(left) : left;
  const other = typeof right === 'boolean' ? BigInt(right) : right;
  if (isNumber(one) && isNumber(other)) return one <= other && one >= other;
  if (one instanceof Map && other instanceof Map) return haveEqualMembers(one, other);
  if (one !== null && other !== null && isList(one) && isList(other)) {
    return one.length === other.length && one.every((item, at) => areEqualInside(item, other[at] ?? null));
  }
  return one === other;
}

function haveEqualMembers(
  one: ReadonlyMap<string, ParameterValue>,
  other: ReadonlyMap<string, ParameterValue>,
): boolean {
  if (one.size !== other.size) return false;
  return [...one].every(([name, value]) => {
    const found = other.get(name);
    return found !== undefined && areEqualInside(value, found);
  });
}

/**
 * Below 0 when `left` comes first, above 0 when `right` does, 0 for equal ones. Texts go by code points.
 * Throws QueryError, which names the operator, for a text and a number: these have no order.
 */
export function compareValues(left: ParameterValue, right: ParameterValue, operator = '<'): number {
  if (typeof left === 'string' && typeof right === 'string') return compareTexts(left, right);
  if (isNumber(left) && isNumber(right)) return left < right ? -1 : Number(left > right);
  const [one, other] = [pythonType(left), pythonType(right)].map((type) => type.slice(8, -2));
  throw new QueryError(`'${operator}' not supported between instances of '${one}' and '${other}'`);
}

/** The order of texts by code points (JavaScript's own goes by UTF-16 units). */
export function compareTexts(left: string, right: string): number {
  for (let index = 0; index < left.length && index < right.length; ) {
    const one = left.codePointAt(index) ?? 0;
    const other = right.codePointAt(index) ?? 0;
    if (one !== other) return one - other;
    index += one > 0xffff ? 2 : 1;
  }
  return left.length - right.length;
}
