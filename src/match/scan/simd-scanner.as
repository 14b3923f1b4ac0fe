// AssemblyScript, compiled by scripts/build-wasm.ts: the scanner of plain-scanner.ts once more, for
// texts that fit into its memory, looking at 16 bytes in one step. It only says whether it could read a text.
// If not, the plain scanner reads it again, and says what is wrong with it, or that nothing is.
//
// Most events look like those before them. To this scanner, an event is scalars with *gaps* between them: all the
// brackets, commas, colons and keys that stand between one scalar and the next, as in
//
//     {"id":  7  ,"at":{"x":  1.5  ,"y":  2.5  }}
//
// A gap has been read byte by byte once. From then on, where the same bytes stand in the same place, it is known
// where they lead. The place is a *nest*: which objects and arrays are open, and what is wanted of them. Each gap also
// remembers which gap came behind it, so that the next one is there before it is asked for: comparing 16 bytes
// confirms it, and the processor needn't wait for that. Where kinds of events differ, there is a list of others.
//
// Many scalars never change: a version, an account, a height of 0.0. Where nobody wants such a scalar, it and the gaps
// on both sides of it are *joined* to one gap, at the first sight of them. They come apart again, to the gap that the
// joined one started with, when the scalar turns out to change after all.

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
// Whether the string read last has escapes, and how many nests there are:
const ESCAPED: usize = 0x10;
const NEST_COUNT: usize = 0x14;
// What an event has come to: where the next field goes, the context, how many arrays there are, the innermost frame.
const FIELD_END: usize = 0x18;
const CONTEXT: usize = 0x1c;
const ARRAY_COUNT: usize = 0x20;
const FRAME: usize = 0x24;
// How many gaps there are, the one before the one at hand, and where the latter starts in the end.
const GAP_COUNT: usize = 0x28;
const LAST_GAP: usize = 0x2c;
const AT: usize = 0x30;
const EVENT: usize = 0x34;
const ENTRY_COUNT: usize = 0x38;

const POWERS_OF_TEN: usize = memory.data<f64>([
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
]);

// Vectors of one byte, which would otherwise be built anew at each use.
const QUOTES: usize = memory.data<u8>([34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34]);
const BACKSLASHES: usize = memory.data<u8>([92, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92]);
const LAST_CONTROLS: usize = memory.data<u8>([31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31]);
// Added to bytes, they make the smallest number of "-" and of "0"; and what the last of the kind becomes.
const FROM_MINUS: usize = memory.data<u8>([83, 83, 83, 83, 83, 83, 83, 83, 83, 83, 83, 83, 83, 83, 83, 83]);
const LAST_NUMERIC: usize = memory.data<i8>([
  -116, -116, -116, -116, -116, -116, -116, -116, -116, -116, -116, -116, -116, -116, -116, -116,
]);
const FROM_ZERO: usize = memory.data<u8>([80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80]);
const LAST_DIGIT: usize = memory.data<i8>([
  -119, -119, -119, -119, -119, -119, -119, -119, -119, -119, -119, -119, -119, -119, -119, -119,
]);

// What is open where contexts count: the wanted arrays around a value.
const MAX_DEPTH: i32 = 1000;
const FRAMES: usize = 0x4000;
const FRAME_SIZE: usize = 16;
const FRAME_ARRAY: usize = 0;
const FRAME_ELEMENT: usize = 4;
/** The context of the array itself. */
const FRAME_CONTEXT: usize = 8;

// What a gap does to the contexts, a byte each; those of the gap being read.
const OPEN_ARRAY: u8 = 1;
const OPEN_ELEMENT: u8 = 2;
const OPEN_ARRAY_ELEMENT: u8 = 3;
const CLOSE_ARRAY: u8 = 4;
const CLOSE_ELEMENT: u8 = 5;
const CLOSE_ARRAY_ELEMENT: u8 = 6;
const NEXT: u8 = 7;
/** CLOSE_ELEMENT, NEXT, OPEN_ELEMENT. */
const NEXT_ELEMENT: u8 = 8;
const STEPS: usize = 0x10000;

// The text, with room for reading past its end, and then what is found in it: a field can't take less than two
// bytes of text, nor can a context.
const TEXT: usize = 0x20000;
const FIELDS: usize = 0x31000;
const FIELD_SIZE: usize = 32;
const FIELD_HASH: usize = 20;
const FIELD_NUMBER: usize = 24;
const CONTEXTS: usize = 0x140000;
const CONTEXT_SIZE: usize = 12;

// The gaps that were read. A gap: its first 16 bytes, how many it has, the nests that it leads from and to (0: to the
// end), the node of the scalar behind it, its flags, the gap that came behind it, the list of the others that did, how
// many steps it has and how often it was joined, its bytes from the 17th on, its steps. Of a joined gap also: the one
// that it starts with, where the scalar behind that ends, since which event there is the joined one, and how often the
// scalar has been another one since.
// The first stands for none; the second before the first gap of an event; the third is for all that are too long or
// too odd to remember.
const GAPS: usize = 0x1a0000;
const GAP_SIZE: usize = 128;
const MAX_GAPS: u32 = 4095;
/** From how many on they are forgotten before the next event. */
const MANY_GAPS: u32 = 3072;
const GAP_LENGTH: usize = 16;
const GAP_FROM: usize = 20;
const GAP_TO: usize = 24;
const GAP_NODE: usize = 28;
const GAP_FLAGS: usize = 32;
const GAP_NEXT: usize = 36;
const GAP_OTHERS: usize = 40;
const GAP_STEP_COUNT: usize = 44;
const GAP_JOINS: usize = 46;
const GAP_BASE: usize = 48;
const GAP_VALUE_END: usize = 52;
const GAP_SINCE: usize = 56;
const GAP_MISSES: usize = 60;
const GAP_REST: usize = 64;
const GAP_STEPS: usize = 112;
const NO_GAP: usize = GAPS;
const FIRST_GAP: usize = GAPS + GAP_SIZE;
const ODD_GAP: usize = GAPS + 2 * GAP_SIZE;
const MAX_GAP_LENGTH: usize = 64;
const MAX_GAP_STEPS: i32 = 16;
const IS_WANTED: i32 = 1;
const HAS_STEPS: i32 = 2;
/** The scan ends here; before the event does. */
const IS_LAST: i32 = 4;
const IS_EARLY: i32 = 8;

// The nests that were met. A nest: the one around it, whether it is an array, its node, how many of the node's
// children have been met (where that counts), how many there are, whether the node's own value is wanted, whether
// nothing wanted can follow in what is around it, and how deep it is. The nest around an event is a nest too; instead
// of one around it, it says what all within it have in common, and instead of children met it has the edition of
// the tree.
const NESTS: usize = 0x220000;
const NEST_SIZE: usize = 32;
const MAX_NESTS: i32 = 4095;
/** From how many on they are forgotten before the next event. */
const MANY_NESTS: i32 = 2048;
const NEST_PARENT: usize = 0;
const NEST_IS_ARRAY: usize = 4;
const NEST_NODE: usize = 8;
const NEST_MET: usize = 12;
const NEST_CHILDREN: usize = 16;
const NEST_WANTED: usize = 20;
const NEST_IS_LAST: usize = 24;
const NEST_DEPTH: usize = 28;
const OUTERMOST: u32 = 0x80000000;
const END: u32 = 0;
// Where they are found.
const NEST_SLOTS: usize = 0x240000;
const NEST_SLOT_COUNT: u32 = 8192;
const GAP_SLOTS: usize = 0x248000;
const GAP_SLOT_COUNT: u32 = 8192;
const SLOTS_END: usize = 0x250000;

// Lists of gaps, longer ones before shorter ones, since these may start like those. An entry: a gap, the next entry.
const ENTRIES: usize = 0x250000;
const ENTRY_SIZE: usize = 8;
const ENTRY_NEXT: usize = 4;
const MAX_ENTRIES: u32 = 8192;
/** A longer list takes more time than it saves. */
const MAX_OTHERS: u32 = 12;

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
  if (load<i32>(NEST_COUNT) > MANY_NESTS || load<u32>(GAP_COUNT) > MANY_GAPS) forget();
  const outside = nestAround(tree, root, rootChildren, (outerDepth << 1) | stopEarly);
  if (outside == 0) return 0;
  store<u32>(FIRST_GAP, <u32>outside, GAP_TO);
  store<u32>(EVENT, load<u32>(EVENT) + 1);
  store<u32>(FIELD_END, <u32>FIELDS + fieldCount * <u32>FIELD_SIZE);
  store<u32>(FRAME, <u32>FRAMES);
  store<i32>(CONTEXT_COUNT, 1);
  store<i32>(CONTEXT, 0);
  store<i32>(ARRAY_COUNT, 0);
  store<u32>(ESCAPED, 0);
  const last = walk(endOfSpace(TEXT + start));
  if (last == 0) return 0;
  const at: usize = load<u32>(AT);
  take(last, at, at);
  store<u32>(FIELD_COUNT, (load<u32>(FIELD_END) - <u32>FIELDS) / <u32>FIELD_SIZE);
  const isEarly = (load<i32>(last, GAP_FLAGS) & IS_EARLY) != 0;
  return i32(isEarly || endOfSpace(at + load<u32>(last, GAP_LENGTH)) == TEXT + end);
}

/** The last gap of the text that starts at `start`, or 0; leaves in AT where it stands. */
function walk(start: usize): usize {
  let gap = gapAt(start, FIRST_GAP);
  if (gap == 0) return 0;
  let value: usize = start + load<u32>(gap, GAP_LENGTH);
  store<u32>(LAST_GAP, <u32>FIRST_GAP);
  while (true) {
    store<u32>(ESCAPED, 0);
    let end: usize;
    // This loop is all that most events need. It has few variables, so that each of them has a register, and it leaves
    // by `break` wherever it can't go on: for a condition made of several, the compiler makes numbers of each. Behind
    // it, `end` is 0 if it couldn't read the scalar.
    while (true) {
      end = 0;
      const first: u32 = load<u8>(value);
      const next: usize = load<u32>(gap, GAP_NEXT);
      if (first == 0x22) {
        // The quote is needed before anything else; what may not stand before it is looked for meanwhile.
        let at = value + 1;
        let quotes = quotesAt(at);
        let others = oddAt(at);
        while (quotes == 0) {
          if (others != 0) break;
          at += 16;
          quotes = quotesAt(at);
          others = oddAt(at);
        }
        // The bits below the lowest of the quotes: all, if there is none.
        if ((others & (quotes - 1)) != 0) break;
        end = at + ctz(quotes) + 1;
      } else {
        // So is the end of a number: it is made of digits, "-", "." and, as it stands between them, "/".
        let ends = notNumericAt(value);
        let others = notDigitsAt(value);
        let length: u32 = ctz(ends);
        if (ends == 0) {
          ends = notNumericAt(value + 16);
          if (ends == 0) break;
          others |= notDigitsAt(value + 16) << 16;
          length = 16 + ctz(ends);
        }
        others &= (<u32>1 << length) - 1;
        let digit = value;
        if (first == 0x2d) {
          others ^= 1;
          digit++;
        }
        // Only a point may be left, with digits on both sides. An exponent may still come: no gap starts like one.
        if ((others & (others - 1)) != 0) break;
        const point: u32 = min(ctz(others), length);
        if (others != 0) {
          if (load<u8>(value + point) != 0x2e) break;
          if (point + 1 == length) break;
        }
        if (<u32>load<u8>(digit) - 0x31 > 8) {
          if (load<u8>(digit) == 0x30) {
            if (digit + 1 != value + point) break;
          } else {
            length = <u32>(endOfLiteral(value) - value);
            if (length > 5) break;
          }
        }
        end = value + length;
      }
      const length: u32 = load<u32>(next, GAP_LENGTH);
      const same = sameBytes(next, end);
      if (same < length) {
        if (same < 16) break;
        if (!isRestAt(next, end, length)) break;
      }
      if (load<i32>(gap, GAP_FLAGS) != 0) take(gap, value, end);
      store<u32>(LAST_GAP, <u32>gap);
      value = end + length;
      gap = next;
    }

    const guessed = load<u32>(gap, GAP_LENGTH);
    if ((load<i32>(gap, GAP_FLAGS) & IS_LAST) != 0) {
      store<u32>(AT, <u32>(value - guessed));
      return gap;
    }
    if (end == 0 || (<u32>load<u8>(end) | 0x20) == 0x65) end = endOfScalar(value);
    if (end == 0) {
      // Either there is more of the gap than what was guessed, or there is something that stands nowhere.
      const at = value - guessed;
      gap = nextGap(at, load<u32>(LAST_GAP));
      if (gap == 0 || load<u32>(gap, GAP_LENGTH) == guessed) return 0;
      value = at + load<u32>(gap, GAP_LENGTH);
    } else {
      if (load<i32>(gap, GAP_FLAGS) != 0) take(gap, value, end);
      const next = gapAt(end, gap);
      if (next == 0) return 0;
      join(load<u32>(LAST_GAP), gap, value, end, next);
      store<u32>(LAST_GAP, <u32>gap);
      gap = next;
      value = end + load<u32>(gap, GAP_LENGTH);
    }
  }
}

/** The gap at `at`, where `last` is the one before it, or 0. */
function gapAt(at: usize, last: usize): usize {
  const nest = load<u32>(last, GAP_TO);
  const gap: usize = load<u32>(last, GAP_NEXT);
  if (load<u32>(gap, GAP_FROM) == nest && isAt(gap, at)) return gap;
  for (let entry: usize = load<u32>(last, GAP_OTHERS); entry != 0; entry = load<u32>(entry, ENTRY_NEXT)) {
    const other: usize = load<u32>(entry);
    if (load<u32>(other, GAP_FROM) == nest && isAt(other, at)) return other;
  }
  if (load<u32>(gap, GAP_FROM) == nest) {
    const base = baseAt(at, last + GAP_NEXT);
    if (base != 0) return base;
  }
  for (let entry: usize = load<u32>(last, GAP_OTHERS); entry != 0; entry = load<u32>(entry, ENTRY_NEXT)) {
    if (load<u32>(load<u32>(entry), GAP_FROM) != nest) continue;
    const base = baseAt(at, entry);
    if (base != 0) return base;
  }
  return nextGap(at, last);
}

/** Notes that `gap`, which stands at `at`, came behind `last`. */
function noteNext(last: usize, gap: usize, at: usize): void {
  const next: usize = load<u32>(last, GAP_NEXT);
  const isMistaken = load<u32>(next, GAP_FROM) == load<u32>(gap, GAP_FROM) && isAt(next, at);
  if (next == NO_GAP || isMistaken) store<u32>(last, <u32>gap, GAP_NEXT);
  if (next != NO_GAP) addOther(last, isMistaken ? next : gap);
}

/** Puts a gap into the list of those that came behind `last`. */
function addOther(last: usize, gap: usize): void {
  const length = load<u32>(gap, GAP_LENGTH);
  let place: usize = 0;
  let outdated: usize = 0;
  let count: u32 = 0;
  let end: usize = last + GAP_OTHERS;
  for (let entry: usize = load<u32>(end); entry != 0; entry = load<u32>(end)) {
    const other: usize = load<u32>(entry);
    if (other == gap) return;
    if (load<u32>(other, GAP_FROM) != load<u32>(gap, GAP_FROM)) outdated = entry;
    if (place == 0 && load<u32>(other, GAP_LENGTH) < length) place = end;
    end = entry + ENTRY_NEXT;
    count++;
  }
  const entries = load<u32>(ENTRY_COUNT);
  if (count >= MAX_OTHERS) {
    // Behind the first gap of all, there are those of other trees, too.
    if (outdated != 0) store<u32>(outdated, <u32>gap);
  } else if (entries < MAX_ENTRIES) {
    if (place == 0) place = end;
    const entry = ENTRIES + entries * <u32>ENTRY_SIZE;
    store<u32>(ENTRY_COUNT, entries + 1);
    store<u32>(entry, <u32>gap);
    store<u32>(entry, load<u32>(place), ENTRY_NEXT);
    store<u32>(place, <u32>entry);
  }
}

/** Where it is noted that `gap` came behind `last`, or 0. */
function placeOf(last: usize, gap: usize): usize {
  if (load<u32>(last, GAP_NEXT) == <u32>gap) return last + GAP_NEXT;
  for (let entry: usize = load<u32>(last, GAP_OTHERS); entry != 0; entry = load<u32>(entry, ENTRY_NEXT)) {
    if (load<u32>(entry) == <u32>gap) return entry;
  }
  return 0;
}

/** What the joined gap that is noted at `place` starts with, if only that stands at `at`, or 0. */
function baseAt(at: usize, place: usize): usize {
  let gap: usize = load<u32>(place);
  while (load<u32>(gap, GAP_BASE) != 0) {
    const joined = gap;
    gap = load<u32>(joined, GAP_BASE);
    if (!isAt(gap, at)) continue;
    if (!isAtUntil(load<u32>(joined, GAP_VALUE_END), joined, at)) {
      const misses = load<u32>(joined, GAP_MISSES) + 1;
      store<u32>(joined, misses, GAP_MISSES);
      if (misses * MISS_RATE > load<u32>(EVENT) - load<u32>(joined, GAP_SINCE)) {
        store<u32>(place, <u32>gap);
        store<u16>(gap, MAX_JOINS, GAP_JOINS);
      }
    }
    return gap;
  }
  return 0;
}

/** A joined gap stays as long as there is another value than its own in fewer than one of so many events. */
const MISS_RATE: u32 = 64;
/** A gap starts so many joined ones at most. */
const MAX_JOINS: u16 = 8;

/** Joins two gaps and the unwanted scalar from `value` to `end` between them; the gap before both is `last`. */
function join(last: usize, gap: usize, value: usize, end: usize, next: usize): void {
  if ((load<i32>(gap, GAP_FLAGS) & IS_WANTED) != 0 || load<u16>(gap, GAP_JOINS) >= MAX_JOINS) return;
  if (last == ODD_GAP || gap == ODD_GAP || next == ODD_GAP || load<u32>(GAP_COUNT) == MAX_GAPS) return;
  const start = value - load<u32>(gap, GAP_LENGTH);
  const length = end + load<u32>(next, GAP_LENGTH) - start;
  const steps = load<u16>(gap, GAP_STEP_COUNT);
  const stepCount = steps + load<u16>(next, GAP_STEP_COUNT);
  if (length > MAX_GAP_LENGTH || stepCount > <u16>MAX_GAP_STEPS) return;
  const joined = newGap(start, length, load<u32>(gap, GAP_FROM));
  store<u16>(gap, load<u16>(gap, GAP_JOINS) + 1, GAP_JOINS);
  store<u32>(joined, load<u32>(next, GAP_TO), GAP_TO);
  store<u32>(joined, load<u32>(next, GAP_NODE), GAP_NODE);
  store<i32>(joined, load<i32>(gap, GAP_FLAGS) | load<i32>(next, GAP_FLAGS), GAP_FLAGS);
  store<u32>(joined, load<u32>(next, GAP_NEXT), GAP_NEXT);
  store<u32>(joined, load<u32>(next, GAP_OTHERS), GAP_OTHERS);
  store<u16>(joined, stepCount, GAP_STEP_COUNT);
  v128.store(joined, v128.load(gap, GAP_STEPS), GAP_STEPS);
  v128.store(joined + steps, v128.load(next, GAP_STEPS), GAP_STEPS);
  store<u32>(joined, <u32>gap, GAP_BASE);
  store<u32>(joined, <u32>(end - start), GAP_VALUE_END);
  store<u32>(joined, load<u32>(EVENT), GAP_SINCE);
  const place = placeOf(last, gap);
  if (place != 0) store<u32>(place, <u32>joined);
  else addOther(last, joined);
}

/** Does the steps of a gap, and keeps the scalar behind it if that is wanted. */
function take(gap: usize, start: usize, end: usize): void {
  const flags = load<i32>(gap, GAP_FLAGS);
  if ((flags & HAS_STEPS) != 0) takeSteps(gap);
  if ((flags & IS_WANTED) == 0) return;
  const first: u32 = load<u8>(start);
  const field: usize = load<u32>(FIELD_END);
  let kind: i32 = STRING;
  let from = start;
  let to = end;
  if (first == 0x22) {
    from = start + 1;
    to = end - 1;
    if (load<u32>(ESCAPED) != 0) to = TEXT + <usize>unescape(<i32>(from - TEXT), <i32>(to - TEXT));
    store<i32>(field, hashOf(from, to), FIELD_HASH);
  } else if (first < 0x60) {
    kind = NUMBER;
    store<f64>(field, valueOf(from, to), FIELD_NUMBER);
  } else kind = first == 0x74 ? TRUE : first == 0x66 ? FALSE : NULL;
  store<i32>(field, load<i32>(gap, GAP_NODE));
  store<i32>(field, kind, 4);
  store<i32>(field, <i32>(from - TEXT), 8);
  store<i32>(field, <i32>(to - TEXT), 12);
  store<i32>(field, load<i32>(CONTEXT), 16);
  store<u32>(FIELD_END, <u32>(field + FIELD_SIZE));
}

function takeSteps(gap: usize): void {
  let frame: usize = load<u32>(FRAME);
  let context = load<i32>(CONTEXT);
  let step: usize = gap == ODD_GAP ? STEPS : gap + GAP_STEPS;
  for (const end = step + load<u16>(gap, GAP_STEP_COUNT); step < end; step++) {
    const what = load<u8>(step);
    if (what >= CLOSE_ARRAY && what <= CLOSE_ARRAY_ELEMENT) {
      if (what != CLOSE_ELEMENT) frame -= FRAME_SIZE;
      if (what != CLOSE_ARRAY) context = load<i32>(frame, FRAME_CONTEXT);
      continue;
    }
    if (what >= NEXT) store<i32>(frame, load<i32>(frame, FRAME_ELEMENT) + 1, FRAME_ELEMENT);
    if (what == NEXT_ELEMENT) context = load<i32>(frame, FRAME_CONTEXT);
    if (what == OPEN_ELEMENT || what == OPEN_ARRAY_ELEMENT || what == NEXT_ELEMENT) {
      const count = load<i32>(CONTEXT_COUNT);
      const row: usize = CONTEXTS + <usize>count * CONTEXT_SIZE;
      store<i32>(row, context);
      store<i32>(row, load<i32>(frame, FRAME_ARRAY), 4);
      store<i32>(row, load<i32>(frame, FRAME_ELEMENT), 8);
      store<i32>(CONTEXT_COUNT, count + 1);
      context = count;
    }
    if (what == OPEN_ARRAY || what == OPEN_ARRAY_ELEMENT) {
      const array = load<i32>(ARRAY_COUNT);
      frame += FRAME_SIZE;
      store<i32>(frame, array, FRAME_ARRAY);
      store<i32>(frame, 0, FRAME_ELEMENT);
      store<i32>(frame, context, FRAME_CONTEXT);
      store<i32>(ARRAY_COUNT, array + 1);
    }
  }
  store<u32>(FRAME, <u32>frame);
  store<i32>(CONTEXT, context);
}

/** Behind the scalar that starts at `start`, or 0. */
function endOfScalar(start: usize): usize {
  const first: u32 = load<u8>(start);
  if (first == 0x22) return endOfString(start + 1);
  return first < 0x60 ? endOfNumber(start) : endOfLiteral(start);
}

/** Whether the text from `start` to `end` is all ASCII. */
export function isAscii(start: i32, end: i32): i32 {
  const last: usize = TEXT + end;
  let at: usize = TEXT + start;
  for (; at + 16 <= last; at += 16) if (i8x16.bitmask(v128.load(at)) != 0) return 0;
  for (; at < last; at++) if (load<u8>(at) >= 0x80) return 0;
  return 1;
}

/** Forgets all gaps and nests. */
function forget(): void {
  memory.fill(NESTS, 0, SLOTS_END - NESTS);
  store<i32>(NEST_COUNT, 0);
  store<u32>(GAP_COUNT, 3);
  store<u32>(ENTRY_COUNT, 0);
  // No text goes on like this.
  v128.store(NO_GAP, i8x16.splat(-1));
  store<u32>(NO_GAP, 0x7fffffff, GAP_LENGTH);
  for (let gap = FIRST_GAP; gap <= ODD_GAP; gap += GAP_SIZE) {
    store<u32>(gap, <u32>NO_GAP, GAP_NEXT);
    store<u32>(gap, 0, GAP_OTHERS);
  }
}

forget();

/** Whether the text goes on at `at` with the bytes of a gap. */
function isAt(gap: usize, at: usize): bool {
  return isAtUntil(load<u32>(gap, GAP_LENGTH), gap, at);
}

/** Whether the text goes on at `at` with the first `length` bytes of a gap. */
function isAtUntil(length: u32, gap: usize, at: usize): bool {
  const same = sameBytes(gap, at);
  return same >= length || (same == 16 && isRestAt(gap, at, length));
}

/** As `isAtUntil`, where the first 16 bytes are known to be the same. */
function isRestAt(gap: usize, at: usize, length: u32): bool {
  let part: u32 = 0;
  while (true) {
    part += 16;
    const same = sameBytes(gap + GAP_REST - 16 + part, at + part);
    if (part + same >= length) return true;
    if (same < 16) return false;
  }
}

/** How many bytes are the same in both places until one isn't, of 16. */
// @ts-ignore: decorator
@inline
function sameBytes(one: usize, other: usize): u32 {
  return ctz(~i8x16.bitmask(i8x16.eq(v128.load(one), v128.load(other))));
}

/** The gap that starts at `start`, however long it is; 0 if it can't be read. */
function nextGap(start: usize, last: usize): usize {
  const nest: usize = load<u32>(last, GAP_TO);
  let gap = knownGap(start, nest);
  if (gap == 0) gap = readGap(start, nest);
  // What comes behind an odd gap says nothing of the next one.
  if (gap == 0 || gap == ODD_GAP || last == ODD_GAP) return gap;
  noteNext(last, gap, start);
  return gap;
}

function knownGap(start: usize, nest: usize): usize {
  const length = endOfGap(start) - start;
  if (length > MAX_GAP_LENGTH) return 0;
  const slot = gapSlot(start, length, nest);
  return slot == 0 ? 0 : load<u32>(slot);
}

/** Where the gap is noted, or an empty place for it; 0 if there is none near by. */
function gapSlot(start: usize, length: usize, nest: usize): usize {
  let hash: u64 = (<u64>nest << 8) ^ length;
  let at = start;
  const end = start + length;
  for (; at + 8 <= end; at += 8) hash = rotl<u64>((hash ^ load<u64>(at)) * 0x9e3779b97f4a7c15, 29);
  if (at < end) hash ^= load<u64>(at) & (((<u64>1) << (<u64>(end - at) * 8)) - 1);
  const first = <u32>((hash * 0xff51afd7ed558ccd) >> 40);
  // Keys can be made up so that all gaps belong in the same place.
  for (let slot = first; slot < first + MAX_TRIES; slot++) {
    const place: usize = GAP_SLOTS + <usize>(slot & (GAP_SLOT_COUNT - 1)) * 4;
    const gap: usize = load<u32>(place);
    if (gap == 0) return place;
    const isAlike = load<u32>(gap, GAP_FROM) == <u32>nest && load<u32>(gap, GAP_LENGTH) == <u32>length;
    if (isAlike && isAt(gap, start)) return place;
  }
  return 0;
}

const MAX_TRIES: u32 = 32;

/** Where the next scalar starts, if the text is all right until there. */
function endOfGap(start: usize): usize {
  let at = start;
  while (true) {
    const byte: u32 = load<u8>(at);
    if (byte == 0x22) {
      const end = endOfString(at + 1);
      if (end == 0) return at;
      const colon = endOfSpace(end);
      if (load<u8>(colon) != 0x3a) return at;
      at = colon;
    } else if (byte != 0x2c && (byte & 0xd9) != 0x59 && (byte == 0 || byte > 0x20)) return at;
    at++;
  }
}

// Of the value that `readKey` stands before.
let node: i32 = SKIP;
let wanted: i32 = 0;
let children: i32 = 0;
// Of the gap being read.
let stepCount: i32 = 0;
let isOdd: bool = false;

function readGap(start: usize, nest: usize): usize {
  let at = start;
  let inside = nest;
  stepCount = 0;
  isOdd = false;
  let isBehindValue = load<u32>(nest, NEST_PARENT) < OUTERMOST;
  if (!isBehindValue) {
    if (load<u8>(at) != 0x7b) return 0;
    node = load<i32>(nest, NEST_NODE);
    children = load<i32>(nest, NEST_CHILDREN);
    wanted = 0;
  }
  while (true) {
    if (isBehindValue) {
      at = endOfSpace(at);
      const byte: u32 = load<u8>(at);
      const inArray = load<u32>(inside, NEST_IS_ARRAY) != 0;
      if (byte == 0x2c) {
        if (isComplete(inside)) return keepLast(start, at + 1, nest, IS_EARLY);
        at = endOfSpace(at + 1);
        if (inArray) beginElement(inside);
        if (inArray && node != SKIP) addStep(NEXT);
      } else {
        if (byte != (inArray ? 0x5d : 0x7d)) return 0;
        const isTracked = load<i32>(inside, NEST_NODE) != SKIP;
        at++;
        inside = load<u32>(inside, NEST_PARENT);
        if (load<u32>(inside, NEST_PARENT) >= OUTERMOST) return keepLast(start, at, nest, 0);
        if (isTracked) {
          const isElement = load<u32>(inside, NEST_IS_ARRAY) != 0;
          if (inArray) addStep(isElement ? CLOSE_ARRAY_ELEMENT : CLOSE_ARRAY);
          else if (isElement) addStep(CLOSE_ELEMENT);
        }
        continue;
      }
    } else {
      const byte: u32 = load<u8>(at);
      if (byte != 0x7b && byte != 0x5b) return keep(start, at, nest, <u32>inside);
      const isElement = load<u32>(inside, NEST_IS_ARRAY) != 0;
      const isArray = byte == 0x5b;
      inside = nestIn(inside, isArray);
      if (inside == 0) return 0;
      if (node != SKIP) {
        if (isArray) addStep(isElement ? OPEN_ARRAY_ELEMENT : OPEN_ARRAY);
        else if (isElement) addStep(OPEN_ELEMENT);
      }
      at = endOfSpace(at + 1);
      // ] and } are the opening brackets' own bytes plus two.
      isBehindValue = load<u8>(at) == byte + 2;
      if (isBehindValue) continue;
      if (isArray) beginElement(inside);
    }
    if (load<u32>(inside, NEST_IS_ARRAY) == 0) {
      at = readKey(at, load<i32>(inside, NEST_NODE));
      if (at == 0) return 0;
      if (node != SKIP && load<i32>(inside, NEST_IS_LAST) != 0) {
        inside = withMet(inside, load<i32>(inside, NEST_MET) + 1);
        if (inside == 0) return 0;
      }
    }
    isBehindValue = false;
  }
}

function beginElement(nest: usize): void {
  node = load<i32>(nest, NEST_NODE);
  wanted = load<i32>(nest, NEST_WANTED);
  children = load<i32>(nest, NEST_CHILDREN);
}

/** Behind the key that starts at `start`, its colon and the space behind that, or 0; `parent` is its object's node. */
function readKey(start: usize, parent: i32): usize {
  const key = start + 1;
  if (load<u8>(start) != 0x22) return 0;
  const keyEnd = endOfString(key);
  if (keyEnd == 0) return 0;
  const isEscaped = load<u32>(ESCAPED) != 0;
  const colon = endOfSpace(keyEnd);
  if (load<u8>(colon) != 0x3a) return 0;
  node = SKIP;
  wanted = 0;
  children = 0;
  if (parent != SKIP) {
    const last = isEscaped ? unescape(<i32>(key - TEXT), <i32>(keyEnd - 1 - TEXT)) : <i32>(keyEnd - 1 - TEXT);
    // The text isn't what it was.
    if (isEscaped) isOdd = true;
    node = follow(parent, <i32>(key - TEXT), last);
    if (node != SKIP) {
      wanted = load<i32>(CHILD_WANTED);
      children = load<i32>(CHILD_CHILDREN);
    }
  }
  return endOfSpace(colon + 1);
}

function addStep(step: u8): void {
  if (step == OPEN_ELEMENT && stepCount >= 2 && load<u16>(STEPS + <usize>stepCount - 2) == 0x0705) {
    stepCount -= 2;
    store<u8>(STEPS + <usize>(stepCount++), NEXT_ELEMENT);
  } else store<u8>(STEPS + <usize>(stepCount++), step);
}

/** The gap that has been read, where it is found again if it is small and plain. */
function keep(start: usize, end: usize, nest: usize, to: u32): usize {
  const gap = placeFor(start, end - start, nest);
  store<u32>(gap, <u32>(end - start), GAP_LENGTH);
  store<u32>(gap, to, GAP_TO);
  store<i32>(gap, node, GAP_NODE);
  const isWanted = node != SKIP && wanted != 0;
  store<i32>(gap, (isWanted ? IS_WANTED : 0) | (stepCount > 0 ? HAS_STEPS : 0), GAP_FLAGS);
  store<u16>(gap, <u16>stepCount, GAP_STEP_COUNT);
  return gap;
}

/** Where the gap being read is kept: at ODD_GAP, if it can't be remembered. */
function placeFor(start: usize, length: usize, nest: usize): usize {
  if (isOdd || length > MAX_GAP_LENGTH || stepCount > MAX_GAP_STEPS || load<u32>(GAP_COUNT) == MAX_GAPS) return ODD_GAP;
  const slot = gapSlot(start, length, nest);
  if (slot == 0) return ODD_GAP;
  // One that ends early may have been looked for in vain.
  if (load<u32>(slot) != 0) return load<u32>(slot);
  const gap = newGap(start, length, nest);
  v128.store(gap, v128.load(STEPS), GAP_STEPS);
  store<u32>(slot, <u32>gap);
  return gap;
}

/** A gap with the bytes from `start` on, in `nest`. */
function newGap(start: usize, length: usize, nest: usize): usize {
  const count = load<u32>(GAP_COUNT);
  const gap: usize = GAPS + count * <u32>GAP_SIZE;
  store<u32>(GAP_COUNT, count + 1);
  v128.store(gap, v128.load(start));
  for (let part: usize = 16; part < MAX_GAP_LENGTH; part += 16) {
    v128.store(gap + part, v128.load(start + part), GAP_REST - 16);
  }
  store<u32>(gap, <u32>length, GAP_LENGTH);
  store<u32>(gap, <u32>nest, GAP_FROM);
  store<u32>(gap, <u32>NO_GAP, GAP_NEXT);
  store<u32>(gap, 0, GAP_OTHERS);
  store<u16>(gap, 0, GAP_JOINS);
  store<u32>(gap, 0, GAP_BASE);
  store<u32>(gap, 0, GAP_MISSES);
  return gap;
}

/** As `keep`, of the gap where the scan ends. */
function keepLast(start: usize, end: usize, nest: usize, flags: i32): usize {
  const gap = keep(start, end, nest, END);
  store<i32>(gap, (load<i32>(gap, GAP_FLAGS) & HAS_STEPS) | IS_LAST | flags, GAP_FLAGS);
  return gap;
}

/** Whether all that is wanted has been met, if that counts. */
function isComplete(nest: usize): bool {
  return load<i32>(nest, NEST_IS_LAST) != 0 && load<i32>(nest, NEST_MET) == load<i32>(nest, NEST_CHILDREN);
}

/** The nest around an event, or 0. `common` is twice the depth, plus one if the scan stops early. */
function nestAround(tree: i32, root: i32, rootChildren: i32, common: i32): usize {
  const nest = findNest(OUTERMOST | <u32>common, 0, root, tree);
  if (nest == 0) return 0;
  store<i32>(nest, rootChildren, NEST_CHILDREN);
  store<i32>(nest, common & 1, NEST_IS_LAST);
  store<i32>(nest, common >> 1, NEST_DEPTH);
  return nest;
}

/** The nest of the object or array being read, in another one; 0 if that is too deep or there are too many. */
function nestIn(parent: usize, isArray: bool): usize {
  const depth = load<i32>(parent, NEST_DEPTH) + 1;
  if (depth > MAX_DEPTH) return 0;
  const nest = findNest(<u32>parent, u32(isArray), node, 0);
  if (nest == 0 || load<i32>(nest, NEST_DEPTH) != 0) return nest;
  const isOutermost = load<u32>(parent, NEST_PARENT) >= OUTERMOST;
  const isLast = !isArray && node != SKIP && (isOutermost ? load<i32>(parent, NEST_IS_LAST) != 0 : isComplete(parent));
  store<i32>(nest, children, NEST_CHILDREN);
  store<i32>(nest, wanted, NEST_WANTED);
  store<i32>(nest, i32(isLast), NEST_IS_LAST);
  store<i32>(nest, depth, NEST_DEPTH);
  return nest;
}

/** An object's nest once more of its children have been met, or 0 if there are too many nests. */
function withMet(nest: usize, met: i32): usize {
  const next = findNest(load<u32>(nest, NEST_PARENT), 0, load<i32>(nest, NEST_NODE), met);
  if (next != 0) v128.store(next, v128.load(nest, 16), 16);
  return next;
}

function findNest(parent: u32, isArray: u32, node: i32, met: i32): usize {
  let hash: u32 = (parent ^ (isArray << 31) ^ rotl<u32>(<u32>node, 10) ^ rotl<u32>(<u32>met, 20)) * 0x9e3779b1;
  hash = (hash ^ (hash >> 15)) * 0x85ebca6b;
  let slot: u32 = hash >> 19;
  while (true) {
    const place: usize = NEST_SLOTS + <usize>slot * 4;
    let nest: usize = load<u32>(place);
    if (nest == 0) {
      const count = load<i32>(NEST_COUNT);
      if (count == MAX_NESTS) return 0;
      store<i32>(NEST_COUNT, count + 1);
      nest = NESTS + <usize>count * NEST_SIZE;
      store<u32>(place, <u32>nest);
      store<u32>(nest, parent, NEST_PARENT);
      store<u32>(nest, isArray, NEST_IS_ARRAY);
      store<i32>(nest, node, NEST_NODE);
      store<i32>(nest, met, NEST_MET);
      return nest;
    }
    if (
      load<u32>(nest, NEST_PARENT) == parent && load<u32>(nest, NEST_IS_ARRAY) == isArray &&
      load<i32>(nest, NEST_NODE) == node && load<i32>(nest, NEST_MET) == met
    ) return nest;
    slot = (slot + 1) & (NEST_SLOT_COUNT - 1);
  }
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
function endOfString(start: usize): usize {
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
function quotesAt(at: usize): u32 {
  return i8x16.bitmask(i8x16.eq(v128.load(at), v128.load(QUOTES)));
}

/** A bit for each of 16 bytes that is a backslash or a control character. */
// @ts-ignore: decorator
@inline
function oddAt(at: usize): u32 {
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

/** A bit for each of 16 bytes that is neither a digit nor "-", "." or "/". */
// @ts-ignore: decorator
@inline
function notNumericAt(at: usize): u32 {
  return i8x16.bitmask(i8x16.gt_s(i8x16.add(v128.load(at), v128.load(FROM_MINUS)), v128.load(LAST_NUMERIC)));
}

/** A bit for each of 16 bytes that is no digit. */
// @ts-ignore: decorator
@inline
function notDigitsAt(at: usize): u32 {
  return i8x16.bitmask(i8x16.gt_s(i8x16.add(v128.load(at), v128.load(FROM_ZERO)), v128.load(LAST_DIGIT)));
}

/** Behind the number that starts at `start`, or 0. */
function endOfNumber(start: usize): usize {
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
