import { isList, type ParameterValue } from '../parameters/parameter-value.ts';
import type { Comparison, Expression, Projection, Slice } from './expression.ts';
import { type Argument, callFunction } from './functions.ts';
import { QueryError } from './query-error.ts';
import { areEqual, compareValues, isNumber } from './value-order.ts';

/** What a query finds in a value; null where it finds nothing. Throws QueryError. */
export function search(expression: Expression, value: ParameterValue): ParameterValue {
  switch (expression.kind) {
    case 'current':
      return value;
    case 'literal':
      return expression.value;
    case 'field':
      return value instanceof Map ? (value.get(expression.name) ?? null) : null;
    case 'index':
      return value !== null && isList(value) ? (value.at(expression.index) ?? null) : null;
    case 'slice':
      return value !== null && isList(value) ? slice(value, expression) : null;
    case 'chain':
      return search(expression.second, search(expression.first, value));
    case 'projection':
      return project(expression, value);
    case 'flatten':
      return flatten(search(expression.list, value));
    case 'list':
      return value === null ? null : expression.items.map((item) => search(item, value));
    case 'object':
      if (value === null) return null;
      return new Map(expression.members.map(([name, member]) => [name, search(member, value)]));
    case 'or': {
      const left = search(expression.left, value);
      return isTrue(left) ? left : search(expression.right, value);
    }
    case 'and': {
      const left = search(expression.left, value);
      return isTrue(left) ? search(expression.right, value) : left;
    }
    case 'not':
      return !isTrue(search(expression.operand, value));
    case 'comparison':
      return compare(expression, value);
    case 'call':
      return callFunction(
        expression.name,
        expression.args.map((argument) => argumentOf(argument, value)),
      );
    case 'reference':
      // References are arguments of functions; as a result they can't be shown.
      throw new QueryError('Object of type _Expression is not JSON serializable');
  }
}

function argumentOf(expression: Expression, value: ParameterValue): Argument {
  if (expression.kind !== 'reference') return search(expression, value);
  return (item) => search(expression.expression, item);
}

// Nothing, false, and whatever is empty; 0 counts as true.
function isTrue(value: ParameterValue): boolean {
  if (value === null || value === false || value === '') return false;
  if (isList(value)) return value.length > 0;
  return !(value instanceof Map) || value.size > 0;
}

function project(projection: Projection, value: ParameterValue): ParameterValue {
  const { over, base, each, condition } = projection;
  const found = itemsOf(over, search(base, value));
  if (found === undefined) return null;
  return found
    .filter((item) => condition === undefined || isTrue(search(condition, item)))
    .map((item) => search(each, item))
    .filter((item) => item !== null);
}

function itemsOf(over: Projection['over'], base: ParameterValue): readonly ParameterValue[] | undefined {
  if (over === 'values') return base instanceof Map ? [...base.values()] : undefined;
  return base !== null && isList(base) ? base : undefined;
}

function flatten(list: ParameterValue): ParameterValue {
  if (list === null || !isList(list)) return null;
  return list.flatMap((item) => (item !== null && isList(item) ? item : [item]));
}

const SYMBOLS = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

function compare({ operator, left, right }: Comparison, value: ParameterValue): ParameterValue {
  const one = search(left, value);
  const other = search(right, value);
  if (operator === 'eq' || operator === 'ne') return areEqual(one, other) === (operator === 'eq');
  if (!hasOrder(one) || !hasOrder(other)) return null;
  const order = compareValues(one, other, SYMBOLS[operator]);
  if (operator === 'lt') return order < 0;
  if (operator === 'lte') return order <= 0;
  return operator === 'gt' ? order > 0 : order >= 0;
}

function hasOrder(value: ParameterValue): boolean {
  return typeof value === 'string' || isNumber(value);
}

function slice(list: readonly ParameterValue[], { start, stop, step = 1 }: Slice): ParameterValue {
  if (step === 0) throw new QueryError('slice step cannot be zero');
  const [first, last] = step > 0 ? [0, list.length] : [list.length - 1, -1];
  const inside = (bound: number) => {
    const index = bound < 0 ? bound + list.length : bound;
    return step > 0
      ? Math.min(Math.max(index, 0), list.length)
      : Math.min(Math.max(index, -1), list.length - 1);
  };
  const from = start === undefined ? first : inside(start);
  const to = stop === undefined ? last : inside(stop);
  const part: ParameterValue[] = [];
  for (let index = from; step > 0 ? index < to : index > to; index += step) part.push(list[index] ?? null);
  return part;
}
