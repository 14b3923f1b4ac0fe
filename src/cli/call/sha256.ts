import { SHA_256 } from './sha256.generated.ts';

// node:crypto takes longer to load than all the rest of a command takes to run, so what is short is hashed here: in
// WebAssembly, which is fast from the first block on, where JavaScript would be interpreted.
const LOAD_CRYPTO_FROM_BYTES = 32 * 1024;
const BLOCK_BYTES = 64;
const HASH_BYTES = 32;

// What is needed of a global that the types of the language don't know.
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

/** What sha256.as exports. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  hash(length: number): void;
}

// Where things are in its memory, in bytes.
const HASH = 0x100;
const TEXT = 0x400;

interface Hasher {
  readonly bytes: Uint8Array;
  readonly hash: (length: number) => void;
}

let hasher: Hasher | undefined;
// Once it is loaded everything is hashed by it.
let crypto: typeof import('node:crypto') | undefined;

/** The SHA-256 hash of some bytes, 32 of them. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (crypto === undefined && length < LOAD_CRYPTO_FROM_BYTES) return hashHere(parts, length);
  crypto ??= process.getBuiltinModule('node:crypto');
  const hash = crypto.createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** The HMAC of some bytes with SHA-256, 32 bytes (RFC 2104). */
export function hmacSha256(key: Uint8Array, data: Uint8Array): Uint8Array {
  const short = key.length > BLOCK_BYTES ? sha256(key) : key;
  return sha256(masked(short, 0x5c), sha256(masked(short, 0x36), data));
}

function masked(key: Uint8Array, mask: number): Uint8Array {
  const block = new Uint8Array(BLOCK_BYTES).fill(mask);
  for (let index = 0; index < key.length; index += 1) block[index] = (key[index] ?? 0) ^ mask;
  return block;
}

function hashHere(parts: readonly Uint8Array[], length: number): Uint8Array {
  hasher ??= newHasher();
  let end = TEXT;
  for (const part of parts) {
    hasher.bytes.set(part, end);
    end += part.length;
  }
  hasher.hash(length);
  return hasher.bytes.slice(HASH, HASH + HASH_BYTES);
}

function newHasher(): Hasher {
  const module = new WebAssembly.Module(Buffer.from(SHA_256, 'base64'));
  // The one place where its exports are said to be what its source says.
  const { memory, hash } = new WebAssembly.Instance(module, {}).exports as Exports;
  return { bytes: new Uint8Array(memory.buffer), hash };
}
