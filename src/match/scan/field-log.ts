import { hashBytes } from './byte-hash.ts';
import {
  CONTEXT_ARRAY,
  CONTEXT_ELEMENT,
  CONTEXT_PARENT,
  CONTEXT_STRIDE,
  FIELD_CONTEXT,
  FIELD_END,
  FIELD_HASH,
  FIELD_KIND,
  FIELD_NODE,
  FIELD_START,
  FIELD_STRIDE,
  NUMBER_STRIDE,
  NUMBER_VALUE,
  type ScannedEvent,
  STRING,
} from './scanner.ts';

/** Where the plain scanner writes down what it finds: as much as there is. */
export class FieldLog implements ScannedEvent {
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array(16 * 1024);
  numbers = new Float64Array(64 * NUMBER_STRIDE);
  fields = new Int32Array(this.numbers.buffer);
  fieldCount = 0;
  contexts = new Int32Array(64 * CONTEXT_STRIDE);
  contextCount = 1;

  /** Forgets the last event, and makes room for `size` bytes of the next. */
  clear(size: number): void {
    this.fieldCount = 0;
    this.contextCount = 1;
    if (this.bytes.length < size) this.bytes = new Uint8Array(size * 2);
  }

  /** Adds a field. */
  keep(node: number, kind: number, start: number, end: number, context: number): void {
    const row = this.fieldCount * FIELD_STRIDE;
    if (row === this.fields.length) {
      this.fields = doubled(this.fields);
      this.numbers = new Float64Array(this.fields.buffer);
    }
    this.fields[row + FIELD_NODE] = node;
    this.fields[row + FIELD_KIND] = kind;
    this.fields[row + FIELD_START] = start;
    this.fields[row + FIELD_END] = end;
    this.fields[row + FIELD_CONTEXT] = context;
    this.fields[row + FIELD_HASH] = kind === STRING ? hashBytes(this.bytes, start, end) : 0;
    this.numbers[this.fieldCount * NUMBER_STRIDE + NUMBER_VALUE] = Number.NaN;
    this.fieldCount++;
  }

  /** Adds a context and returns its number. */
  openContext(parent: number, array: number, element: number): number {
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
