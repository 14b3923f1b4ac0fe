import {
  endOfLiteral,
  endOfNumber,
  endOfSpace,
  endOfString,
  InvalidEventError,
  unescapeInPlace,
  unexpected,
} from './json-text.ts';
import { type PathTree, ROOT } from './path-tree.ts';

/** Objects and arrays of an event may be nested this deep. */
export const MAX_EVENT_DEPTH = 1000;

/** What kind of scalar a field is. The text of a string is what stands between its quotes, unescaped. */
export const STRING = 0;
export const NUMBER = 1;
export const TRUE = 2;
export const FALSE = 3;
export const NULL = 4;

/** The columns of a field in `Scanner.fields`: the node of its path, its kind, its bytes, its context. */
export const FIELD_STRIDE = 5;
export const FIELD_NODE = 0;
export const FIELD_KIND = 1;
export const FIELD_START = 2;
export const FIELD_END = 3;
export const FIELD_CONTEXT = 4;

/**
 * The columns of a context in `Scanner.contexts`: a place inside an element of an array, where the array
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
  /** `CONTEXT_STRIDE` numbers for each context. */
  readonly contexts: Int32Array;
  /** How many contexts there are, with context 0. */
  readonly contextCount: number;
}

/** How a text is scanned. */
export interface ScanOptions {
  /** The node that the text's value belongs to; the root unless given. */
  readonly node?: number;
  /**
   * Stop when every wanted path has been passed, and leave the rest unread. Only for JSON known to be valid
   * whose keys don't repeat within an object and hold no dots.
   */
  readonly stopEarly?: boolean;
}

// The columns of an open object or array on the stack.
const FRAME_STRIDE = 6;
const FRAME_NODE = 0;
const FRAME_IS_ARRAY = 1;
const FRAME_CONTEXT = 2;
const FRAME_ARRAY = 3;
// Of an array: the element being read. Of an object: how many of its node's children have been met.
const FRAME_COUNT = 4;
// Of an object: nothing wanted can follow in the objects around it.
const FRAME_LAST = 5;

const SKIP = -1;

const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;
const QUOTE = 0x22;
const DOT = 0x2e;

/**
 * Reads JSON text once, checks it to the last byte, and keeps only the scalars at the paths of a tree: where
 * their bytes are and which elements of which arrays they stand in. Everything else is passed over without
 * making anything of it. What it found lies in its typed arrays until the next scan.
 */
export class Scanner implements ScannedEvent {
  readonly #tree: PathTree;
  readonly #encoder = new TextEncoder();
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array(16 * 1024);
  fields = new Int32Array(64 * FIELD_STRIDE);
  fieldCount = 0;
  contexts = new Int32Array(64 * CONTEXT_STRIDE);
  contextCount = 1;
  #arrayCount = 0;
  #end = 0;
  readonly #stack = new Int32Array((MAX_EVENT_DEPTH + 1) * FRAME_STRIDE);

  constructor(tree: PathTree) {
    this.#tree = tree;
  }

  /**
   * Scans one JSON object, given as a string or as UTF-8. Throws `InvalidEventError` if it is none, or deeper
   * than `MAX_EVENT_DEPTH`; what was found is then not to be used.
   */
  scan(text: string | Uint8Array, options: ScanOptions = {}): void {
    this.fieldCount = 0;
    this.contextCount = 1;
    this.#arrayCount = 0;
    this.#load(text);
    this.#scanLoaded(options.node ?? ROOT, options.stopEarly ?? false);
  }

  /** Adds a string field outside of all arrays, which stands in no JSON text. */
  addString(node: number, value: Uint8Array): void {
    const start = this.#end + 1;
    this.#makeRoom(start + value.length + 1);
    this.bytes.set(value, start);
    this.#end = start + value.length;
    this.bytes[this.#end] = 0;
    this.#keep(node, STRING, start, this.#end, 0);
  }

  #load(text: string | Uint8Array): void {
    if (typeof text === 'string') {
      // A lone surrogate would become U+FFFD in UTF-8, and not differ from another any more.
      const wellFormed = text.isWellFormed() ? text : text.replace(/\\.|\p{Surrogate}/gsu, escapeSurrogate);
      this.#makeRoom(wellFormed.length * 3 + 1);
      this.#end = this.#encoder.encodeInto(wellFormed, this.bytes).written;
    } else {
      this.#makeRoom(text.length + 1);
      this.bytes.set(text);
      this.#end = text.length;
    }
    this.bytes[this.#end] = 0;
  }

  #makeRoom(size: number): void {
    if (size <= this.bytes.length) return;
    const larger = new Uint8Array(size * 2);
    larger.set(this.bytes.subarray(0, this.#end + 1));
    this.bytes = larger;
  }

  #scanLoaded(root: number, stopEarly: boolean): void {
    const bytes = this.bytes;
    const stack = this.#stack;
    const tree = this.#tree;
    let at = 0;
    let depth = 0;
    // Of the innermost open object or array, whose frame is at `frame`.
    let frame = 0;
    let inArray = false;
    // Of the value about to be read.
    let node = root;
    let context = 0;
    at = endOfSpace(bytes, at);
    if (bytes[at] !== OPEN_OBJECT) throw new InvalidEventError('An event must be a JSON object');
    stack[FRAME_NODE] = root;
    stack[FRAME_IS_ARRAY] = 0;
    stack[FRAME_CONTEXT] = 0;
    stack[FRAME_LAST] = stopEarly ? 1 : 0;
    stack[FRAME_COUNT] = tree.childCount(root);

    for (;;) {
      at = endOfSpace(bytes, at);
      const first = bytes[at] ?? 0;
      let opened = false;
      if (first === QUOTE) {
        const end = endOfString(bytes, at + 1);
        const close = end < 0 ? -end : end;
        if (node !== SKIP && tree.uses(node) > 0) {
          this.#keep(node, STRING, at + 1, end < 0 ? unescapeInPlace(bytes, at + 1, close) : end, context);
        }
        at = close + 1;
      } else if (first === OPEN_OBJECT || first === OPEN_ARRAY) {
        const outer = frame;
        depth++;
        if (depth > MAX_EVENT_DEPTH) {
          throw new InvalidEventError(`The event is nested deeper than ${MAX_EVENT_DEPTH} levels`);
        }
        frame += FRAME_STRIDE;
        // A value directly in an array has the array's node; only objects and arrays there have a context.
        if (inArray && node !== SKIP) {
          context = this.#openContext(
            context,
            stack[outer + FRAME_ARRAY] ?? 0,
            stack[outer + FRAME_COUNT] ?? 0,
          );
        }
        inArray = first === OPEN_ARRAY;
        stack[frame + FRAME_NODE] = node;
        stack[frame + FRAME_IS_ARRAY] = inArray ? 1 : 0;
        stack[frame + FRAME_CONTEXT] = context;
        stack[frame + FRAME_COUNT] = 0;
        if (inArray) {
          stack[frame + FRAME_ARRAY] = node === SKIP ? 0 : this.#arrayCount++;
          stack[frame + FRAME_LAST] = 0;
        } else {
          const last = stack[outer + FRAME_LAST] === 1 && node !== SKIP;
          stack[frame + FRAME_LAST] =
            last && stack[outer + FRAME_COUNT] === tree.childCount(stack[outer] ?? 0) ? 1 : 0;
        }
        at = endOfSpace(bytes, at + 1);
        opened = bytes[at] !== (inArray ? CLOSE_ARRAY : CLOSE_OBJECT);
      } else if (first === 0x2d || (first >= 0x30 && first <= 0x39)) {
        const end = endOfNumber(bytes, at);
        if (node !== SKIP && tree.uses(node) > 0) this.#keep(node, NUMBER, at, end, context);
        at = end;
      } else {
        const end = endOfLiteral(bytes, at);
        if (node !== SKIP && tree.uses(node) > 0) {
          this.#keep(node, first === 0x74 ? TRUE : first === 0x66 ? FALSE : NULL, at, end, context);
        }
        at = end;
      }

      // Behind a value, or behind the opening of an object or array that isn't empty.
      if (!opened) {
        for (;;) {
          if (depth === 0) {
            at = endOfSpace(bytes, at);
            if (at !== this.#end) throw unexpected(bytes, at);
            return;
          }
          at = endOfSpace(bytes, at);
          const next = bytes[at];
          if (next === COMMA) {
            if (inArray) stack[frame + FRAME_COUNT] = (stack[frame + FRAME_COUNT] ?? 0) + 1;
            at++;
            break;
          }
          if (next !== (inArray ? CLOSE_ARRAY : CLOSE_OBJECT)) throw unexpected(bytes, at);
          at++;
          depth--;
          frame -= FRAME_STRIDE;
          inArray = stack[frame + FRAME_IS_ARRAY] === 1;
        }
        if (
          !inArray &&
          stack[frame + FRAME_LAST] === 1 &&
          stack[frame + FRAME_COUNT] === tree.childCount(stack[frame] ?? 0)
        ) {
          return;
        }
      }

      node = stack[frame + FRAME_NODE] ?? SKIP;
      context = stack[frame + FRAME_CONTEXT] ?? 0;
      if (!inArray) {
        at = endOfSpace(bytes, at);
        if (bytes[at] !== QUOTE) throw unexpected(bytes, at);
        const end = endOfString(bytes, at + 1);
        const close = end < 0 ? -end : end;
        if (node !== SKIP) {
          const child = this.#follow(node, at + 1, end < 0 ? unescapeInPlace(bytes, at + 1, close) : end);
          if (child !== SKIP) stack[frame + FRAME_COUNT] = (stack[frame + FRAME_COUNT] ?? 0) + 1;
          node = child;
        }
        at = endOfSpace(bytes, close + 1);
        if (bytes[at] !== COLON) throw unexpected(bytes, at);
        at++;
      }
    }
  }

  /** The node that a key leads to: one step, or several if it holds dots. */
  #follow(from: number, start: number, end: number): number {
    const bytes = this.bytes;
    let node = from;
    let segment = start;
    for (let at = start; at < end && node !== SKIP; at++) {
      if (bytes[at] !== DOT) continue;
      node = this.#tree.find(node, bytes, segment, at);
      segment = at + 1;
    }
    return node === SKIP ? SKIP : this.#tree.find(node, bytes, segment, end);
  }

  #keep(node: number, kind: number, start: number, end: number, context: number): void {
    const row = this.fieldCount * FIELD_STRIDE;
    if (row === this.fields.length) this.fields = doubled(this.fields);
    this.fields[row + FIELD_NODE] = node;
    this.fields[row + FIELD_KIND] = kind;
    this.fields[row + FIELD_START] = start;
    this.fields[row + FIELD_END] = end;
    this.fields[row + FIELD_CONTEXT] = context;
    this.fieldCount++;
  }

  #openContext(parent: number, array: number, element: number): number {
    const row = this.contextCount * CONTEXT_STRIDE;
    if (row === this.contexts.length) this.contexts = doubled(this.contexts);
    this.contexts[row + CONTEXT_PARENT] = parent;
    this.contexts[row + CONTEXT_ARRAY] = array;
    this.contexts[row + CONTEXT_ELEMENT] = element;
    return this.contextCount++;
  }
}

function doubled(numbers: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}

// Takes whole escapes, so that a surrogate right behind a backslash is left alone: that is no JSON.
function escapeSurrogate(match: string): string {
  return match.startsWith('\\') ? match : `\\u${match.charCodeAt(0).toString(16)}`;
}
