import * as byteHash from '../scan/byte-hash.ts';
import { hashBytes, hashNumber, hashOn, numberBytes } from '../scan/byte-hash.ts';
import * as scanner from '../scan/scanner.ts';
import { encodeText } from '../wtf8.ts';
import { Affixes } from './affixes.ts';
import type { Lookup } from './byte-condition.ts';
import * as byteCondition from './byte-condition.ts';
import type { EventInHand } from './event-in-hand.ts';
import type { Predicate, Vocabulary } from './predicate.ts';
import * as predicate from './predicate.ts';
import { folded } from './text-tests.ts';

// Constants of its own a platform folds; imported ones it loads, and checks, each time.
const { EMPTY_HASH } = byteHash;
const { FIELD_END, FIELD_HASH, FIELD_KIND, FIELD_START, FIELD_STRIDE, NUMBER, STRING } = scanner;
const {
  BY_ADDRESS,
  BY_DIGITS,
  BY_END,
  BY_FOLDED_END,
  BY_FOLDED_START,
  BY_FOLDED_TEXT,
  BY_NUMBER,
  BY_START,
  BY_TEST,
  BY_TEXT,
  BY_TOKEN,
  LOOKUPS,
} = byteCondition;
const { FILED, HITS, LAST_FIND, STATE_STRIDE, VERDICT } = predicate;

const FOLDED = (1 << BY_FOLDED_TEXT) | (1 << BY_FOLDED_START) | (1 << BY_FOLDED_END);

/** Leads from a value of one field to the predicates that it satisfies, without asking each of them. */
export class FieldLookups {
  readonly #vocabulary: Vocabulary;
  readonly #firstContext: number;
  readonly #counts = new Int32Array(LOOKUPS);
  /** A bit for each look-up that something is found by. */
  #inUse = 0;
  /** How many predicates have something filed under them, and a bit for each look-up that finds one. */
  readonly #filedCounts = new Int32Array(LOOKUPS);
  #filed = 0;
  /** For each look-up a bit for each of 32 kinds of hashes that a key has: most values have no such hash. */
  readonly #filters = new Int32Array(LOOKUPS);
  /** What is asked for at the start or the end of strings. */
  readonly #affixes: (Affixes | undefined)[] = [];

  constructor(node: number, vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
    this.#firstContext = node * LOOKUPS;
  }

  /** The look-ups that find something that is filed, a bit for each. */
  get filed(): number {
    return this.#filed;
  }

  /** The number under which the vocabulary keeps what a look-up finds. */
  context(lookup: Lookup): number {
    return this.#firstContext + lookup;
  }

  /** Finds a predicate from now on. */
  add({ lookup, id, hash }: Predicate): void {
    this.#counts[lookup] = (this.#counts[lookup] ?? 0) + 1;
    this.#filters[lookup] = (this.#filters[lookup] ?? 0) | filterBit(hash);
    if (lookup !== BY_TEST) this.#inUse |= 1 << lookup;
    if (isOfAffixes(lookup)) {
      this.#affixes[lookup] ??= new Affixes(!isStart(lookup));
      this.#affixes[lookup].add(this.#vocabulary.table.key(id), hash);
    }
  }

  /** Takes back an `add`. */
  remove({ lookup, id, hash }: Predicate): void {
    this.#counts[lookup] = (this.#counts[lookup] ?? 0) - 1;
    if (isOfAffixes(lookup)) this.#affixes[lookup]?.remove(this.#vocabulary.table.key(id), hash);
    if (this.#counts[lookup] !== 0) return;
    this.#filters[lookup] = 0;
    this.#inUse &= ~(1 << lookup);
  }

  /** Counts a predicate that something is filed under from now on, or no more. */
  countFiled(lookup: Lookup, change: 1 | -1): void {
    const count = (this.#filedCounts[lookup] ?? 0) + change;
    this.#filedCounts[lookup] = count;
    if (count === 0) this.#filed &= ~(1 << lookup);
    else this.#filed |= 1 << lookup;
  }

  /**
   * Notes the predicates that the value in row `row` satisfies, as far as they are found by `lookups`, a bit for each; adds
   * to the event's `hits` those that something is filed under.
   */
  lookUp(event: EventInHand, row: number, lookups: number): void {
    const inUse = this.#inUse & lookups;
    if (inUse === 0) return;
    event.row = row;
    const { fields } = event;
    const at = row * FIELD_STRIDE;
    const kind = fields[at + FIELD_KIND] ?? 0;
    const start = fields[at + FIELD_START] ?? 0;
    const end = fields[at + FIELD_END] ?? 0;
    if (kind === STRING) {
      if ((inUse & (1 << BY_TEXT)) !== 0) {
        this.#findHashed(event, BY_TEXT, fields[at + FIELD_HASH] ?? 0, event.bytes, start, end);
      }
      if (inUse >> BY_START !== 0) this.#findParts(event, inUse, start, end);
      if ((inUse & (1 << BY_ADDRESS)) !== 0) this.#findAddress(event, row);
    } else if (kind === NUMBER) {
      if ((inUse & (1 << BY_NUMBER)) !== 0) this.#findNumber(event, event.numberAt(row));
      if ((inUse & (1 << BY_DIGITS)) !== 0) this.#findBytes(event, BY_DIGITS, start, end);
    } else if ((inUse & (1 << BY_TOKEN)) !== 0) {
      this.#findBytes(event, BY_TOKEN, start, end);
    }
  }

  /** Whether the value in row `row` satisfies a predicate whose look-up `isComparable`. */
  isSatisfied(event: EventInHand, row: number, { id, lookup }: Predicate): boolean {
    const { table } = this.#vocabulary;
    const { bytes, fields } = event;
    const at = row * FIELD_STRIDE;
    if (fields[at + FIELD_KIND] !== STRING) return false;
    const start = fields[at + FIELD_START] ?? 0;
    const end = fields[at + FIELD_END] ?? 0;
    if (lookup === BY_TEXT) return table.isKey(id, bytes, start, end);
    const length = table.keyLength(id);
    if (length > end - start) return false;
    return lookup === BY_START
      ? table.isKey(id, bytes, start, start + length)
      : table.isKey(id, bytes, end - length, end);
  }

  #findBytes(event: EventInHand, lookup: Lookup, start: number, end: number): void {
    this.#findHashed(event, lookup, hashBytes(event.bytes, start, end), event.bytes, start, end);
  }

  #findNumber(event: EventInHand, value: number): void {
    const key = numberBytes(value);
    this.#findHashed(event, BY_NUMBER, hashNumber(value), key, 0, key.length);
  }

  #findAddress(event: EventInHand, row: number): void {
    const digits = event.address(row);
    if (digits === undefined) return;
    const key = encodeText(digits);
    this.#findHashed(event, BY_ADDRESS, hashBytes(key, 0, key.length), key, 0, key.length);
  }

  #findParts(event: EventInHand, inUse: number, start: number, end: number): void {
    const { bytes } = event;
    if ((inUse & (1 << BY_START)) !== 0) this.#findStarts(event, BY_START, bytes, start, end);
    if ((inUse & (1 << BY_END)) !== 0) this.#findEnds(event, BY_END, bytes, start, end);
    if ((inUse & FOLDED) === 0) return;
    const length = end - start;
    const lower = lowerCase(bytes, start, end);
    if ((inUse & (1 << BY_FOLDED_TEXT)) !== 0) {
      this.#findHashed(event, BY_FOLDED_TEXT, hashBytes(lower, 0, length), lower, 0, length);
    }
    if ((inUse & (1 << BY_FOLDED_START)) !== 0) this.#findStarts(event, BY_FOLDED_START, lower, 0, length);
    if ((inUse & (1 << BY_FOLDED_END)) !== 0) this.#findEnds(event, BY_FOLDED_END, lower, 0, length);
  }

  #findStarts(event: EventInHand, lookup: Lookup, bytes: Uint8Array, start: number, end: number): void {
    const affixes = this.#affixes[lookup];
    if (affixes === undefined) return;
    const { lengths } = affixes;
    if (!affixes.mayHaveEdge(bytes[start] ?? 0)) return;
    let hash = EMPTY_HASH;
    let at = start;
    for (let place = 0; place < lengths.length; place++) {
      const stop = start + (lengths[place] ?? 0);
      if (stop > end) return;
      for (; at < stop; at++) hash = hashOn(hash, bytes[at] ?? 0);
      if (affixes.mayHave(hash)) this.#findKnown(event, lookup, hash, bytes, start, stop);
    }
  }

  #findEnds(event: EventInHand, lookup: Lookup, bytes: Uint8Array, start: number, end: number): void {
    const affixes = this.#affixes[lookup];
    if (affixes === undefined) return;
    const { lengths } = affixes;
    if (!affixes.mayHaveEdge(bytes[end - 1] ?? 0)) return;
    let hash = EMPTY_HASH;
    let at = end;
    for (let place = 0; place < lengths.length; place++) {
      const stop = end - (lengths[place] ?? 0);
      if (stop < start) return;
      while (at > stop) hash = hashOn(hash, bytes[--at] ?? 0);
      if (affixes.mayHave(hash)) this.#findKnown(event, lookup, hash, bytes, stop, end);
    }
  }

  #findHashed(
    event: EventInHand,
    lookup: Lookup,
    hash: number,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    if (((this.#filters[lookup] ?? 0) & filterBit(hash)) === 0) return;
    this.#findKnown(event, lookup, hash, bytes, start, end);
  }

  #findKnown(
    event: EventInHand,
    lookup: Lookup,
    hash: number,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    const { table } = this.#vocabulary;
    const id = table.find(this.#firstContext + lookup, hash, bytes, start, end);
    if (id < 0) return;
    const { states } = this.#vocabulary;
    const state = id * STATE_STRIDE;
    const isFirst = states[state + VERDICT] !== event.number;
    if (event.hasArrays)
      states[state + LAST_FIND] = event.logFind(isFirst ? 0 : (states[state + LAST_FIND] ?? 0));
    if (!isFirst) return;
    states[state + VERDICT] = event.number;
    if (states[state + FILED] === 0) return;
    states[state + HITS] = (states[state + HITS] ?? 0) + 1;
    event.hits.add(id);
  }
}

/** Whether a key that a look-up finds is a string's own bytes, all of them or those at one end. */
export function isComparable(lookup: Lookup): boolean {
  return lookup === BY_TEXT || lookup === BY_START || lookup === BY_END;
}

function isStart(lookup: Lookup): boolean {
  return lookup === BY_START || lookup === BY_FOLDED_START;
}

let scratch = new Uint8Array(1024);

/** `bytes[start, end)` in lower case as far as it is ASCII, at the start of an array that is valid until the next call. */
function lowerCase(bytes: Uint8Array, start: number, end: number): Uint8Array {
  if (scratch.length < end - start) scratch = new Uint8Array((end - start) * 2);
  for (let at = start; at < end; at++) scratch[at - start] = folded(bytes[at] ?? 0);
  return scratch;
}

function filterBit(hash: number): number {
  return 1 << (hash >>> 27);
}

function isOfAffixes(lookup: Lookup): boolean {
  return lookup === BY_START || lookup === BY_END || lookup === BY_FOLDED_START || lookup === BY_FOLDED_END;
}
