// node:crypto takes longer to load than all the rest of a command takes to run, so what is short is hashed here.
const LOAD_CRYPTO_FROM_BYTES = 4 * 1024;
const BLOCK_BYTES = 64;

// Once it is loaded everything is hashed by it.
let crypto: typeof import('node:crypto') | undefined;

/** The SHA-256 hash of some bytes, 32 of them. */
export function sha256(data: Uint8Array): Uint8Array {
  if (crypto === undefined && data.length < LOAD_CRYPTO_FROM_BYTES) return hashHere(data);
  crypto ??= process.getBuiltinModule('node:crypto');
  return crypto.createHash('sha256').update(data).digest();
}

/** The HMAC of some bytes with SHA-256, 32 bytes (RFC 2104). */
export function hmacSha256(key: Uint8Array, data: Uint8Array): Uint8Array {
  const block = new Uint8Array(BLOCK_BYTES);
  block.set(key.length > BLOCK_BYTES ? sha256(key) : key);
  const inner = sha256(joined(masked(block, 0x36), data));
  return sha256(joined(masked(block, 0x5c), inner));
}

function masked(block: Uint8Array, mask: number): Uint8Array {
  const masked = new Uint8Array(block.length);
  for (let index = 0; index < block.length; index += 1) masked[index] = (block[index] ?? 0) ^ mask;
  return masked;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

// The first 32 bits of the fractional parts of the cube roots of the first primes, and below of the square roots.
const ROUND_CONSTANTS = wordsOf(
  '428a2f9871374491b5c0fbcfe9b5dba53956c25b59f111f1923f82a4ab1c5ed5d807aa9812835b01243185be550c7dc3' +
    '72be5d7480deb1fe9bdc06a7c19bf174e49b69c1efbe47860fc19dc6240ca1cc2de92c6f4a7484aa5cb0a9dc76f988da' +
    '983e5152a831c66db00327c8bf597fc7c6e00bf3d5a7914706ca63511429296727b70a852e1b21384d2c6dfc53380d13' +
    '650a7354766a0abb81c2c92e92722c85a2bfe8a1a81a664bc24b8b70c76c51a3d192e819d6990624f40e3585106aa070' +
    '19a4c1161e376c082748774c34b0bcb5391c0cb34ed8aa4a5b9cca4f682e6ff3748f82ee78a5636f84c878148cc70208' +
    '90befffaa4506cebbef9a3f7c67178f2',
);
const START = wordsOf('6a09e667bb67ae853c6ef372a54ff53a510e527f9b05688c1f83d9ab5be0cd19');

function wordsOf(hex: string): Int32Array {
  const words = new Int32Array(hex.length / 8);
  for (let index = 0; index < words.length; index += 1) {
    words[index] = Number.parseInt(hex.slice(index * 8, index * 8 + 8), 16);
  }
  return words;
}

function hashHere(data: Uint8Array): Uint8Array {
  const state = START.slice();
  const message = padded(data);
  const schedule = new Int32Array(64);
  for (let offset = 0; offset < message.byteLength; offset += BLOCK_BYTES) {
    fillSchedule(schedule, message, offset);
    compress(state, schedule);
  }
  const hash = new DataView(new ArrayBuffer(32));
  for (let index = 0; index < 8; index += 1) hash.setInt32(index * 4, state[index] ?? 0);
  return new Uint8Array(hash.buffer);
}

// A one bit, zeros, and the length in bits fill the last block.
function padded(data: Uint8Array): DataView {
  const length = Math.ceil((data.length + 9) / BLOCK_BYTES) * BLOCK_BYTES;
  const bytes = new Uint8Array(length);
  bytes.set(data);
  bytes[data.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setUint32(length - 4, data.length * 8);
  return view;
}

// Written for the interpreter, which runs it a few times and then the command is over: rotations stand where they
// are used, and every number stays in 32 bits.
function fillSchedule(words: Int32Array, message: DataView, offset: number): void {
  for (let index = 0; index < 16; index += 1) words[index] = message.getInt32(offset + index * 4);
  for (let index = 16; index < 64; index += 1) {
    const x = words[index - 15] ?? 0;
    const y = words[index - 2] ?? 0;
    const low = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const high = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    words[index] = ((((words[index - 16] ?? 0) + low) | 0) + (((words[index - 7] ?? 0) + high) | 0)) | 0;
  }
}

// The names are those of FIPS 180-4, section 6.2.2.
function compress(state: Int32Array, words: Int32Array): void {
  let a = state[0] ?? 0;
  let b = state[1] ?? 0;
  let c = state[2] ?? 0;
  let d = state[3] ?? 0;
  let e = state[4] ?? 0;
  let f = state[5] ?? 0;
  let g = state[6] ?? 0;
  let h = state[7] ?? 0;
  for (let index = 0; index < 64; index += 1) {
    const sumE = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const sumA = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const given = ((ROUND_CONSTANTS[index] ?? 0) + (words[index] ?? 0)) | 0;
    const first = (((((h + sumE) | 0) + ((e & f) ^ (~e & g))) | 0) + given) | 0;
    const second = (sumA + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  const change = [a, b, c, d, e, f, g, h];
  for (let index = 0; index < 8; index += 1) state[index] = (state[index] ?? 0) + (change[index] ?? 0);
}
