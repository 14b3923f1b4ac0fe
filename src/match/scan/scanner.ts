import type { PathTree } from './path-tree.ts';

/**
 * Reads JSON text once, checks it to the last byte, and keeps only the scalars at the paths of a tree.
 * Everything else is passed over without making anything of it.
 */
export interface Scanner {
  /**
   * Scans one JSON object, given as a string or as UTF-8. What it found is valid until this scanner's next
   * scan. Throws `InvalidEventError` if the text is no JSON object, or deeper than `MAX_EVENT_DEPTH`.
   */
  scan(tree: PathTree, text: string | Uint8Array, options?: ScanOptions): ScannedEvent;
}

/** How a text is scanned. */
export interface ScanOptions {
  /** The node that the text's value belongs to, or -1 if nothing in it is wanted; the root unless given. */
  readonly node?: number;
  /** Fields that don't stand in the text: strings outside of all arrays. */
  readonly strings?: readonly StringField[];
  /** How many objects and arrays are open around the text: they count for its depth. 0 unless given. */
  readonly depth?: number;
  /**
   * Stop when every wanted path has been passed, and leave the rest unread. Only for JSON known to be valid
   * whose keys don't repeat within an object and hold no dots.
   */
  readonly stopEarly?: boolean;
}

/** A string at a node of the tree. */
export interface StringField {
  readonly node: number;
  readonly text: string;
}

/** Objects and arrays of an event may be nested this deep. */
export const MAX_EVENT_DEPTH = 1000;

/** What kind of scalar a field is. The text of a string is what stands between its quotes, unescaped. */
export const STRING = 0;
export const NUMBER = 1;
export const TRUE = 2;
export const FALSE = 3;
export const NULL = 4;

/**
 * The columns of a field in `ScannedEvent.fields`: the node of its path, its kind, its bytes, its context, and
 * of a string the hash that `hashBytes` makes. The last two columns together are the value of a number as a
 * double, which is also a column of `ScannedEvent.numbers`.
 */
export const FIELD_STRIDE = 8;
export const FIELD_NODE = 0;
export const FIELD_KIND = 1;
export const FIELD_START = 2;
export const FIELD_END = 3;
export const FIELD_CONTEXT = 4;
export const FIELD_HASH = 5;
export const NUMBER_STRIDE = 4;
export const NUMBER_VALUE = 3;

/**
 * The columns of a context in `ScannedEvent.contexts`: a place inside an element of an array, where the array
 * itself stands (the context around it), which array it is, and which element. Context 0 is outside of all
 * arrays; a context comes after the one around it.
 */
export const CONTEXT_STRIDE = 3;
export const CONTEXT_PARENT = 0;
export const CONTEXT_ARRAY = 1;
export const CONTEXT_ELEMENT = 2;

/** What a scan found, valid until the next one. */
export interface ScannedEvent {
  /** The text, followed by a zero byte, with the escapes in the strings that were kept replaced in place. */
  readonly bytes: Uint8Array;
  /** `FIELD_STRIDE` numbers for each field. */
  readonly fields: Int32Array;
  readonly fieldCount: number;
  /** The memory of `fields` as doubles: what a number is as `eventNumber` says, or NaN where that isn't known. */
  readonly numbers: Float64Array;
  /** `CONTEXT_STRIDE` numbers for each context. */
  readonly contexts: Int32Array;
  /** How many contexts there are, with context 0. */
  readonly contextCount: number;
}
