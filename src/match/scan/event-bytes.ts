import { InvalidEventError } from '../json-text.ts';
import { encodeText } from '../wtf8.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Writes a JSON text into `target` as UTF-8. Returns its length, or -1 if it doesn't fit. Text with lone
 * surrogates is written with escapes in their place, for UTF-8 would make them all the same.
 */
export function writeJson(text: string, target: Uint8Array): number {
  const length = encodeInto(text, target);
  // With a byte for each unit, all of it is ASCII.
  if (length === text.length || text.isWellFormed()) return length;
  return encodeInto(text.replace(/\\.|\p{Surrogate}/gsu, escapeSurrogate), target);
}

// Takes whole escapes, so that a surrogate right behind a backslash is left alone: that is no JSON.
function escapeSurrogate(match: string): string {
  return match.startsWith('\\') ? match : `\\u${match.charCodeAt(0).toString(16)}`;
}

/** Writes a text at the start of `target`. Returns its length, or -1 if it doesn't fit. */
function encodeInto(text: string, target: Uint8Array): number {
  const { read, written } = encoder.encodeInto(text, target);
  return read === text.length ? written : -1;
}

/**
 * Writes a string, as `encodeText` does, into `target` from `start` on. Returns how many bytes it takes, or -1 if it
 * doesn't fit.
 */
export function writeString(text: string, target: Uint8Array, start: number): number {
  const { length } = text;
  if (length <= SHORT && start + length <= target.length && writeAscii(text, target, start)) return length;
  if (text.isWellFormed()) return encodeInto(text, target.subarray(start));
  const bytes = encodeText(text);
  if (bytes.length > target.length - start) return -1;
  target.set(bytes, start);
  return bytes.length;
}

/** Up to this length it takes no longer to write a string byte by byte than to ask the platform. */
const SHORT = 64;

/** Writes a string from `start` on; returns false, and has written some of it, if it isn't ASCII. */
function writeAscii(text: string, target: Uint8Array, start: number): boolean {
  for (let place = 0; place < text.length; place++) {
    const unit = text.charCodeAt(place);
    if (unit >= 0x80) return false;
    target[start + place] = unit;
  }
  return true;
}

/** How many bytes a unit of UTF-16 may take, as it is and as an escape. */
const MAX_BYTES = 3;
const ESCAPE_BYTES = 6;

/** How many bytes a text takes at most, however it is written. */
export function roomFor(text: string | Uint8Array): number {
  if (typeof text !== 'string') return text.length;
  return text.length * (text.isWellFormed() ? MAX_BYTES : ESCAPE_BYTES);
}

/** Throws `InvalidEventError` unless the bytes are UTF-8. */
export function checkUtf8(bytes: Uint8Array): void {
  try {
    decoder.decode(bytes);
  } catch {
    throw new InvalidEventError('The event is not valid UTF-8');
  }
}
