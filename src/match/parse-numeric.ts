import { comparableNumber } from './number.ts';
import type { NumericCondition } from './pattern.ts';
import type { PatternReader } from './pattern-reader.ts';

const TOO_MANY = 'Too many elements in numeric expression';

/** Reads a `numeric` expression. The reader stands on its value and is left on the expression's brace. */
export function parseNumeric(reader: PatternReader): NumericCondition {
  if (reader.token !== 'start-array') reader.refuse('Value of numeric must be an array.');
  if (reader.next() !== 'string') reader.refuse(`Invalid member in numeric match: ${reader.text}`);
  const condition = parseRange(reader, reader.text);
  if (reader.next() !== 'end-object') reader.refuse(TOO_MANY);
  return condition;
}

function parseRange(reader: PatternReader, operator: string): NumericCondition {
  reader.next();
  switch (operator) {
    case '=': {
      const text = expectNumber(reader, 'equals');
      endRange(reader, TOO_MANY);
      const value = comparable(reader, text);
      return { kind: 'numeric', low: value, lowIncluded: true, high: value, highIncluded: true };
    }
    case '<':
    case '<=': {
      const text = expectNumber(reader, operator);
      endRange(reader, TOO_MANY);
      const high = comparable(reader, text);
      return { ...UNBOUNDED, high, highIncluded: operator === '<=' };
    }
    case '>':
    case '>=':
      return parseFromLow(reader, operator);
    default:
      return reader.refuse(`Unrecognized numeric range operator: ${operator}`);
  }
}

const UNBOUNDED: NumericCondition = {
  kind: 'numeric',
  low: Number.NEGATIVE_INFINITY,
  lowIncluded: true,
  high: Number.POSITIVE_INFINITY,
  highIncluded: true,
};

function parseFromLow(reader: PatternReader, operator: '>' | '>='): NumericCondition {
  const lowText = expectNumber(reader, operator);
  const lowIncluded = operator === '>=';
  const token = reader.next();
  if (token === 'end-array') return { ...UNBOUNDED, low: comparable(reader, lowText), lowIncluded };
  const second = reader.text;
  if (token !== 'string') reader.refuse(`Bad value in numeric range: ${second}`);
  if (second !== '<' && second !== '<=') reader.refuse(`Bad numeric range operator: ${second}`);
  reader.next();
  const highText = expectNumber(reader, second);
  endRange(reader, 'Too many terms in numeric range expression');
  const low = comparable(reader, lowText);
  const high = comparable(reader, highText);
  if (low >= high) reader.refuse('Bottom must be less than top');
  return { kind: 'numeric', low, lowIncluded, high, highIncluded: second === '<=' };
}

function expectNumber(reader: PatternReader, operator: string): string {
  return reader.token === 'number' ? reader.text : reader.refuse(`Value of ${operator} must be numeric`);
}

function endRange(reader: PatternReader, reason: string): void {
  if (reader.next() !== 'end-array') reader.refuse(reason);
}

// AWS compares when the list is closed, so a number is refused only after all that is wrong with the list.
function comparable(reader: PatternReader, text: string): number {
  return comparableNumber(text) ?? reader.refuse(`Cannot compare number : ${text}`);
}
