import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SealedText } from '../domain/connection.ts';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_ID_BYTES = 6;

// The form of sealed texts: VERSION.KEY-ID.BYTES, where the bytes are nonce, tag and ciphertext.
const VERSION = 'v1';

/** A secret can't be opened; the message says why, and what would help. It never holds a secret. */
export class SecretBoxError extends Error {
  override readonly name = 'SecretBoxError';
}

/** Seals secrets for keeping and opens them again, with one key. */
export class SecretBox {
  readonly #key: Uint8Array;
  readonly #keyId: string;

  /** The key has 32 bytes; throws SecretBoxError for another length. */
  constructor(key: Uint8Array) {
    if (key.length !== KEY_BYTES) {
      throw new SecretBoxError(`The key of secrets must have ${KEY_BYTES} bytes, not ${key.length}.`);
    }
    this.#key = key;
    // Tells a wrong key from damaged text; far too short a part of the hash to help anybody find the key.
    this.#keyId = createHash('sha256')
      .update('busbar secret key\n')
      .update(key)
      .digest()
      .subarray(0, KEY_ID_BYTES)
      .toString('base64url');
  }

  /** The same text never looks the same twice. */
  seal(text: string): SealedText {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key, nonce);
    cipher.setAAD(Buffer.from(this.#heading));
    const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    const bytes = Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]);
    return { sealed: `${this.#heading}.${bytes.toString('base64url')}` };
  }

  /** Throws SecretBoxError when the text was sealed with another key, or was changed since. */
  open({ sealed }: SealedText): string {
    const [version, keyId, encoded = ''] = sealed.split('.');
    if (version !== VERSION) throw new SecretBoxError(`No secret of the form ${VERSION} is kept here.`);
    if (keyId !== this.#keyId) {
      throw new SecretBoxError(
        'The secrets kept here were sealed with another key: set BUSBAR_SECRET_KEY to that key, or put back the file secret.key of the data folder.',
      );
    }
    const bytes = Buffer.from(encoded, 'base64url');
    if (bytes.length < NONCE_BYTES + TAG_BYTES) throw damaged();
    const decipher = createDecipheriv(CIPHER, this.#key, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(this.#heading));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
    try {
      return Buffer.concat([text, decipher.final()]).toString('utf8');
    } catch {
      throw damaged();
    }
  }

  get #heading(): string {
    return `${VERSION}.${this.#keyId}`;
  }
}

function damaged(): SecretBoxError {
  return new SecretBoxError('A secret that is kept here was changed by somebody other than Busbar.');
}

const KEY_FILE = 'secret.key';

/**
 * The key in the file `secret.key` of a folder; it is made, for its owner's eyes only, where it is missing.
 * The folder is there, and the caller holds it against other processes; `syncFolder` puts the names of the files in it
 * on disk. Throws SecretBoxError when the file holds no key, and the error of the file system.
 */
export function keyOfFolder(folder: string, syncFolder: (folder: string) => void): Uint8Array {
  const path = join(folder, KEY_FILE);
  const text = readIfThere(path);
  if (text === undefined) {
    const made = makeKeyFile(path);
    syncFolder(folder);
    return made;
  }
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length === KEY_BYTES) return key;
  throw new SecretBoxError(
    `${path} does not hold a key (${KEY_BYTES} bytes in base64): put back the one that was there.`,
  );
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

// A secret must never be on disk before its key is: the file is whole and synced when it gets its name.
function makeKeyFile(path: string): Uint8Array {
  const key = randomBytes(KEY_BYTES);
  const draft = `${path}.new`;
  rmSync(draft, { force: true });
  writeFileSync(draft, `${key.toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  renameSync(draft, path);
  return key;
}
