import { caseAlternatives } from './ignore-case.ts';
import { comparableNumber } from './number.ts';
import { parseWildcard } from './parse-wildcard.ts';
import type { Condition, NoneOfCondition } from './pattern.ts';
import type { PatternReader } from './pattern-reader.ts';

const NOT_A_VALUE = 'Value of anything-but must be an array or single string/number value.';
const MIXED_LIST =
  'Inside anything but list, either all values are number or string, mixed type is not supported';

/** Reads an `anything-but` expression. The reader stands on its value and is left on the expression's brace. */
export function parseAnythingBut(reader: PatternReader): Condition {
  const condition = parseExcluded(reader);
  // AWS's slip of the pen: the reason speaks of a numeric expression.
  endObject(reader);
  return condition;
}

function parseExcluded(reader: PatternReader): Condition {
  switch (reader.token) {
    case 'start-object':
      return parseOperator(reader);
    case 'start-array':
      return parseList(reader);
    case 'string':
      return { kind: 'not-strings', values: [reader.text] };
    case 'number':
      return { kind: 'not-numbers', values: [comparable(reader)] };
    default:
      return reader.refuse(NOT_A_VALUE);
  }
}

function parseList(reader: PatternReader): Condition {
  const strings: string[] = [];
  const numbers: number[] = [];
  while (reader.next() !== 'end-array') {
    if (reader.token === 'string') strings.push(reader.text);
    else if (reader.token === 'number') numbers.push(comparableInList(reader));
    else reader.refuseTwice('Inside anything but list, start|null|boolean is not supported.');
  }
  if (strings.length > 0 === numbers.length > 0) reader.refuse(MIXED_LIST);
  return numbers.length > 0
    ? { kind: 'not-numbers', values: numbers }
    : { kind: 'not-strings', values: strings };
}

function comparable(reader: PatternReader): number {
  return (
    comparableNumber(reader.text) ?? reader.refuseWithoutSuffix(`Cannot compare number : ${reader.text}`)
  );
}

function comparableInList(reader: PatternReader): number {
  return comparableNumber(reader.text) ?? reader.refuse(`Cannot compare number : ${reader.text}`);
}

type Operator = 'prefix' | 'suffix' | 'equals-ignore-case' | 'wildcard';

// Why an entry under the operator is refused that is no string.
const MUST_BE_STRING: Readonly<Record<Operator, string>> = {
  prefix: 'prefix/suffix match pattern must be a string',
  suffix: 'prefix/suffix match pattern must be a string',
  'equals-ignore-case':
    'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
  wildcard: 'wildcard match pattern must be a string',
};

function parseOperator(reader: PatternReader): NoneOfCondition {
  if (reader.next() !== 'key') reader.refuse('Anything-But expression name not found');
  const operator = reader.text;
  if (!isOperator(operator)) return reader.refuse(`Unsupported anything-but pattern: ${operator}`);
  reader.next();
  const values = parseOperands(reader, operator);
  const conditions = values.map((value) => negated(reader, operator, value));
  endObject(reader);
  return { kind: 'none-of', conditions };
}

function isOperator(name: string): name is Operator {
  return Object.hasOwn(MUST_BE_STRING, name);
}

function parseOperands(reader: PatternReader, operator: Operator): readonly string[] {
  const isAffix = operator === 'prefix' || operator === 'suffix';
  if (reader.token === 'start-array') return parseOperandList(reader, operator, isAffix);
  if (reader.token === 'number') reader.refuse(MUST_BE_STRING[operator]);
  if (reader.token !== 'string') reader.refuse(NOT_A_VALUE);
  if (isAffix && reader.text === '') reader.refuse('Null prefix/suffix not allowed');
  return [reader.text];
}

function parseOperandList(reader: PatternReader, operator: Operator, isAffix: boolean): readonly string[] {
  const values: string[] = [];
  while (reader.next() !== 'end-array') {
    if (reader.token !== 'string') reader.refuseTwice(MUST_BE_STRING[operator]);
    if (isAffix && reader.text === '') reader.refuseTwice('Null prefix/suffix not allowed');
    values.push(reader.text);
  }
  // AWS fails here with an InternalFailure of its own.
  if (values.length === 0) reader.refuse('Empty arrays are not allowed');
  return values;
}

function negated(
  reader: PatternReader,
  operator: Operator,
  value: string,
): NoneOfCondition['conditions'][number] {
  switch (operator) {
    case 'wildcard':
      return parseWildcard(reader, value);
    case 'equals-ignore-case':
      return { kind: operator, value, alternatives: caseAlternatives(value) };
    default:
      return { kind: operator, value };
  }
}

function endObject(reader: PatternReader): void {
  if (reader.next() !== 'end-object') reader.refuse('Too many elements in numeric expression');
}
