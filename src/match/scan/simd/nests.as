import { NESTS, NEST_COUNT, NEST_SLOTS } from './memory';

// The nests that were met. A nest: the one around it, whether it is an array, its node, how many of the node's
// children have been met (where that counts), how many there are, whether the node's own value is wanted, whether
// nothing wanted can follow in what is around it, and how deep it is. The nest around an event is a nest too; instead
// of one around it, it says what all within it have in common, and instead of children met it has the edition of
// the tree.
const NEST_SIZE: usize = 32;
const MAX_NESTS: i32 = 4095;
/** From how many on they are forgotten before the next event. */
export const MANY_NESTS: i32 = 2048;
export const NEST_PARENT: usize = 0;
export const NEST_IS_ARRAY: usize = 4;
export const NEST_NODE: usize = 8;
export const NEST_MET: usize = 12;
export const NEST_CHILDREN: usize = 16;
export const NEST_WANTED: usize = 20;
export const NEST_IS_LAST: usize = 24;
export const NEST_DEPTH: usize = 28;
export const OUTERMOST: u32 = 0x80000000;
export const END: u32 = 0;
const NEST_SLOT_COUNT: u32 = 8192;
/** How deep objects and arrays may be open in each other. */
export const MAX_DEPTH: i32 = 1000;

/** Whether all that is wanted has been met, if that counts. */
export function isComplete(nest: usize): bool {
  return load<i32>(nest, NEST_IS_LAST) != 0 && load<i32>(nest, NEST_MET) == load<i32>(nest, NEST_CHILDREN);
}

/** The nest around an event, or 0. `common` is twice the depth, plus one if the scan stops early. */
export function nestAround(tree: i32, root: i32, rootChildren: i32, common: i32): usize {
  const nest = findNest(OUTERMOST | <u32>common, 0, root, tree);
  if (nest == 0) return 0;
  store<i32>(nest, rootChildren, NEST_CHILDREN);
  store<i32>(nest, common & 1, NEST_IS_LAST);
  store<i32>(nest, common >> 1, NEST_DEPTH);
  return nest;
}

/** An object's nest once more of its children have been met, or 0 if there are too many nests. */
export function withMet(nest: usize, met: i32): usize {
  const next = findNest(load<u32>(nest, NEST_PARENT), 0, load<i32>(nest, NEST_NODE), met);
  if (next != 0) v128.store(next, v128.load(nest, 16), 16);
  return next;
}

export function findNest(parent: u32, isArray: u32, node: i32, met: i32): usize {
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
