import { addressDigits, withinBlock } from '../address.ts';
import { hashBytes } from '../scan/byte-hash.ts';
import { NUMBER, STRING } from '../scan/scanner.ts';
import type { EventInHand } from './event-in-hand.ts';

/** What can be known of a test without running it on every value, of which an event may have very many. */
export type TestHint =
  | RangeHint
  /** It holds for what `withinBlock` does. */
  | { readonly kind: 'block'; readonly low: string; readonly high: string }
  /** It holds only for strings that have bytes, or pairs of bytes, of each of these kinds, as `byteKinds` and `textKinds` say. */
  | { readonly kind: 'bytes'; readonly kinds: readonly number[] };

/** It holds for numbers from the first to the last. */
export interface RangeHint {
  readonly kind: 'range';
  readonly first: number;
  readonly last: number;
}

/** From how many values on it may pay to sort them. */
export const MANY = 64;

const BYTE_KINDS = 64;
const PAIR_KINDS = 256;

function byteKind(byte: number): number {
  return byte % BYTE_KINDS;
}

/** The kind of a byte behind another: there are few values in which the pairs of a text occur by chance. */
function pairKind(byte: number, next: number): number {
  return BYTE_KINDS + ((byte * 37 + next) % PAIR_KINDS);
}

/** The kinds of some bytes: letters and digits are of different kinds, other bytes may share theirs. */
export function byteKinds(bytes: Iterable<number>): readonly number[] {
  return [...new Set([...bytes].map(byteKind))];
}

/** The kinds of some texts, which may have anything between them: of their bytes and of pairs of neighbours. */
export function textKinds(texts: readonly Uint8Array[]): readonly number[] {
  const kinds = new Set<number>();
  for (const text of texts) {
    for (const [at, byte] of text.entries()) {
      kinds.add(byteKind(byte));
      if (at > 0) kinds.add(pairKind(text[at - 1] ?? 0, byte));
    }
  }
  return [...kinds];
}

/** The many values of one field in one event, sorted and indexed as far as tests have asked for that. */
export class ManyValues {
  readonly #event: EventInHand;
  /** A row for each value; equal values have one row only. */
  readonly #rows: Int32Array;
  #numbers: Float64Array | undefined;
  #addresses: readonly string[] | undefined;
  #byByte: Int32Array | undefined;
  /** How often each kind was met. */
  readonly #counts = new Int32Array(BYTE_KINDS + PAIR_KINDS);

  constructor(event: EventInHand, rows: Int32Array) {
    this.#event = event;
    this.#rows = distinct(event, rows);
  }

  /** Whether a value satisfies the test. */
  some(test: (event: EventInHand, row: number) => boolean, hint: TestHint | undefined): boolean {
    switch (hint?.kind) {
      case 'range':
        return this.#someInRange(hint.first, hint.last);
      case 'block':
        return this.#someInBlock(hint.low, hint.high);
      case 'bytes':
        return this.#someWithBytes(test, hint.kinds);
      default:
        return this.#rows.some((row) => test(this.#event, row));
    }
  }

  #someInRange(first: number, last: number): boolean {
    this.#numbers ??= this.#sortedNumbers();
    const numbers = this.#numbers;
    const value = numbers[lowerBound(numbers.length, (at) => (numbers[at] ?? 0) >= first)];
    return value !== undefined && value <= last;
  }

  #sortedNumbers(): Float64Array {
    const numbers = new Float64Array(this.#rows.length);
    let count = 0;
    for (const row of this.#rows) {
      if (this.#event.kind(row) !== NUMBER) continue;
      const value = this.#event.numberAt(row);
      if (!Number.isNaN(value)) numbers[count++] = value;
    }
    return numbers.subarray(0, count).sort();
  }

  // In the order of strings, those within a block are neighbours, but for some that end before that is settled.
  #someInBlock(low: string, high: string): boolean {
    this.#addresses ??= this.#digits().sort();
    const addresses = this.#addresses;
    for (let at = lowerBound(addresses.length, (place) => (addresses[place] ?? '') >= low); ; at++) {
      const digits = addresses[at];
      if (digits === undefined || digits.slice(0, high.length) > high) break;
      if (withinBlock({ low, high }, digits)) return true;
    }
    return false;
  }

  #digits(): string[] {
    const ofStrings = Array.from(this.#rowsOf(STRING), (row) => addressDigits(this.#event.text(row)));
    const ofNumbers = Array.from(this.#rowsOf(NUMBER), (row) => this.#event.text(row));
    return [...ofStrings.filter((digits) => digits !== undefined), ...ofNumbers];
  }

  #someWithBytes(test: (event: EventInHand, row: number) => boolean, kinds: readonly number[]): boolean {
    const words = Math.ceil(this.#rows.length / 32);
    const byByte = this.#indexByByte(words);
    // The rarest first: most values are ruled out by one or two kinds.
    const starts = kinds
      .toSorted((a, b) => (this.#counts[a] ?? 0) - (this.#counts[b] ?? 0))
      .map((kind) => kind * words);
    for (let word = 0; word < words; word++) {
      let left = -1;
      for (let at = 0; at < starts.length && left !== 0; at++) left &= byByte[(starts[at] ?? 0) + word] ?? 0;
      for (; left !== 0; left &= left - 1) {
        const row = this.#rows[word * 32 + 31 - Math.clz32(left & -left)];
        if (row !== undefined && test(this.#event, row)) return true;
      }
    }
    return false;
  }

  /** For each kind of bytes and pairs, a bit for each row: whether its value has one. */
  #indexByByte(words: number): Int32Array {
    if (this.#byByte !== undefined) return this.#byByte;
    const index = new Int32Array((BYTE_KINDS + PAIR_KINDS) * words);
    const { bytes } = this.#event;
    for (const [at, row] of this.#rows.entries()) {
      const start = this.#event.start(row);
      const end = this.#event.end(row);
      const note = (kind: number) => {
        const word = kind * words + (at >> 5);
        index[word] = (index[word] ?? 0) | (1 << (at & 31));
        this.#counts[kind] = (this.#counts[kind] ?? 0) + 1;
      };
      for (let place = start; place < end; place++) {
        const byte = bytes[place] ?? 0;
        note(byteKind(byte));
        if (place > start) note(pairKind(bytes[place - 1] ?? 0, byte));
      }
    }
    this.#byByte = index;
    return index;
  }

  #rowsOf(kind: number): Int32Array {
    return this.#rows.filter((row) => this.#event.kind(row) === kind);
  }
}

/** The first place from 0 on where the condition holds, if it holds for all places behind it; or `length`. */
function lowerBound(length: number, holds: (at: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** How far a value is looked for among those before it: a hostile event has values that all have one hash. */
const MAX_PROBES = 16;

/** One row for each different value, of the same kind and with the same bytes; at times more than one. */
function distinct(event: EventInHand, rows: Int32Array): Int32Array {
  let size = 16;
  while (size < rows.length * 2) size *= 2;
  const slots = new Int32Array(size).fill(-1);
  return rows.filter((row) => {
    const home = hashBytes(event.bytes, event.start(row), event.end(row));
    for (let probe = 0; probe < MAX_PROBES; probe++) {
      const slot = (home + probe) & (size - 1);
      const other = slots[slot] ?? -1;
      if (other === -1) {
        slots[slot] = row;
        return true;
      }
      if (isSame(event, row, other)) return false;
    }
    return true;
  });
}

function isSame(event: EventInHand, row: number, other: number): boolean {
  const start = event.start(row);
  const length = event.end(row) - start;
  const otherStart = event.start(other);
  if (event.kind(row) !== event.kind(other) || event.end(other) - otherStart !== length) return false;
  for (let at = 0; at < length; at++)
    if (event.bytes[start + at] !== event.bytes[otherStart + at]) return false;
  return true;
}
