// AssemblyScript, compiled by scripts/build-simd-scanner.ts: the scanner of plain-scanner.ts once more, for
// texts that fit into its memory, looking at 16 bytes in one step. It only says whether it could read a text.
// If not, the plain scanner reads it again, and says what is wrong with it, or that nothing is.
//
// Most events look like those before them, so it guesses: what stands between two values of an object, which
// is a key with its punctuation, is compared with what stood there the last time. Where the guess is right,
// where the key ends and where it leads are known without looking, and the processor needn't wait for either.

/** The node that a key of an object leads to, or SKIP; says the rest in CHILD_WANTED and CHILD_CHILDREN. */
@external("scanner", "follow")
declare function follow(node: i32, start: i32, end: i32): i32;

/** Replaces escapes in place; returns the new end. */
@external("scanner", "unescape")
declare function unescape(start: i32, end: i32): i32;

const SKIP: i32 = -1;
const STRING: i32 = 0;
const NUMBER: i32 = 1;
const TRUE: i32 = 2;
const FALSE: i32 = 3;
const NULL: i32 = 4;

// Memory. What `follow` says beside the node:
const CHILD_WANTED: usize = 0x00;
const CHILD_CHILDREN: usize = 0x04;
// How many fields and contexts were found:
const FIELD_COUNT: usize = 0x08;
const CONTEXT_COUNT: usize = 0x0c;
// The link read last, and whether the string read last has escapes:
const LAST_LINK: usize = 0x10;
const ESCAPED: usize = 0x14;

const POWERS_OF_TEN: usize = memory.data<f64>([
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
]);

// Vectors of one byte, which would otherwise be built anew at each use.
const QUOTES: usize = memory.data<u8>([34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34]);
const BACKSLASHES: usize = memory.data<u8>([92, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92]);
const LAST_CONTROLS: usize = memory.data<u8>([31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31]);
const ZEROS: usize = memory.data<u8>([48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48]);
const NINES: usize = memory.data<u8>([9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9]);

// The open objects and arrays that something is wanted in.
const MAX_DEPTH: i32 = 1000;
const FRAMES: usize = 0x200;
const FRAME_SIZE: usize = 32;
const FRAME_NODE: usize = 0;
const FRAME_IS_ARRAY: usize = 4;
const FRAME_CONTEXT: usize = 8;
const FRAME_ARRAY: usize = 12;
// Of an array: the element being read. Of an object: how many of its node's children have been met.
const FRAME_COUNT: usize = 16;
// Of an object: nothing wanted can follow in the objects around it.
const FRAME_IS_LAST: usize = 20;
const FRAME_CHILDREN: usize = 24;
const FRAME_WANTED: usize = 28;

// A byte for each open object or array that nothing is wanted in: whether it stands in an array.
const SKIPPED_FRAMES: usize = 0xa000;

// What was met between values: its bytes, a bit for each of them, how many they are, whose object it was in
// (0: nobody's), where its key leads, and what was met after it. The first stands before the first of an event,
// the second for all that are too long or too odd to remember.
const LINKS: usize = 0x10000;
const LINK_SIZE: usize = 64;
const LINK_COUNT: u64 = 1024;
const LINK_MASK: usize = 32;
const LINK_LENGTH: usize = 36;
const LINK_PARENT: usize = 40;
const LINK_NODE: usize = 48;
const LINK_WANTED: usize = 52;
const LINK_CHILDREN: usize = 56;
const LINK_NEXT: usize = 60;
const FIRST_LINK: usize = LINKS;
const ODD_LINK: usize = LINKS + LINK_SIZE;
const MAX_LINK_LENGTH: usize = 31;
const NOBODY: i64 = -1;

// The text, with room for reading past its end, and then what is found in it: a field can't take less than two
// bytes of text, nor a context less than three.
const TEXT: usize = 0x20000;
const FIELDS: usize = 0x31000;
const FIELD_SIZE: usize = 32;
const FIELD_HASH: usize = 20;
const FIELD_NUMBER: usize = 24;
const CONTEXTS: usize = 0x140000;
const CONTEXT_SIZE: usize = 12;

/**
 * Scans the text from `start` to `end` in TEXT, which a zero byte follows. Returns 1 if it is an object, and 0 if
 * it isn't or if it can't be read here. `tree` tells trees of paths apart: nodes of different trees, or of one
 * before and after it changed, have nothing in common. `fieldCount` fields are there already, and `outerDepth` objects
 * and arrays are open around the text.
 */
export function scan(
  start: i32,
  end: i32,
  tree: i32,
  root: i32,
  rootChildren: i32,
  fieldCount: i32,
  outerDepth: i32,
  stopEarly: i32,
): i32 {
  let at: usize = endOfSpace(TEXT + start);
  if (load<u8>(at) != 0x7b) return 0;
  const owner: i64 = (<i64>tree) << 32;
  let field: usize = FIELDS + <usize>fieldCount * FIELD_SIZE;
  let contexts: i32 = 1;
  let arrays: i32 = 0;
  let depth: i32 = outerDepth;
  let frame: usize = FRAMES;
  let inArray: bool = false;
  // Of the value at `at`, which is wanted, or in which something is.
  let node: i32 = root;
  let wanted: i32 = 0;
  let children: i32 = rootChildren;
  let context: i32 = 0;
  store<u32>(LAST_LINK, <u32>FIRST_LINK);
  // No text matches this: it has no zero bytes.
  store<u32>(ODD_LINK, 0xffffffff, LINK_MASK);
  if (load<u32>(FIRST_LINK, LINK_NEXT) == 0) store<u32>(FIRST_LINK, <u32>ODD_LINK, LINK_NEXT);
  store<i32>(frame, 0, FRAME_IS_ARRAY);
  store<i32>(frame, rootChildren, FRAME_COUNT);
  store<i32>(frame, stopEarly, FRAME_IS_LAST);
  store<i32>(frame, rootChildren, FRAME_CHILDREN);

  while (true) {
    const first: u32 = load<u8>(at);
    let opened: bool = false;
    if (first == 0x7b || first == 0x5b) {
      if (++depth > MAX_DEPTH) return 0;
      const outer = frame;
      frame += FRAME_SIZE;
      if (inArray) {
        const row: usize = CONTEXTS + <usize>contexts * CONTEXT_SIZE;
        store<i32>(row, context);
        store<i32>(row, load<i32>(outer, FRAME_ARRAY), 4);
        store<i32>(row, load<i32>(outer, FRAME_COUNT), 8);
        context = contexts++;
      }
      inArray = first == 0x5b;
      store<i32>(frame, node, FRAME_NODE);
      store<i32>(frame, i32(inArray), FRAME_IS_ARRAY);
      store<i32>(frame, context, FRAME_CONTEXT);
      store<i32>(frame, 0, FRAME_COUNT);
      store<i32>(frame, children, FRAME_CHILDREN);
      store<i32>(frame, wanted, FRAME_WANTED);
      if (inArray) {
        store<i32>(frame, arrays++, FRAME_ARRAY);
        store<i32>(frame, 0, FRAME_IS_LAST);
      } else store<i32>(frame, load<i32>(outer, FRAME_IS_LAST) & i32(hasMetAll(outer)), FRAME_IS_LAST);
      const inside = endOfSpace(at + 1);
      // ] and } are the opening brackets' own bytes plus two.
      opened = load<u8>(inside) != first + 2;
      if (!opened || inArray) at = inside;
    } else if (wanted) {
      let kind: i32 = STRING;
      let from = at;
      let to: usize;
      if (first == 0x22) {
        from++;
        at = endOfString(from);
        if (at == 0) return 0;
        to = load<u32>(ESCAPED) != 0 ? TEXT + <usize>unescape(<i32>(from - TEXT), <i32>(at - 1 - TEXT)) : at - 1;
        store<i32>(field, hashOf(from, to), FIELD_HASH);
      } else {
        if (first == 0x2d || first - 0x30 < 10) {
          kind = NUMBER;
          at = endOfNumber(at, first);
          if (at == 0) return 0;
          store<f64>(field, valueOf(from, at), FIELD_NUMBER);
        } else {
          kind = first == 0x74 ? TRUE : first == 0x66 ? FALSE : NULL;
          at = endOfLiteral(at);
        }
        if (at == 0) return 0;
        to = at;
      }
      store<i32>(field, node);
      store<i32>(field, kind, 4);
      store<i32>(field, <i32>(from - TEXT), 8);
      store<i32>(field, <i32>(to - TEXT), 12);
      store<i32>(field, context, 16);
      field += FIELD_SIZE;
    } else {
      at = skip(at, depth);
      if (at == 0) return 0;
    }

    while (true) {
      if (!opened) {
        // Behind a value: on to the next, out of all that ends here.
        while (true) {
          const next = endOfSpace(at);
          const byte: u32 = load<u8>(next);
          if (byte == 0x2c) break;
          if (byte != (inArray ? 0x5d : 0x7d)) return 0;
          at = next + 1;
          depth--;
          frame -= FRAME_SIZE;
          inArray = load<i32>(frame, FRAME_IS_ARRAY) != 0;
          if (depth == outerDepth) return finish(field, contexts) & i32(endOfSpace(at) == TEXT + end);
        }
        if (inArray) {
          store<i32>(frame, load<i32>(frame, FRAME_COUNT) + 1, FRAME_COUNT);
          at = endOfSpace(endOfSpace(at) + 1);
        } else if (load<i32>(frame, FRAME_IS_LAST) != 0 && hasMetAll(frame)) return finish(field, contexts);
      }
      node = load<i32>(frame, FRAME_NODE);
      context = load<i32>(frame, FRAME_CONTEXT);
      if (inArray) {
        wanted = load<i32>(frame, FRAME_WANTED);
        children = load<i32>(frame, FRAME_CHILDREN);
        break;
      }
      at = endOfLink(at, load<u32>(LAST_LINK), node, node == SKIP ? NOBODY : owner | <i64>node);
      if (at == 0) return 0;
      const link: usize = load<u32>(LAST_LINK);
      node = load<i32>(link, LINK_NODE);
      if (node != SKIP) {
        wanted = load<i32>(link, LINK_WANTED);
        children = load<i32>(link, LINK_CHILDREN);
        store<i32>(frame, load<i32>(frame, FRAME_COUNT) + 1, FRAME_COUNT);
        break;
      }
      at = skip(at, depth);
      if (at == 0) return 0;
      opened = false;
    }
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

// @ts-ignore: decorator
@inline
function finish(field: usize, contexts: i32): i32 {
  store<i32>(FIELD_COUNT, <i32>((field - FIELDS) / FIELD_SIZE));
  store<i32>(CONTEXT_COUNT, contexts);
  return 1;
}

// @ts-ignore: decorator
@inline
function hasMetAll(frame: usize): bool {
  return load<i32>(frame, FRAME_COUNT) == load<i32>(frame, FRAME_CHILDREN);
}

/** Behind the value that starts at `start`, in which nothing is wanted, or 0; `depth` is what is open around it. */
function skip(start: usize, depth: i32): usize {
  const bottom: usize = SKIPPED_FRAMES + <usize>depth;
  let at = start;
  let frame = bottom;
  let inArray: bool = false;
  let link: usize = load<u32>(LAST_LINK);
  while (true) {
    let first: u32 = load<u8>(at);
    if (first <= 0x20) {
      at = endOfSpaces(at);
      first = load<u8>(at);
    }
    if (first == 0x22) at = endOfString(at + 1);
    else if (first == 0x2d || first - 0x30 < 10) at = endOfNumber(at, first);
    else if (first == 0x7b || first == 0x5b) {
      if (frame == SKIPPED_FRAMES + MAX_DEPTH) return 0;
      const inside = endOfSpace(at + 1);
      if (load<u8>(inside) == first + 2) at = inside + 1;
      else {
        store<u8>(frame, inArray);
        frame++;
        inArray = first == 0x5b;
        at = inArray ? inside : endOfLink(at, link, SKIP, NOBODY);
        if (at == 0) return 0;
        link = load<u32>(LAST_LINK);
        continue;
      }
    } else at = endOfLiteral(at);
    if (at == 0 || frame == bottom) return at;

    // Behind a value: on to the next, out of all that ends here.
    while (true) {
      if (!inArray) {
        // This is what `endOfLink` would try first; the call costs as much as the comparison. Whose link it is
        // doesn't matter where nothing is wanted.
        const next: usize = load<u32>(link, LINK_NEXT);
        if (isAt(next, at)) {
          link = next;
          store<u32>(LAST_LINK, <u32>link);
          at += load<u32>(link, LINK_LENGTH);
          break;
        }
      }
      const next = endOfSpace(at);
      const byte: u32 = load<u8>(next);
      if (byte == 0x2c) {
        at = inArray ? next + 1 : endOfLink(at, link, SKIP, NOBODY);
        if (at == 0) return 0;
        link = load<u32>(LAST_LINK);
        break;
      }
      if (byte != (inArray ? 0x5d : 0x7d)) return 0;
      at = next + 1;
      frame--;
      inArray = load<u8>(frame) != 0;
      if (frame == bottom) return at;
    }
  }
}

/**
 * Behind a link, or 0: what stands between a value, or the brace that opens an object, and the next value, which is
 * a comma or that brace, a key and a colon. `last` is the link before it. Leaves in LAST_LINK what is remembered of it.
 */
function endOfLink(start: usize, last: usize, node: i32, parent: i64): usize {
  let link: usize = load<u32>(last, LINK_NEXT);
  if (load<i64>(link, LINK_PARENT) == parent && isAt(link, start)) {
    store<u32>(LAST_LINK, <u32>link);
    // There may be more space behind it than the last time.
    return endOfSpace(start + load<u32>(link, LINK_LENGTH));
  }
  const key = endOfSpace(endOfSpace(start) + 1) + 1;
  if (load<u8>(key - 1) != 0x22) return 0;
  const keyEnd = endOfString(key);
  if (keyEnd == 0) return 0;
  const colon = endOfSpace(keyEnd);
  if (load<u8>(colon) != 0x3a) return 0;
  const end = endOfSpace(colon + 1);
  const length = end - start;
  if (load<u32>(ESCAPED) != 0) {
    link = ODD_LINK;
    learn(link, node, key, TEXT + unescape(<i32>(key - TEXT), <i32>(keyEnd - 1 - TEXT)));
  } else if (length > MAX_LINK_LENGTH) {
    link = ODD_LINK;
    learn(link, node, key, keyEnd - 1);
  } else {
    const mask: u32 = (1 << <u32>length) - 1;
    link = placeOf(start, length, parent);
    // There are two places for each.
    if (!isKnown(link, parent, mask, start)) link ^= LINK_SIZE;
    if (!isKnown(link, parent, mask, start)) {
      v128.store(link, v128.load(start));
      v128.store(link, v128.load(start, 16), 16);
      store<u32>(link, mask, LINK_MASK);
      store<u32>(link, <u32>length, LINK_LENGTH);
      store<i64>(link, parent, LINK_PARENT);
      learn(link, node, key, keyEnd - 1);
    }
  }
  store<u32>(last, <u32>link, LINK_NEXT);
  store<u32>(LAST_LINK, <u32>link);
  return end;
}

function learn(link: usize, node: i32, start: usize, end: usize): void {
  store<u32>(link, <u32>ODD_LINK, LINK_NEXT);
  store<i32>(link, node == SKIP ? SKIP : follow(node, <i32>(start - TEXT), <i32>(end - TEXT)), LINK_NODE);
  store<i32>(link, load<i32>(CHILD_WANTED), LINK_WANTED);
  store<i32>(link, load<i32>(CHILD_CHILDREN), LINK_CHILDREN);
}

function isKnown(link: usize, parent: i64, mask: u32, at: usize): bool {
  return load<i64>(link, LINK_PARENT) == parent && load<u32>(link, LINK_MASK) == mask && isAt(link, at);
}

/** Whether the text goes on at `at` with the bytes of a link. */
// @ts-ignore: decorator
@inline
function isAt(link: usize, at: usize): bool {
  const mask = load<u32>(link, LINK_MASK);
  const low: u32 = i8x16.bitmask(i8x16.eq(v128.load(link), v128.load(at)));
  if ((mask & 0xffff & ~low) != 0) return false;
  if (mask <= 0xffff) return true;
  const high: u32 = i8x16.bitmask(i8x16.eq(v128.load(link, 16), v128.load(at, 16)));
  return (mask >> 16 & ~high) == 0;
}

function placeOf(start: usize, length: usize, parent: i64): usize {
  // A link is at least five bytes long, {"":1 or so; what stands behind it is cut off.
  let head: u64 = load<u64>(start);
  if (length < 8) head &= (1 << (<u64>length * 8)) - 1;
  else head ^= rotl<u64>(load<u64>(start + length - 8), 23);
  const hash: u64 = (head ^ (<u64>parent * 0x9e3779b97f4a7c15) ^ <u64>length) * 0xff51afd7ed558ccd;
  // Not the first two.
  return LINKS + (2 + <usize>((hash >> 40) % (LINK_COUNT - 2))) * LINK_SIZE;
}

/** As `hashBytes` in byte-hash.ts. */
// @ts-ignore: decorator
@inline
function hashOf(start: usize, end: usize): u32 {
  let hash: u32 = 0x2545f491 ^ <u32>(end - start);
  let at = start;
  for (; at + 4 <= end; at += 4) hash = rotl<u32>((hash ^ load<u32>(at)) * 0x9e3779b1, 15);
  return at == end ? hash : rotl<u32>((hash ^ (load<u32>(at) & ((1 << (8 * <u32>(end - at))) - 1))) * 0x9e3779b1, 15);
}

/** Behind the string whose first character is at `start`, or 0; leaves in ESCAPED whether it has escapes. */
// @ts-ignore: decorator
@inline
function endOfString(start: usize): usize {
  let at = start;
  store<u32>(ESCAPED, 0);
  while (true) {
    const special = specialIn(at);
    if (special == 0) {
      at += 16;
      continue;
    }
    at += ctz(special);
    const byte: u32 = load<u8>(at);
    if (byte == 0x22) return at + 1;
    if (byte != 0x5c) return 0;
    at = endOfEscape(at);
    if (at == 0) return 0;
    store<u32>(ESCAPED, 1);
  }
}

/** A bit for each of 16 bytes that can't stand for itself in a string: quote, backslash, control characters. */
// @ts-ignore: decorator
@inline
function specialIn(at: usize): i32 {
  const bytes = v128.load(at);
  const quotes = i8x16.eq(bytes, v128.load(QUOTES));
  const backslashes = i8x16.eq(bytes, v128.load(BACKSLASHES));
  const controls = i8x16.le_u(bytes, v128.load(LAST_CONTROLS));
  return i8x16.bitmask(v128.or(v128.or(quotes, backslashes), controls));
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

/** Behind the number that starts at `at` with the byte `first`, or 0. */
// @ts-ignore: decorator
@inline
function endOfNumber(at: usize, first: u32): usize {
  const sign: u32 = u32(first == 0x2d);
  // A bit for each byte behind the sign that is no digit: the first ends the whole part, and if it is a dot the second
  // ends the fraction.
  let others: u32 = ~(digitsIn(v128.load(at)) >> sign);
  if (popcnt(others << 16 + sign) < 2) others &= ~(digitsIn(v128.load(at, 16)) << 16 >> sign);
  const whole: u32 = ctz(others);
  if (whole == 0 || (whole > 1 && load<u8>(at + sign) == 0x30)) return 0;
  let end = at + sign + whole;
  let next: u32 = load<u8>(end);
  if (next == 0x2e) {
    const fraction: u32 = ctz(others & (others - 1));
    // Cut off by the end of what was looked at.
    if (fraction + sign >= 32) return endOfOddNumber(at);
    if (fraction == whole + 1) return 0;
    end = at + sign + fraction;
    next = load<u8>(end);
  } else if (whole + sign >= 32) return endOfOddNumber(at);
  return (next | 0x20) == 0x65 ? endOfOddNumber(at) : end;
}

/** A bit for each of 16 bytes that is a digit. */
// @ts-ignore: decorator
@inline
function digitsIn(bytes: v128): u32 {
  return i8x16.bitmask(i8x16.le_u(i8x16.sub(bytes, v128.load(ZEROS)), v128.load(NINES)));
}

/** As `endOfNumber`, for numbers that are long or have an exponent. */
function endOfOddNumber(start: usize): usize {
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

/** Behind the true, false or null that starts at `at`, or 0. */
function endOfLiteral(at: usize): usize {
  const letters: u32 = load<u32>(at);
  if (letters == 0x65757274 || letters == 0x6c6c756e) return at + 4;
  return letters == 0x736c6166 && load<u8>(at, 4) == 0x65 ? at + 5 : 0;
}

/**
 * The value of the number from `start` to `end`, rounded as any JSON parser does; NaN if it has an exponent, if it is
 * an integer that a double may not hold, or if it has too many digits to tell.
 */
function valueOf(start: usize, end: usize): f64 {
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

/** The first byte at or behind `at` that is no white space. */
// @ts-ignore: decorator
@inline
function endOfSpace(at: usize): usize {
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
