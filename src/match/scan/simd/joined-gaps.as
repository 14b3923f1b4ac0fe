// Gaps are joined where the scalar between them never changes, and come apart where it does.

import { addOther, placeOf } from './followers';
import {
  GAP_BASE, GAP_FLAGS, GAP_FROM, GAP_JOINS, GAP_LENGTH, GAP_MISSES, GAP_NEXT, GAP_NODE, GAP_OTHERS, GAP_SINCE,
  GAP_STEPS, GAP_STEP_COUNT, GAP_TO, GAP_VALUE_END, IS_WANTED, MAX_GAPS, MAX_GAP_LENGTH, MAX_GAP_STEPS, ODD_GAP, isAt,
  isAtUntil, newGap,
} from './gaps';
import { EVENT, GAP_COUNT } from './memory';

/** A joined gap stays as long as there is another value than its own in fewer than one of so many events. */
const MISS_RATE: u32 = 64;
/** A gap starts so many joined ones at most. */
const MAX_JOINS: u16 = 8;

/** Joins two gaps and the unwanted scalar from `value` to `end` between them; the gap before both is `last`. */
export function join(last: usize, gap: usize, value: usize, end: usize, next: usize): void {
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

/** What the joined gap that is noted at `place` starts with, if only that stands at `at`, or 0. */
export function baseAt(at: usize, place: usize): usize {
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
