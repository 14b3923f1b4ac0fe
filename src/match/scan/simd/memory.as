// What stands where in the memory of the scanner: 39 pages, of which the caller knows the places of what it hands over
// and is handed. The constants of other files stand from 0xc000 on.

// What `follow` says beside the node:
export const CHILD_WANTED: usize = 0x00;
export const CHILD_CHILDREN: usize = 0x04;
// How many fields and contexts were found:
export const FIELD_COUNT: usize = 0x08;
export const CONTEXT_COUNT: usize = 0x0c;
// Whether the string read last has escapes, and how many nests there are:
export const ESCAPED: usize = 0x10;
export const NEST_COUNT: usize = 0x14;
// What an event has come to: where the next field goes, the context, how many arrays there are, the innermost frame.
export const FIELD_END: usize = 0x18;
export const CONTEXT: usize = 0x1c;
export const ARRAY_COUNT: usize = 0x20;
export const FRAME: usize = 0x24;
// How many gaps there are, the one before the one at hand, and where the latter starts in the end.
export const GAP_COUNT: usize = 0x28;
export const LAST_GAP: usize = 0x2c;
export const AT: usize = 0x30;
export const EVENT: usize = 0x34;
export const ENTRY_COUNT: usize = 0x38;

// What is open where contexts count: the wanted arrays around a value. Then the steps of the gap being read.
export const FRAMES: usize = 0x4000;
export const STEPS: usize = 0x10000;

// The text, with room for reading past its end, and then what is found in it: a field can't take less than two
// bytes of text, nor can a context.
export const TEXT: usize = 0x20000;
export const FIELDS: usize = 0x31000;
export const CONTEXTS: usize = 0x140000;

// What is remembered from one event to the next: gaps, nests, where both are found, and lists of gaps.
export const GAPS: usize = 0x1a0000;
export const NESTS: usize = 0x220000;
export const NEST_SLOTS: usize = 0x240000;
export const GAP_SLOTS: usize = 0x248000;
export const SLOTS_END: usize = 0x250000;
export const ENTRIES: usize = 0x250000;
