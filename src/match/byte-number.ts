import { eventNumber } from './number.ts';
import { decodeText } from './wtf8.ts';

/**
 * The value of the JSON number `bytes[start, end)` as AWS compares it, or NaN when it has none: the same as
 * `eventNumber` of its text, without making a string of it where that can be helped.
 */
export function numberFromBytes(bytes: Uint8Array, start: number, end: number): number {
  const isNegative = bytes[start] === MINUS;
  // The first digits, as many as a double holds, and those behind them.
  let head = 0;
  let tail = 0;
  let tailDigits = 0;
  let fractionDigits = 0;
  let inFraction = 0;
  for (let at = isNegative ? start + 1 : start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === DOT) {
      inFraction = 1;
      continue;
    }
    const digit = byte - ZERO;
    // An exponent.
    if (digit < 0 || digit > 9) return slowly(bytes, start, end);
    fractionDigits += inFraction;
    if (head < HEAD_LIMIT) {
      head = head * 10 + digit;
    } else {
      tail = tail * 10 + digit;
      tailDigits++;
    }
  }
  if (fractionDigits > MAX_EXACT_POWER) return slowly(bytes, start, end);
  const power = POWERS_OF_TEN[fractionDigits] ?? 1;
  // Both are exact, so their quotient is rounded just once.
  if (tailDigits === 0) return isNegative ? 0 - head / power : head / power;
  if (inFraction === 0 || tailDigits > MAX_TAIL_DIGITS) return slowly(bytes, start, end);
  const value = quotient(head, tail, POWERS_OF_TEN[tailDigits] ?? 1, power);
  return value === undefined ? slowly(bytes, start, end) : isNegative ? -value : value;
}

function slowly(bytes: Uint8Array, start: number, end: number): number {
  return eventNumber(decodeText(bytes, start, end)) ?? Number.NaN;
}

/**
 * `(head * scale + tail) / power`, rounded once; undefined if that is too close to call. All are integers that
 * doubles hold, but the numerator needn't be: it is kept in two doubles, and so is the quotient.
 */
function quotient(head: number, tail: number, scale: number, power: number): number | undefined {
  const low = head % SPLIT;
  // Each product is of few enough bits to be exact.
  const large = ((head - low) / SPLIT) * scale * SPLIT;
  const small = low * scale + tail;
  const sum = large + small;
  const sumError = small - (sum - large);
  const estimate = sum / power;
  const product = estimate * power;
  const remainder = sum - product - productError(estimate, power, product) + sumError;
  const correction = remainder / power;
  const value = estimate + correction * (1 - DOUBT);
  return value === estimate + correction * (1 + DOUBT) ? value : undefined;
}

/** What `product` lacks to be `a * b`: Dekker's algorithm. */
function productError(a: number, b: number, product: number): number {
  const aScaled = a * VELTKAMP;
  const aHigh = aScaled - (aScaled - a);
  const aLow = a - aHigh;
  const bScaled = b * VELTKAMP;
  const bHigh = bScaled - (bScaled - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

const ZERO = 0x30;
const MINUS = 0x2d;
const DOT = 0x2e;
/** A number below this can take one more digit and still be exact. */
const HEAD_LIMIT = 9e14;
const MAX_TAIL_DIGITS = 4;
const MAX_EXACT_POWER = 22;
const POWERS_OF_TEN = Array.from({ length: MAX_EXACT_POWER + 1 }, (_, exponent) => 10 ** exponent);
const SPLIT = 2 ** 26;
const VELTKAMP = 2 ** 27 + 1;
const DOUBT = 2 ** -40;
