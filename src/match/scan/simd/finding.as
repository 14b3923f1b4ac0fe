// A gap is found by what came before it, or by its bytes; or it is new.

import { endOfSpace, endOfString } from './characters';
import { ENTRY_NEXT, noteNext } from './followers';
import { GAP_FROM, GAP_NEXT, GAP_OTHERS, GAP_TO, MAX_GAP_LENGTH, ODD_GAP, gapSlot, isAt } from './gaps';
import { baseAt } from './joined-gaps';
import { readGap } from './reading';

/** The gap at `at`, where `last` is the one before it, or 0. */
export function gapAt(at: usize, last: usize): usize {
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

/** The gap that starts at `start`, however long it is; 0 if it can't be read. */
export function nextGap(start: usize, last: usize): usize {
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
