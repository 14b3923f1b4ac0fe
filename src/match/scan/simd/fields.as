// What is kept of the scalars that are wanted.

import { unescape } from './characters';
import { GAP_FLAGS, GAP_NODE, HAS_STEPS, IS_WANTED } from './gaps';
import { CONTEXT, ESCAPED, FIELD_END, TEXT } from './memory';
import { valueOf } from './numbers';
import { takeSteps } from './steps';

const STRING: i32 = 0;
const NUMBER: i32 = 1;
const TRUE: i32 = 2;
const FALSE: i32 = 3;
const NULL: i32 = 4;

export const FIELD_SIZE: usize = 32;
const FIELD_HASH: usize = 20;
const FIELD_NUMBER: usize = 24;

/** Does the steps of a gap, and keeps the scalar behind it if that is wanted. */
export function take(gap: usize, start: usize, end: usize): void {
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

/** As `hashBytes` in byte-hash.ts. */
// @ts-ignore: decorator
@inline
function hashOf(start: usize, end: usize): u32 {
  let hash: u32 = 0x2545f491 ^ <u32>(end - start);
  let at = start;
  for (; at + 4 <= end; at += 4) hash = rotl<u32>((hash ^ load<u32>(at)) * 0x9e3779b1, 15);
  return at == end ? hash : rotl<u32>((hash ^ (load<u32>(at) & ((1 << (8 * <u32>(end - at))) - 1))) * 0x9e3779b1, 15);
}
