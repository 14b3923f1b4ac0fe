// Two hashes: one takes four bytes in a step, and simd/fields.as has it too; the other one, so that all starts of a
// string can be looked up in one go, takes one.

const SEED = 0x2545f491;

/** The hash of `bytes[start, end)`. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = SEED ^ (end - start);
  let at = start;
  for (; at + 4 <= end; at += 4) hash = withWord(hash, wordAt(bytes, at));
  return at === end ? hash : withWord(hash, wordAt(bytes, at) & (-1 >>> (32 - 8 * (end - at))));
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24)
  );
}

function withWord(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, 0x9e3779b1);
  return (product << 15) | (product >>> 17);
}

const double = new Float64Array(1);
const doubleBytes = new Uint8Array(double.buffer);
const doubleWords = new Int32Array(double.buffer);

/** The bytes of a number, valid until the next call. */
export function numberBytes(value: number): Uint8Array {
  double[0] = value;
  return doubleBytes;
}

/** The hash of a number's bytes. */
export function hashNumber(value: number): number {
  double[0] = value;
  return withWord(withWord(SEED, doubleWords[0] ?? 0), doubleWords[1] ?? 0);
}

/** The hash of no bytes, for `hashOn` to go on from. */
export const EMPTY_HASH = SEED;

/** The hash of what `hash` was made of and one more byte. */
export function hashOn(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 0x01000193);
}
