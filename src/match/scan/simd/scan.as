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

import { endOfLiteral, endOfSpace, endOfString, oddAt, quotesAt } from './characters';
import { FIELD_SIZE, take } from './fields';
import { gapAt, nextGap } from './finding';
import {
  FIRST_GAP, GAP_FLAGS, GAP_LENGTH, GAP_NEXT, GAP_OTHERS, GAP_SIZE, GAP_TO, IS_EARLY, IS_LAST, MANY_GAPS, NO_GAP,
  ODD_GAP, isRestAt, sameBytes,
} from './gaps';
import { join } from './joined-gaps';
import {
  ARRAY_COUNT, AT, CONTEXT, CONTEXT_COUNT, ENTRY_COUNT, ESCAPED, EVENT, FIELDS, FIELD_COUNT, FIELD_END, FRAME, FRAMES,
  GAP_COUNT, LAST_GAP, NESTS, NEST_COUNT, SLOTS_END, TEXT,
} from './memory';
import { MANY_NESTS, nestAround } from './nests';
import { endOfNumber, notDigitsAt, notNumericAt } from './numbers';

export { isAscii } from './characters';

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

/** Behind the scalar that starts at `start`, or 0. */
function endOfScalar(start: usize): usize {
  const first: u32 = load<u8>(start);
  if (first == 0x22) return endOfString(start + 1);
  return first < 0x60 ? endOfNumber(start) : endOfLiteral(start);
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
