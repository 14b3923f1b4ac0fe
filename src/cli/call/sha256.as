// AssemblyScript, compiled by scripts/build-wasm.ts: SHA-256 as FIPS 180-4 has it (section 6.2; the names are those of
// its text). A command hashes some thirty blocks and is over: too few for JavaScript to become fast, and loading
// node:crypto takes longer than all of it.

// Memory: 64 words of the message schedule, the hash, and the text, which is padded in place. Constants are between.
const SCHEDULE: usize = 0;
const HASH: usize = 0x100;
const TEXT: usize = 0x400;

// The first 32 bits of the fractional parts of the cube roots of the first primes, and below of the square roots.
const CONSTANTS: usize = memory.data<u32>([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);
const START: usize = memory.data<u32>([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]);

/** Hashes the bytes from TEXT on, `length` of them; the 32 bytes of the hash are at HASH then. */
export function hash(length: i32): void {
  const end = pad(length);
  memory.copy(HASH, START, 32);
  for (let block = TEXT; block < end; block += 64) {
    schedule(block);
    compress();
  }
  for (let at: usize = HASH; at < HASH + 32; at += 4) store<u32>(at, bswap<u32>(load<u32>(at)));
}

// A one bit, zeros, and the length in bits fill the last block.
function pad(length: i32): usize {
  const end: i32 = (length + 9 + 63) & ~63;
  store<u8>(TEXT + length, 0x80);
  memory.fill(TEXT + length + 1, 0, end - length - 1);
  store<u32>(TEXT + end - 4, bswap<u32>(length << 3));
  return TEXT + end;
}

function schedule(block: usize): void {
  for (let at: usize = 0; at < 64; at += 4) store<u32>(SCHEDULE + at, bswap<u32>(load<u32>(block + at)));
  for (let at: usize = SCHEDULE + 64; at < SCHEDULE + 256; at += 4) {
    const x = load<u32>(at - 60);
    const y = load<u32>(at - 8);
    const low = rotr<u32>(x, 7) ^ rotr<u32>(x, 18) ^ (x >> 3);
    const high = rotr<u32>(y, 17) ^ rotr<u32>(y, 19) ^ (y >> 10);
    store<u32>(at, load<u32>(at - 64) + low + load<u32>(at - 28) + high);
  }
}

function compress(): void {
  let a = load<u32>(HASH);
  let b = load<u32>(HASH + 4);
  let c = load<u32>(HASH + 8);
  let d = load<u32>(HASH + 12);
  let e = load<u32>(HASH + 16);
  let f = load<u32>(HASH + 20);
  let g = load<u32>(HASH + 24);
  let h = load<u32>(HASH + 28);
  for (let at: usize = 0; at < 256; at += 4) {
    const sumE = rotr<u32>(e, 6) ^ rotr<u32>(e, 11) ^ rotr<u32>(e, 25);
    const sumA = rotr<u32>(a, 2) ^ rotr<u32>(a, 13) ^ rotr<u32>(a, 22);
    const given = load<u32>(CONSTANTS + at) + load<u32>(SCHEDULE + at);
    const first = h + sumE + ((e & f) ^ (~e & g)) + given;
    const second = sumA + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = d + first;
    d = c;
    c = b;
    b = a;
    a = first + second;
  }
  add(HASH, a);
  add(HASH + 4, b);
  add(HASH + 8, c);
  add(HASH + 12, d);
  add(HASH + 16, e);
  add(HASH + 20, f);
  add(HASH + 24, g);
  add(HASH + 28, h);
}

function add(at: usize, value: u32): void {
  store<u32>(at, load<u32>(at) + value);
}
