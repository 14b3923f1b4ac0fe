// Contexts say which element of which wanted array a value stands in. A gap opens and closes them in steps.

import { GAP_STEPS, GAP_STEP_COUNT, ODD_GAP } from './gaps';
import { ARRAY_COUNT, CONTEXT, CONTEXTS, CONTEXT_COUNT, FRAME, STEPS } from './memory';

// What a gap does to the contexts, a byte each.
export const OPEN_ARRAY: u8 = 1;
export const OPEN_ELEMENT: u8 = 2;
export const OPEN_ARRAY_ELEMENT: u8 = 3;
export const CLOSE_ARRAY: u8 = 4;
export const CLOSE_ELEMENT: u8 = 5;
export const CLOSE_ARRAY_ELEMENT: u8 = 6;
export const NEXT: u8 = 7;
/** CLOSE_ELEMENT, NEXT, OPEN_ELEMENT. */
export const NEXT_ELEMENT: u8 = 8;

// What is open: the array, its element, and the context of the array itself.
const FRAME_SIZE: usize = 16;
const FRAME_ARRAY: usize = 0;
const FRAME_ELEMENT: usize = 4;
const FRAME_CONTEXT: usize = 8;

const CONTEXT_SIZE: usize = 12;

/** Opens and closes contexts, as the steps of a gap say. */
export function takeSteps(gap: usize): void {
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
