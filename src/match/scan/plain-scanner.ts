import {
  endOfLiteral,
  endOfNumber,
  endOfSpace,
  endOfString,
  InvalidEventError,
  unescapeInPlace,
  unexpected,
} from '../json-text.ts';
import { checkUtf8, roomFor, writeJson, writeString } from './event-bytes.ts';
import { FieldLog } from './field-log.ts';
import { PathTree, ROOT } from './path-tree.ts';
import {
  FALSE,
  MAX_EVENT_DEPTH,
  NULL,
  NUMBER,
  type ScannedEvent,
  type Scanner,
  type ScanOptions,
  STRING,
  TRUE,
} from './scanner.ts';

// The columns of an open object or array on the stack.
const FRAME_STRIDE = 6;
const FRAME_NODE = 0;
const FRAME_IS_ARRAY = 1;
const FRAME_CONTEXT = 2;
const FRAME_ARRAY = 3;
// Of an array: the element being read. Of an object: how many of its node's children have been met.
const FRAME_COUNT = 4;
// Of an object: nothing wanted can follow in the objects around it.
const FRAME_IS_LAST = 5;

const SKIP = -1;

const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;
const QUOTE = 0x22;
const MINUS = 0x2d;

/** The scanner that runs everywhere, and that any other has to agree with. */
export class PlainScanner implements Scanner {
  readonly #log = new FieldLog();
  readonly #stack = new Int32Array((MAX_EVENT_DEPTH + 2) * FRAME_STRIDE);
  #tree = new PathTree();
  #bytes: Uint8Array = this.#log.bytes;
  #at = 0;
  /** The innermost open object or array: its depth, where its frame is, and which of both it is. */
  #depth = 0;
  #outerDepth = 0;
  #frame = 0;
  #inArray = false;
  /** The node of the value being read, or SKIP, and its context. */
  #node = SKIP;
  #context = 0;
  #arrays = 0;

  scan(tree: PathTree, text: string | Uint8Array, options: ScanOptions = {}): ScannedEvent {
    const { node = ROOT, strings = [], depth = 0, stopEarly = false } = options;
    this.#log.clear(strings.reduce((size, string) => size + roomFor(string.text), roomFor(text)) + 1);
    this.#bytes = this.#log.bytes;
    let end = 0;
    for (const string of strings) {
      const start = end;
      end += writeString(string.text, this.#bytes, start);
      this.#log.keep(string.node, STRING, start, end, 0);
    }
    this.#tree = tree;
    this.#at = end;
    end += this.#write(text, end);
    this.#bytes[end] = 0;
    this.#outerDepth = depth;
    this.#walk(node, stopEarly, end);
    return this.#log;
  }

  #write(text: string | Uint8Array, at: number): number {
    if (typeof text === 'string') return writeJson(text, this.#bytes.subarray(at));
    checkUtf8(text);
    this.#bytes.set(text, at);
    return text.length;
  }

  #walk(root: number, stopEarly: boolean, end: number): void {
    const stack = this.#stack;
    this.#depth = this.#outerDepth;
    this.#frame = 0;
    this.#inArray = false;
    this.#node = root;
    this.#context = 0;
    this.#arrays = 0;
    stack[FRAME_NODE] = root;
    stack[FRAME_IS_ARRAY] = 0;
    stack[FRAME_COUNT] = this.#tree.childCount(root);
    stack[FRAME_IS_LAST] = stopEarly ? 1 : 0;
    this.#at = endOfSpace(this.#bytes, this.#at);
    if (this.#bytes[this.#at] !== OPEN_OBJECT) throw new InvalidEventError('An event must be a JSON object');
    for (;;) {
      if (!this.#value()) {
        if (!this.#comma()) break;
        if (this.#isComplete()) return;
      }
      this.#node = stack[this.#frame + FRAME_NODE] ?? SKIP;
      this.#context = stack[this.#frame + FRAME_CONTEXT] ?? 0;
      if (!this.#inArray) this.#key();
      this.#at = endOfSpace(this.#bytes, this.#at);
    }
    this.#at = endOfSpace(this.#bytes, this.#at);
    if (this.#at !== end) throw unexpected(this.#bytes, this.#at);
  }

  /** Reads a value, or opens an object or array: true if that has something inside, which comes next. */
  #value(): boolean {
    const bytes = this.#bytes;
    const start = this.#at;
    const first = bytes[start] ?? 0;
    if (first === OPEN_OBJECT || first === OPEN_ARRAY) return this.#open(first === OPEN_ARRAY);
    const isWanted = this.#node !== SKIP && this.#tree.uses(this.#node) > 0;
    if (first === QUOTE) {
      const end = endOfString(bytes, start + 1);
      this.#at = Math.abs(end) + 1;
      if (isWanted) this.#keep(STRING, start + 1, unescapedEnd(bytes, start + 1, end));
    } else if (first === MINUS || (first >= 0x30 && first <= 0x39)) {
      this.#at = endOfNumber(bytes, start);
      if (isWanted) this.#keep(NUMBER, start, this.#at);
    } else {
      this.#at = endOfLiteral(bytes, start);
      if (isWanted) this.#keep(first === 0x74 ? TRUE : first === 0x66 ? FALSE : NULL, start, this.#at);
    }
    return false;
  }

  #keep(kind: number, start: number, end: number): void {
    this.#log.keep(this.#node, kind, start, end, this.#context);
  }

  #open(isArray: boolean): boolean {
    if (++this.#depth > MAX_EVENT_DEPTH) {
      throw new InvalidEventError(`The event is nested deeper than ${MAX_EVENT_DEPTH} levels`);
    }
    const stack = this.#stack;
    const outer = this.#frame;
    const frame = outer + FRAME_STRIDE;
    const node = this.#node;
    // A scalar directly in an array has the context around the array; objects and arrays in it have their own.
    if (this.#inArray && node !== SKIP) {
      this.#context = this.#log.openContext(
        this.#context,
        stack[outer + FRAME_ARRAY] ?? 0,
        stack[outer + FRAME_COUNT] ?? 0,
      );
    }
    stack[frame + FRAME_NODE] = node;
    stack[frame + FRAME_IS_ARRAY] = isArray ? 1 : 0;
    stack[frame + FRAME_CONTEXT] = this.#context;
    stack[frame + FRAME_ARRAY] = isArray && node !== SKIP ? this.#arrays++ : 0;
    stack[frame + FRAME_COUNT] = 0;
    stack[frame + FRAME_IS_LAST] =
      !isArray && node !== SKIP && stack[outer + FRAME_IS_LAST] === 1 && this.#hasMetAll(outer) ? 1 : 0;
    this.#frame = frame;
    this.#inArray = isArray;
    this.#at = endOfSpace(this.#bytes, this.#at + 1);
    return this.#bytes[this.#at] !== (isArray ? CLOSE_ARRAY : CLOSE_OBJECT);
  }

  /** Closes what ends here and goes behind the comma that follows; false if the whole event has ended. */
  #comma(): boolean {
    for (;;) {
      this.#at = endOfSpace(this.#bytes, this.#at);
      const next = this.#bytes[this.#at];
      if (next !== COMMA && next !== (this.#inArray ? CLOSE_ARRAY : CLOSE_OBJECT)) {
        throw unexpected(this.#bytes, this.#at);
      }
      this.#at++;
      if (next === COMMA) {
        if (this.#inArray) this.#countOne();
        return true;
      }
      this.#frame -= FRAME_STRIDE;
      this.#inArray = this.#stack[this.#frame + FRAME_IS_ARRAY] === 1;
      if (--this.#depth === this.#outerDepth) return false;
    }
  }

  #key(): void {
    const bytes = this.#bytes;
    const start = endOfSpace(bytes, this.#at) + 1;
    if (bytes[start - 1] !== QUOTE) throw unexpected(bytes, start - 1);
    const end = endOfString(bytes, start);
    this.#at = endOfSpace(bytes, Math.abs(end) + 1);
    if (bytes[this.#at] !== COLON) throw unexpected(bytes, this.#at);
    this.#at++;
    if (this.#node === SKIP) return;
    this.#node = this.#tree.follow(this.#node, bytes, start, unescapedEnd(bytes, start, end));
    if (this.#node !== SKIP) this.#countOne();
  }

  #countOne(): void {
    this.#stack[this.#frame + FRAME_COUNT] = (this.#stack[this.#frame + FRAME_COUNT] ?? 0) + 1;
  }

  /** Whether nothing more is wanted, provided that keys don't repeat. */
  #isComplete(): boolean {
    return this.#stack[this.#frame + FRAME_IS_LAST] === 1 && !this.#inArray && this.#hasMetAll(this.#frame);
  }

  #hasMetAll(frame: number): boolean {
    return (
      this.#stack[frame + FRAME_COUNT] === this.#tree.childCount(this.#stack[frame + FRAME_NODE] ?? SKIP)
    );
  }
}

function unescapedEnd(bytes: Uint8Array, start: number, end: number): number {
  return end < 0 ? unescapeInPlace(bytes, start, -end) : end;
}
