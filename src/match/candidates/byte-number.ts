import { eventNumber } from '../number.ts';
import { decodeText } from '../wtf8.ts';

const ZERO = 0x30;
const MINUS = 0x2d;
const DOT = 0x2e;
/** A number below this can take one more digit, and a double still holds it. */
const HEAD_LIMIT = 9e14;
const MAX_EXACT_POWER = 22;
const POWERS_OF_TEN = Array.from({ length: MAX_EXACT_POWER + 1 }, (_, exponent) => 10 ** exponent);

/**
 * The value of the JSON number `bytes[start, end)` as AWS compares it, or NaN when it has none: the same as
 * `eventNumber` of its text, without making a string of it if it is short.
 */
export function numberFromBytes(bytes: Uint8Array, start: number, end: number): number {
  const isNegative = bytes[start] === MINUS;
  let digits = 0;
  let fractionDigits = 0;
  let inFraction = 0;
  for (let at = isNegative ? start + 1 : start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === DOT) {
      inFraction = 1;
      continue;
    }
    const digit = byte - ZERO;
    if (digit < 0 || digit > 9 || digits >= HEAD_LIMIT) return slowly(bytes, start, end);
    digits = digits * 10 + digit;
    fractionDigits += inFraction;
  }
  if (fractionDigits > MAX_EXACT_POWER) return slowly(bytes, start, end);
  // Doubles hold both, so their quotient is rounded just once.
  const value = digits / (POWERS_OF_TEN[fractionDigits] ?? 1);
  return isNegative ? 0 - value : value;
}

const bits = new BigInt64Array(1);
const double = new Float64Array(bits.buffer);

/** The least double that is greater; infinity if there is none. */
export function above(value: number): number {
  if (value === Number.POSITIVE_INFINITY) return value;
  // The bits of positive doubles count up with them; those of negative ones count down.
  double[0] = value + 0;
  bits[0] = (bits[0] ?? 0n) + (value >= 0 ? 1n : -1n);
  return double[0];
}

/** The greatest double that is less; minus infinity if there is none. */
export function below(value: number): number {
  return 0 - above(-value);
}

function slowly(bytes: Uint8Array, start: number, end: number): number {
  return eventNumber(decodeText(bytes, start, end)) ?? Number.NaN;
}
