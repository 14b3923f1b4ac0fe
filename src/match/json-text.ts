import { writeCodePoint } from './wtf8.ts';

/** The text of an event is not JSON, or not JSON that Busbar reads: deeper than 1000 levels. */
export class InvalidEventError extends Error {
  override readonly name = 'InvalidEventError';
}

// The tokens of JSON (RFC 8259), each checked to the letter. The text ends in a zero byte, which no token may
// contain: so nothing here has to look for the end of the text.

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;

// What a byte means inside a string: nothing special, or one of these.
const ENDS = 1;
const ESCAPES = 2;
const FORBIDDEN = 3;

const CLASS_IN_STRING = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === QUOTE) return ENDS;
  if (byte === BACKSLASH) return ESCAPES;
  return byte < 0x20 ? FORBIDDEN : 0;
});

/**
 * The position of the quote that ends the string whose first character is at `start`; negated (never 0) if
 * the string has escapes.
 */
export function endOfString(bytes: Uint8Array, start: number): number {
  let at = start;
  let sign = 1;
  for (;;) {
    while (CLASS_IN_STRING[bytes[at] ?? 0] === 0) at++;
    switch (CLASS_IN_STRING[bytes[at] ?? 0]) {
      case ENDS:
        return at * sign;
      case ESCAPES:
        at = endOfEscape(bytes, at + 1);
        sign = -1;
        break;
      default:
        throw unexpected(bytes, at);
    }
  }
}

function endOfEscape(bytes: Uint8Array, at: number): number {
  if (bytes[at] === 0x75) {
    for (let digit = at + 1; digit <= at + 4; digit++) {
      if (hexValue(bytes[digit] ?? 0) < 0) throw unexpected(bytes, digit);
    }
    return at + 5;
  }
  if (unescaped(bytes[at] ?? 0) === 0) throw unexpected(bytes, at);
  return at + 1;
}

/** The position behind the number that starts at `start`, with a digit or a minus. */
export function endOfNumber(bytes: Uint8Array, start: number): number {
  let at = bytes[start] === MINUS ? start + 1 : start;
  at = bytes[at] === ZERO ? at + 1 : endOfDigits(bytes, at);
  if (bytes[at] === 0x2e) at = endOfDigits(bytes, at + 1);
  if (bytes[at] === 0x65 || bytes[at] === 0x45) {
    const sign = bytes[at + 1];
    at = endOfDigits(bytes, sign === 0x2b || sign === MINUS ? at + 2 : at + 1);
  }
  return at;
}

function endOfDigits(bytes: Uint8Array, start: number): number {
  let at = start;
  while (isDigit(bytes[at] ?? 0)) at++;
  if (at === start) throw unexpected(bytes, at);
  return at;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

/** The position behind `true`, `false` or `null`, of which one must start at `start`. */
export function endOfLiteral(bytes: Uint8Array, start: number): number {
  const literal = LITERALS[bytes[start] ?? 0];
  if (literal === undefined) throw unexpected(bytes, start);
  for (let index = 1; index < literal.length; index++) {
    if (bytes[start + index] !== literal.charCodeAt(index)) throw unexpected(bytes, start + index);
  }
  return start + literal.length;
}

const LITERALS: Readonly<Record<number, string>> = { 116: 'true', 102: 'false', 110: 'null' };

/** The position of the first byte at or behind `at` that is not white space. */
export function endOfSpace(bytes: Uint8Array, at: number): number {
  let end = at;
  while (isSpace(bytes[end] ?? 0)) end++;
  return end;
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/**
 * Replaces the escapes in `bytes[start, end)`, the inside of a string that `endOfString` accepted, by what
 * they stand for, and returns the new end: the text never gets longer. A surrogate without its other half
 * becomes three bytes, as in `encodeText`.
 */
export function unescapeInPlace(bytes: Uint8Array, start: number, end: number): number {
  let to = start;
  for (let from = start; from < end; ) {
    if (bytes[from] !== BACKSLASH) {
      bytes[to++] = bytes[from++] ?? 0;
    } else if (bytes[from + 1] !== 0x75) {
      bytes[to++] = unescaped(bytes[from + 1] ?? 0);
      from += 2;
    } else {
      let codePoint = codeUnitAt(bytes, from);
      from += 6;
      if (
        codePoint >= 0xd800 &&
        codePoint < 0xdc00 &&
        bytes[from] === BACKSLASH &&
        bytes[from + 1] === 0x75
      ) {
        const low = codeUnitAt(bytes, from);
        if (low >= 0xdc00 && low < 0xe000) {
          codePoint = 0x10000 + ((codePoint - 0xd800) << 10) + (low - 0xdc00);
          from += 6;
        }
      }
      to = writeCodePoint(bytes, to, codePoint);
    }
  }
  return to;
}

/** What the letter behind a backslash stands for, or 0. */
function unescaped(letter: number): number {
  switch (letter) {
    case QUOTE:
    case BACKSLASH:
    case 0x2f:
      return letter;
    case 0x62:
      return 0x08;
    case 0x66:
      return 0x0c;
    case 0x6e:
      return 0x0a;
    case 0x72:
      return 0x0d;
    case 0x74:
      return 0x09;
    default:
      return 0;
  }
}

function codeUnitAt(bytes: Uint8Array, backslash: number): number {
  let unit = 0;
  for (let at = backslash + 2; at < backslash + 6; at++) unit = (unit << 4) | hexValue(bytes[at] ?? 0);
  return unit;
}

function hexValue(byte: number): number {
  if (isDigit(byte)) return byte - ZERO;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** The error for a byte that can't stand where it stands. */
export function unexpected(bytes: Uint8Array, at: number): InvalidEventError {
  const byte = bytes[at] ?? 0;
  const what = byte > 0x20 && byte < 0x7f ? `"${String.fromCharCode(byte)}"` : `byte ${byte}`;
  return new InvalidEventError(`The event is not valid JSON: unexpected ${what} at byte ${at}`);
}
