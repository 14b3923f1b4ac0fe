import { asciiJson } from '../output/output-json.ts';
import { isList, type ParameterValue } from '../parameters/parameter-value.ts';
import { pythonRepr, pythonText, pythonType } from '../python-text.ts';
import { QueryError } from './query-error.ts';
import { areEqualInside, compareValues, isNumber } from './value-order.ts';

/** An expression that a function applies by itself (`sort_by(Rules, &Name)`). */
export type Reference = (item: ParameterValue) => ParameterValue;

export type Argument = ParameterValue | Reference;

/**
 * Calls a function of JMESPath. Throws QueryError for a name that is none, and for arguments of a wrong number or
 * type.
 */
export function callFunction(name: string, args: readonly Argument[]): ParameterValue {
  const known = FUNCTIONS.get(name);
  if (known === undefined) throw new QueryError(`Unknown function: ${name}()`);
  const { takes, variadic, run } = known;
  const wrongNumber = variadic ? args.length < takes.length : args.length !== takes.length;
  if (wrongNumber) {
    const least = variadic ? 'at least ' : '';
    const noun = takes.length === 1 ? 'argument' : 'arguments';
    throw new QueryError(
      `Expected ${least}${takes.length} ${noun} for function ${name}(), received ${args.length}`,
    );
  }
  for (const [index, argument] of args.entries()) {
    checkType(name, argument, takes[Math.min(index, takes.length - 1)] ?? ANY);
  }
  return run(args);
}

type Type = 'number' | 'string' | 'array' | 'object' | 'array-number' | 'array-string' | 'expref';

interface KnownFunction {
  /** The types that each argument may have; none for any. */
  readonly takes: readonly (readonly Type[])[];
  /** Whether more arguments may follow. */
  readonly variadic: boolean;
  readonly run: (args: readonly Argument[]) => ParameterValue;
}

function checkType(name: string, argument: Argument, types: readonly Type[]): void {
  if (types.length === 0) return;
  const type = typeOf(argument);
  if (!types.some((allowed) => allowed.split('-')[0] === type)) throw wrongType(name, argument, type, types);
  const inside = types.flatMap((allowed) => allowed.split('-')[1] ?? []);
  const items = listOf(argument);
  if (inside.length === 0 || items[0] === undefined) return;
  // Where items of several types may stand, the first decides what the others have to be.
  const allowed = inside.includes(typeOf(items[0])) ? typeOf(items[0]) : inside[0];
  const misfit = items.find((item) => typeOf(item) !== allowed);
  if (misfit !== undefined) throw wrongType(name, misfit, className(misfit), types);
}

function wrongType(name: string, argument: Argument, type: string, types: readonly string[]): QueryError {
  const shown = typeof argument === 'function' ? 'an expression' : pythonText(argument);
  return new QueryError(
    `In function ${name}(), invalid type for value: ${shown}, ` +
      `expected one of: ${pythonRepr(types)}, received: "${type}"`,
  );
}

function typeOf(value: Argument): string {
  if (typeof value === 'function') return 'expref';
  if (value === null) return 'null';
  if (isNumber(value)) return 'number';
  if (typeof value === 'string' || typeof value === 'boolean') return typeof value;
  return isList(value) ? 'array' : 'object';
}

function className(value: ParameterValue): string {
  return pythonType(value).slice("<class '".length, -"'>".length);
}

// Arguments have been checked when these look at them: the other case does not arise.
function listOf(argument: Argument | undefined): readonly ParameterValue[] {
  return typeof argument === 'object' && argument !== null && isList(argument) ? argument : [];
}

function objectOf(argument: Argument | undefined): ReadonlyMap<string, ParameterValue> {
  return argument instanceof Map ? argument : new Map();
}

function textOf(argument: Argument | undefined): string {
  return typeof argument === 'string' ? argument : '';
}

function numberOf(argument: Argument | undefined): bigint | number {
  return typeof argument === 'bigint' || typeof argument === 'number' ? argument : 0n;
}

function referenceOf(argument: Argument | undefined): Reference {
  return typeof argument === 'function' ? argument : (item) => item;
}

function plainOf(argument: Argument | undefined): ParameterValue {
  if (typeof argument !== 'function') return argument ?? null;
  throw new QueryError('Object of type _Expression is not JSON serializable');
}

function sum(list: readonly ParameterValue[]): bigint | number {
  return list.reduce<bigint | number>((total, item) => {
    const number = numberOf(item);
    if (typeof total === 'bigint' && typeof number === 'bigint') return total + number;
    return Number(total) + Number(number);
  }, 0n);
}

function average(list: readonly ParameterValue[]): ParameterValue {
  return list.length === 0 ? null : Number(sum(list)) / list.length;
}

function rounded(number: bigint | number, round: (number: number) => number): bigint {
  if (typeof number === 'bigint') return number;
  if (Number.isFinite(number)) return BigInt(round(number));
  const name = Number.isNaN(number) ? 'NaN' : 'infinity';
  throw new QueryError(`cannot convert float ${name} to integer`);
}

function absolute(number: bigint | number): bigint | number {
  if (typeof number === 'number') return Math.abs(number);
  return number < 0n ? -number : number;
}

function contains(subject: Argument | undefined, item: ParameterValue): boolean {
  if (typeof subject !== 'string') return listOf(subject).some((other) => areEqualInside(other, item));
  if (typeof item === 'string') return subject.includes(item);
  throw new QueryError(`'in <string>' requires string as left operand, not ${className(item)}`);
}

function length(argument: Argument | undefined): bigint {
  if (typeof argument === 'string') return BigInt([...argument].length);
  return BigInt(argument instanceof Map ? argument.size : listOf(argument).length);
}

function reverse(argument: Argument | undefined): ParameterValue {
  if (typeof argument === 'string') return [...argument].reverse().join('');
  return listOf(argument).toReversed();
}

const INTEGER = /^\s*[+-]?\d+(?:_\d+)*\s*$/;
const DECIMAL = /^\s*[+-]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+)?\s*$/i;

function toNumber(value: ParameterValue): ParameterValue {
  if (isNumber(value)) return value;
  if (typeof value !== 'string') return null;
  const digits = value.replaceAll('_', '').replace('+', '');
  if (INTEGER.test(value)) return BigInt(digits);
  return DECIMAL.test(value) ? Number(value.replaceAll('_', '')) : null;
}

// The first of the items that come last: with `direction` 1 the greatest, with -1 the least.
function extreme(
  list: readonly ParameterValue[],
  keyOf: (item: ParameterValue) => ParameterValue,
  direction: 1 | -1,
): ParameterValue {
  const [first, ...others] = list.map((item) => ({ item, key: keyOf(item) }));
  if (first === undefined) return null;
  return others.reduce((best, other) => {
    const order = compareValues(other.key, best.key, direction > 0 ? '>' : '<');
    return order * direction > 0 ? other : best;
  }, first).item;
}

function checkedKey(name: string, reference: Reference, types: readonly string[]): Reference {
  return (item) => {
    const key = reference(item);
    if (!types.includes(typeOf(key))) throw wrongType(name, key, typeOf(key), types);
    return key;
  };
}

function sortBy(list: readonly ParameterValue[], reference: Reference): ParameterValue {
  const [first] = list;
  if (first === undefined) return [];
  const type = typeOf(reference(first));
  if (type !== 'number' && type !== 'string') throw wrongType('sort_by', first, type, ['string', 'number']);
  const keyOf = checkedKey('sort_by', reference, [type]);
  return list
    .map((item) => ({ item, key: keyOf(item) }))
    .sort((one, other) => compareValues(one.key, other.key))
    .map(({ item }) => item);
}

const KEYS = ['number', 'string'];
const ANY: readonly Type[] = [];

function takes(types: readonly (readonly Type[])[], run: KnownFunction['run']): KnownFunction {
  return { takes: types, variadic: false, run };
}

const FUNCTIONS: ReadonlyMap<string, KnownFunction> = new Map<string, KnownFunction>([
  ['abs', takes([['number']], ([number]) => absolute(numberOf(number)))],
  ['avg', takes([['array-number']], ([list]) => average(listOf(list)))],
  ['ceil', takes([['number']], ([number]) => rounded(numberOf(number), Math.ceil))],
  ['contains', takes([['array', 'string'], ANY], ([subject, item]) => contains(subject, plainOf(item)))],
  ['ends_with', takes([['string'], ['string']], ([text, end]) => textOf(text).endsWith(textOf(end)))],
  ['floor', takes([['number']], ([number]) => rounded(numberOf(number), Math.floor))],
  ['join', takes([['string'], ['array-string']], ([glue, list]) => listOf(list).join(textOf(glue)))],
  ['keys', takes([['object']], ([object]) => [...objectOf(object).keys()])],
  ['length', takes([['string', 'array', 'object']], ([value]) => length(value))],
  ['map', takes([['expref'], ['array']], ([reference, list]) => listOf(list).map(referenceOf(reference)))],
  ['max', takes([['array-number', 'array-string']], ([list]) => extreme(listOf(list), (item) => item, 1))],
  [
    'max_by',
    takes([['array'], ['expref']], ([list, reference]) =>
      extreme(listOf(list), checkedKey('max_by', referenceOf(reference), KEYS), 1),
    ),
  ],
  [
    'merge',
    {
      takes: [['object']],
      variadic: true,
      run: (objects) => new Map(objects.flatMap((object) => [...objectOf(object)])),
    },
  ],
  ['min', takes([['array-number', 'array-string']], ([list]) => extreme(listOf(list), (item) => item, -1))],
  [
    'min_by',
    takes([['array'], ['expref']], ([list, reference]) =>
      extreme(listOf(list), checkedKey('min_by', referenceOf(reference), KEYS), -1),
    ),
  ],
  [
    'not_null',
    { takes: [ANY], variadic: true, run: (values) => plainOf(values.find((value) => value !== null)) },
  ],
  ['reverse', takes([['array', 'string']], ([value]) => reverse(value))],
  [
    'sort',
    takes([['array-string', 'array-number']], ([list]) =>
      listOf(list).toSorted((one, other) => compareValues(one, other)),
    ),
  ],
  [
    'sort_by',
    takes([['array'], ['expref']], ([list, reference]) => sortBy(listOf(list), referenceOf(reference))),
  ],
  ['starts_with', takes([['string'], ['string']], ([text, start]) => textOf(text).startsWith(textOf(start)))],
  ['sum', takes([['array-number']], ([list]) => sum(listOf(list)))],
  ['to_array', takes([ANY], ([value]) => (Array.isArray(value) ? listOf(value) : [plainOf(value)]))],
  ['to_number', takes([ANY], ([value]) => toNumber(plainOf(value)))],
  ['to_string', takes([ANY], ([value]) => (typeof value === 'string' ? value : asciiJson(plainOf(value))))],
  ['type', takes([ANY], ([value]) => typeOf(value ?? null))],
  ['values', takes([['object']], ([object]) => [...objectOf(object).values()])],
]);
