// Which gaps came behind which: one that is tried first, and a list of others.

import { GAP_FROM, GAP_LENGTH, GAP_NEXT, GAP_OTHERS, NO_GAP, isAt } from './gaps';
import { ENTRIES, ENTRY_COUNT } from './memory';

// In a list, longer ones stand before shorter ones, since these may start like those. An entry: a gap, the next entry.
const ENTRY_SIZE: usize = 8;
export const ENTRY_NEXT: usize = 4;
const MAX_ENTRIES: u32 = 8192;
/** A longer list takes more time than it saves. */
const MAX_OTHERS: u32 = 12;

/** Notes that `gap`, which stands at `at`, came behind `last`. */
export function noteNext(last: usize, gap: usize, at: usize): void {
  const next: usize = load<u32>(last, GAP_NEXT);
  const isMistaken = load<u32>(next, GAP_FROM) == load<u32>(gap, GAP_FROM) && isAt(next, at);
  if (next == NO_GAP || isMistaken) store<u32>(last, <u32>gap, GAP_NEXT);
  if (next != NO_GAP) addOther(last, isMistaken ? next : gap);
}

/** Puts a gap into the list of those that came behind `last`. */
export function addOther(last: usize, gap: usize): void {
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
export function placeOf(last: usize, gap: usize): usize {
  if (load<u32>(last, GAP_NEXT) == <u32>gap) return last + GAP_NEXT;
  for (let entry: usize = load<u32>(last, GAP_OTHERS); entry != 0; entry = load<u32>(entry, ENTRY_NEXT)) {
    if (load<u32>(entry) == <u32>gap) return entry;
  }
  return 0;
}
