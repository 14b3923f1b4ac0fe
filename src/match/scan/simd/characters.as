// What a text is made of beside numbers: strings and their escapes, literals, white space.

import { ESCAPED, TEXT } from './memory';

// Vectors of one byte, which would otherwise be built anew at each use.
const QUOTES: usize = memory.data<u8>([34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34]);
const BACKSLASHES: usize = memory.data<u8>([92, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92]);
const LAST_CONTROLS: usize = memory.data<u8>([31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31]);

/** Replaces escapes in place; returns the new end. */
@external("scanner", "unescape")
export declare function unescape(start: i32, end: i32): i32;

/** Behind the string whose first character is at `start`, or 0; leaves in ESCAPED whether it has escapes. */
export function endOfString(start: usize): usize {
  let at = start;
  store<u32>(ESCAPED, 0);
  while (true) {
    const quotes = quotesAt(at);
    const others = oddAt(at);
    if ((others & (quotes - 1)) != 0) {
      at += ctz(others);
      if (load<u8>(at) != 0x5c) return 0;
      at = endOfEscape(at);
      if (at == 0) return 0;
      store<u32>(ESCAPED, 1);
    } else if (quotes != 0) return at + ctz(quotes) + 1;
    else at += 16;
  }
}

/** A bit for each of 16 bytes that is a quote. */
// @ts-ignore: decorator
@inline
export function quotesAt(at: usize): u32 {
  return i8x16.bitmask(i8x16.eq(v128.load(at), v128.load(QUOTES)));
}

/** A bit for each of 16 bytes that is a backslash or a control character. */
// @ts-ignore: decorator
@inline
export function oddAt(at: usize): u32 {
  const bytes = v128.load(at);
  const backslashes = i8x16.eq(bytes, v128.load(BACKSLASHES));
  return i8x16.bitmask(v128.or(backslashes, i8x16.le_u(bytes, v128.load(LAST_CONTROLS))));
}

/** Behind the escape whose backslash is at `at`, or 0. */
function endOfEscape(at: usize): usize {
  const letter: u32 = load<u8>(at, 1);
  if (letter == 0x75) {
    for (let digit = at + 2; digit < at + 6; digit++) {
      const byte: u32 = load<u8>(digit);
      if (byte - 0x30 > 9 && (byte | 0x20) - 0x61 > 5) return 0;
    }
    return at + 6;
  }
  const known =
    letter == 0x22 || letter == 0x5c || letter == 0x2f || letter == 0x62 ||
    letter == 0x66 || letter == 0x6e || letter == 0x72 || letter == 0x74;
  return known ? at + 2 : 0;
}

/** Behind the true, false or null that starts at `at`, or 0. */
export function endOfLiteral(at: usize): usize {
  const letters: u32 = load<u32>(at);
  if (letters == 0x65757274 || letters == 0x6c6c756e) return at + 4;
  return letters == 0x736c6166 && load<u8>(at, 4) == 0x65 ? at + 5 : 0;
}

/** The first byte at or behind `at` that is no white space. */
// @ts-ignore: decorator
@inline
export function endOfSpace(at: usize): usize {
  return load<u8>(at) > 0x20 ? at : endOfSpaces(at);
}

function endOfSpaces(start: usize): usize {
  let at = start;
  while (true) {
    const byte: u32 = load<u8>(at);
    if (byte != 0x20 && byte != 0x0a && byte != 0x0d && byte != 0x09) return at;
    at++;
  }
}

/** Whether the text from `start` to `end` is all ASCII. */
export function isAscii(start: i32, end: i32): i32 {
  const last: usize = TEXT + end;
  let at: usize = TEXT + start;
  for (; at + 16 <= last; at += 16) if (i8x16.bitmask(v128.load(at)) != 0) return 0;
  for (; at < last; at++) if (load<u8>(at) >= 0x80) return 0;
  return 1;
}
