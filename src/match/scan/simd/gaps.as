import { GAPS, GAP_COUNT, GAP_SLOTS } from './memory';

// The gaps that were read. A gap: its first 16 bytes, how many it has, the nests that it leads from and to (0: to the
// end), the node of the scalar behind it, its flags, the gap that came behind it, the list of the others that did, how
// many steps it has and how often it was joined, its bytes from the 17th on, its steps. Of a joined gap also: the one
// that it starts with, where the scalar behind that ends, since which event there is the joined one, and how often the
// scalar has been another one since.
// The first stands for none; the second before the first gap of an event; the third is for all that are too long or
// too odd to remember.
export const GAP_SIZE: usize = 128;
export const MAX_GAPS: u32 = 4095;
/** From how many on they are forgotten before the next event. */
export const MANY_GAPS: u32 = 3072;
export const GAP_LENGTH: usize = 16;
export const GAP_FROM: usize = 20;
export const GAP_TO: usize = 24;
export const GAP_NODE: usize = 28;
export const GAP_FLAGS: usize = 32;
export const GAP_NEXT: usize = 36;
export const GAP_OTHERS: usize = 40;
export const GAP_STEP_COUNT: usize = 44;
export const GAP_JOINS: usize = 46;
export const GAP_BASE: usize = 48;
export const GAP_VALUE_END: usize = 52;
export const GAP_SINCE: usize = 56;
export const GAP_MISSES: usize = 60;
const GAP_REST: usize = 64;
export const GAP_STEPS: usize = 112;
export const NO_GAP: usize = GAPS;
export const FIRST_GAP: usize = GAPS + GAP_SIZE;
export const ODD_GAP: usize = GAPS + 2 * GAP_SIZE;
export const MAX_GAP_LENGTH: usize = 64;
export const MAX_GAP_STEPS: i32 = 16;
export const IS_WANTED: i32 = 1;
export const HAS_STEPS: i32 = 2;
/** The scan ends here; before the event does. */
export const IS_LAST: i32 = 4;
export const IS_EARLY: i32 = 8;
const GAP_SLOT_COUNT: u32 = 8192;

/** A gap with the bytes from `start` on, in `nest`. */
export function newGap(start: usize, length: usize, nest: usize): usize {
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

/** Where the gap is noted, or an empty place for it; 0 if there is none near by. */
export function gapSlot(start: usize, length: usize, nest: usize): usize {
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

/** Whether the text goes on at `at` with the bytes of a gap. */
export function isAt(gap: usize, at: usize): bool {
  return isAtUntil(load<u32>(gap, GAP_LENGTH), gap, at);
}

/** Whether the text goes on at `at` with the first `length` bytes of a gap. */
export function isAtUntil(length: u32, gap: usize, at: usize): bool {
  const same = sameBytes(gap, at);
  return same >= length || (same == 16 && isRestAt(gap, at, length));
}

/** As `isAtUntil`, where the first 16 bytes are known to be the same. */
export function isRestAt(gap: usize, at: usize, length: u32): bool {
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
export function sameBytes(one: usize, other: usize): u32 {
  return ctz(~i8x16.bitmask(i8x16.eq(v128.load(one), v128.load(other))));
}
