// A gap is read byte by byte, once, and kept.

import { endOfSpace, endOfString, unescape } from './characters';
import {
  GAP_FLAGS, GAP_LENGTH, GAP_NODE, GAP_STEPS, GAP_STEP_COUNT, GAP_TO, HAS_STEPS, IS_EARLY, IS_LAST, IS_WANTED,
  MAX_GAPS, MAX_GAP_LENGTH, MAX_GAP_STEPS, ODD_GAP, gapSlot, newGap,
} from './gaps';
import { CHILD_CHILDREN, CHILD_WANTED, ESCAPED, GAP_COUNT, STEPS, TEXT } from './memory';
import {
  END, MAX_DEPTH, NEST_CHILDREN, NEST_DEPTH, NEST_IS_ARRAY, NEST_IS_LAST, NEST_MET, NEST_NODE, NEST_PARENT,
  NEST_WANTED, OUTERMOST, findNest, isComplete, withMet,
} from './nests';
import {
  CLOSE_ARRAY, CLOSE_ARRAY_ELEMENT, CLOSE_ELEMENT, NEXT, NEXT_ELEMENT, OPEN_ARRAY, OPEN_ARRAY_ELEMENT, OPEN_ELEMENT,
} from './steps';

/** The node that a key of an object leads to, or SKIP; says the rest in CHILD_WANTED and CHILD_CHILDREN. */
@external("scanner", "follow")
declare function follow(node: i32, start: i32, end: i32): i32;

const SKIP: i32 = -1;

// Of the value that `readKey` stands before.
let node: i32 = SKIP;
let wanted: i32 = 0;
let children: i32 = 0;
// Of the gap being read.
let stepCount: i32 = 0;
let isOdd: bool = false;

/** The gap that starts at `start`, in `nest`, read byte by byte; 0 if it can't be read. */
export function readGap(start: usize, nest: usize): usize {
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

/** As `keep`, of the gap where the scan ends. */
function keepLast(start: usize, end: usize, nest: usize, flags: i32): usize {
  const gap = keep(start, end, nest, END);
  store<i32>(gap, (load<i32>(gap, GAP_FLAGS) & HAS_STEPS) | IS_LAST | flags, GAP_FLAGS);
  return gap;
}
