// Where numbers end, and which values they have.

const POWERS_OF_TEN: usize = memory.data<f64>([
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
]);

// Vectors of one byte. Added to bytes, they make the smallest number of "-" and of "0"; and what the last of the kind
// becomes.
const FROM_MINUS: usize = memory.data<u8>([83, 83, 83, 83, 83, 83, 83, 83, 83, 83, 83, 83, 83, 83, 83, 83]);
const LAST_NUMERIC: usize = memory.data<i8>([
  -116, -116, -116, -116, -116, -116, -116, -116, -116, -116, -116, -116, -116, -116, -116, -116,
]);
const FROM_ZERO: usize = memory.data<u8>([80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80]);
const LAST_DIGIT: usize = memory.data<i8>([
  -119, -119, -119, -119, -119, -119, -119, -119, -119, -119, -119, -119, -119, -119, -119, -119,
]);

/** A bit for each of 16 bytes that is neither a digit nor "-", "." or "/". */
// @ts-ignore: decorator
@inline
export function notNumericAt(at: usize): u32 {
  return i8x16.bitmask(i8x16.gt_s(i8x16.add(v128.load(at), v128.load(FROM_MINUS)), v128.load(LAST_NUMERIC)));
}

/** A bit for each of 16 bytes that is no digit. */
// @ts-ignore: decorator
@inline
export function notDigitsAt(at: usize): u32 {
  return i8x16.bitmask(i8x16.gt_s(i8x16.add(v128.load(at), v128.load(FROM_ZERO)), v128.load(LAST_DIGIT)));
}

/** Behind the number that starts at `start`, or 0. */
export function endOfNumber(start: usize): usize {
  const whole = start + usize(load<u8>(start) == 0x2d);
  let at = endOfDigits(whole);
  if (at == whole || (load<u8>(whole) == 0x30 && at > whole + 1)) return 0;
  if (load<u8>(at) == 0x2e) {
    const fraction = at + 1;
    at = endOfDigits(fraction);
    if (at == fraction) return 0;
  }
  if ((load<u8>(at) | 0x20) == 0x65) {
    at++;
    if (load<u8>(at) == 0x2b || load<u8>(at) == 0x2d) at++;
    const exponent = at;
    at = endOfDigits(exponent);
    if (at == exponent) return 0;
  }
  return at;
}

function endOfDigits(start: usize): usize {
  let at = start;
  while (<u32>load<u8>(at) - 0x30 < 10) at++;
  return at;
}

/**
 * The value of the number from `start` to `end`, rounded as any JSON parser does; NaN if it has an exponent, if it is
 * an integer that a double may not hold, or if it has too many digits to tell.
 */
export function valueOf(start: usize, end: usize): f64 {
  const isNegative = load<u8>(start) == 0x2d;
  const whole = start + usize(isNegative);
  let at = whole;
  let digits: u64 = 0;
  if (end > whole + 20) return NaN;
  for (; at < end; at++) {
    const digit: u32 = <u32>load<u8>(at) - 0x30;
    if (digit > 9) break;
    digits = digits * 10 + digit;
  }
  let value: f64 = 0;
  if (at == end) {
    // Twenty digits may be more than fit.
    if (end > whole + 16 || digits > MAX_EXACT) return NaN;
    value = <f64>digits;
  } else {
    if (load<u8>(at) != 0x2e) return NaN;
    const fraction = at + 1;
    for (at = fraction; at + 8 <= end; at += 8) {
      const eight = eightDigits(at);
      if (eight < 0) return NaN;
      digits = digits * 100000000 + eight;
    }
    for (; at < end; at++) {
      const digit: u32 = <u32>load<u8>(at) - 0x30;
      if (digit > 9) return NaN;
      digits = digits * 10 + digit;
    }
    value = quotient(digits, load<f64>(POWERS_OF_TEN + (end - fraction) * 8));
  }
  return isNegative && digits != 0 ? -value : value;
}

const MAX_EXACT: u64 = 1 << 53;

/** Eight digits at once, or -1 if there is anything else among them. */
function eightDigits(at: usize): i64 {
  let text: u64 = load<u64>(at);
  if (((text & 0xf0f0f0f0f0f0f0f0) | (((text + 0x0606060606060606) & 0xf0f0f0f0f0f0f0f0) >> 4)) != 0x3333333333333333) {
    return -1;
  }
  // Neighbours are joined: to numbers of two digits, of four, of eight.
  text -= 0x3030303030303030;
  text = text * 10 + (text >> 8);
  const outer = (text & 0x000000ff000000ff) * 0x000f424000000064;
  const inner = ((text >> 16) & 0x000000ff000000ff) * 0x0000271000000001;
  return (outer + inner) >> 32;
}

/** `digits / power`, rounded once; NaN if that is too close to call. `power` is a power of ten that a double holds. */
function quotient(digits: u64, power: f64): f64 {
  if (digits <= MAX_EXACT) return <f64>digits / power;
  // What doubles can't hold is kept in two of them.
  const high = <f64>digits;
  const low = <f64><i64>(digits - <u64>high);
  const estimate = high / power;
  const product = estimate * power;
  const remainder = high - product - productError(estimate, power, product) + low;
  const correction = remainder / power;
  const value = estimate + correction * (1 - DOUBT);
  return value == estimate + correction * (1 + DOUBT) ? value : NaN;
}

const DOUBT: f64 = 1e-12;

/** What `product` lacks to be `a * b`: Dekker's algorithm. */
// @ts-ignore: decorator
@inline
function productError(a: f64, b: f64, product: f64): f64 {
  const aScaled = a * 134217729;
  const aHigh = aScaled - (aScaled - a);
  const aLow = a - aHigh;
  const bScaled = b * 134217729;
  const bHigh = bScaled - (bScaled - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}
