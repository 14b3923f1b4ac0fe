/**
 * The value of a JSON number, or undefined when the number is not comparable: not finite as a double, or not
 * what the shortest decimal of that double says. 0.1, 1e100 and 9007199254740992 are comparable;
 * 9007199254740993, 1e309 and 1.0000000000000001 are not. `-0` becomes 0.
 */
export function comparableNumber(text: string): number | undefined {
  const value = Number(text);
  if (!Number.isFinite(value)) return undefined;
  const written = decimal(text);
  const held = decimal(String(value));
  const equal =
    written.negative === held.negative &&
    written.digits === held.digits &&
    written.exponent === held.exponent;
  return equal ? value + 0 : undefined;
}

/**
 * The value of a number in an event, or undefined when it has none to compare. AWS reads a number with a
 * fraction or an exponent into a double before it matches, so only integers can lose their value here.
 */
export function eventNumber(text: string): number | undefined {
  if (isInteger(text)) return comparableNumber(text);
  const value = Number(text);
  return Number.isFinite(value) ? value + 0 : undefined;
}

/** Whether a JSON number is written without fraction and exponent. */
export function isInteger(text: string): boolean {
  return !/[.eE]/.test(text);
}

interface Decimal {
  readonly negative: boolean;
  /** Without zeros at either end; empty for zero. */
  readonly digits: string;
  /** The value is 0.digits × 10^exponent; 0 for zero. */
  readonly exponent: number;
}

function decimal(text: string): Decimal {
  const negative = text.startsWith('-');
  const [mantissa = '', exponent = '0'] = text.slice(negative ? 1 : 0).split(/[eE]/);
  const [whole = '', fraction = ''] = mantissa.split('.');
  const all = whole + fraction;
  const start = all.search(/[1-9]/);
  if (start === -1) return { negative: false, digits: '', exponent: 0 };
  let end = all.length;
  while (all[end - 1] === '0') end--;
  return { negative, digits: all.slice(start, end), exponent: Number(exponent) + whole.length - start };
}
