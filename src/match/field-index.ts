import { addressDigits } from './address.ts';
import { type ByteCondition, folded, holds } from './byte-condition.ts';
import { EMPTY_HASH, hashBytes, hashOn } from './byte-table.ts';
import type { EventInHand } from './event-in-hand.ts';
import { LengthCounts } from './length-counts.ts';
import {
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
  doubleKey,
  LOOKUPS,
  type Lookup,
  lookupKey,
  type Predicate,
  type Vocabulary,
} from './predicate.ts';
import { NUMBER, STRING } from './scanner.ts';
import { encodeText } from './wtf8.ts';

/**
 * All that rules ask of one field. Most predicates are found by a look-up from the value; the others are
 * tested one by one, each at most once an event.
 */
export class FieldIndex<Filed> {
  /** The field's node in the tree of paths. */
  readonly node: number;
  /** The last event that had values here, the first of them, and how many. */
  seenIn = 0;
  firstRow = -1;
  /** Whether one of them stands in an element of an array. */
  inArray = false;
  #lastRow = -1;

  readonly #vocabulary: Vocabulary<Filed>;
  /** How many predicates there are for each look-up. */
  readonly #counts = new Int32Array(LOOKUPS);
  /** The lengths of what is asked for at the start or end of strings. */
  readonly #lengths: (LengthCounts | undefined)[] = [];
  /** Predicates that have to be tested and have something filed under them. */
  readonly #watched: Predicate<Filed>[] = [];
  #filedCount = 0;
  #lookedUpIn = 0;

  constructor(node: number, vocabulary: Vocabulary<Filed>) {
    this.node = node;
    this.#vocabulary = vocabulary;
  }

  /** How many predicates can be found by a look-up. */
  get lookupCount(): number {
    return this.#counts.subarray(0, BY_TEST).reduce((sum, count) => sum + count, 0);
  }

  /** Whether something is filed under one of the predicates. */
  get hasFiled(): boolean {
    return this.#filedCount > 0;
  }

  /** The predicate for a condition; each call must be paired with a `release`. `source` identifies it. */
  acquire(condition: ByteCondition, source: object): Predicate<Filed> {
    const { table, predicates } = this.#vocabulary;
    const { lookup, bytes, hash } = lookupKey(condition, source);
    const id = table.add(this.#context(lookup), hash, bytes);
    const known = predicates[id];
    if (known !== undefined) {
      known.uses++;
      return known;
    }
    this.#counts[lookup] = this.#count(lookup) + 1;
    if (hasLength(lookup)) {
      this.#lengths[lookup] ??= new LengthCounts();
      this.#lengths[lookup].add(bytes.length);
    }
    const predicate = {
      condition,
      lookup,
      id,
      filed: [],
      uses: 1,
      satisfiedIn: 0,
      testedIn: 0,
      watchedSince: 0,
      watchedBefore: 0,
      hitCount: 0,
    };
    predicates[id] = predicate;
    return predicate;
  }

  /** Takes back one `acquire`. */
  release(predicate: Predicate<Filed>): void {
    if (--predicate.uses > 0) return;
    const { lookup, condition, id } = predicate;
    this.#counts[lookup] = this.#count(lookup) - 1;
    if (hasLength(lookup) && 'bytes' in condition) this.#lengths[lookup]?.remove(condition.bytes.length);
    this.#vocabulary.table.remove(id);
    this.#vocabulary.predicates[id] = undefined;
  }

  /** Files something under a predicate of this field; `now` is the number of the last event. */
  file(predicate: Predicate<Filed>, what: Filed, now: number): void {
    predicate.filed.push(what);
    this.#filedCount++;
    if (predicate.filed.length > 1) return;
    predicate.watchedSince = now;
    if (predicate.lookup === BY_TEST) this.#watched.push(predicate);
  }

  /** Takes back one `file`. */
  unfile(predicate: Predicate<Filed>, what: Filed, now: number): void {
    removeFrom(predicate.filed, what);
    this.#filedCount--;
    if (predicate.filed.length > 0) return;
    predicate.watchedBefore += now - predicate.watchedSince;
    if (predicate.lookup === BY_TEST) removeFrom(this.#watched, predicate);
  }

  /** Notes that the event has a value here. */
  see(event: EventInHand, row: number): void {
    if (this.seenIn === event.number) {
      event.link(this.#lastRow, row);
    } else {
      this.seenIn = event.number;
      this.firstRow = row;
      this.inArray = false;
    }
    event.link(row, -1);
    this.#lastRow = row;
    if (event.context(row) !== 0) this.inArray = true;
  }

  /** Adds to `hits` the predicates that a value satisfies and that have something filed under them. */
  hits(event: EventInHand, hits: Predicate<Filed>[]): void {
    this.#lookUp(event, hits);
    for (const predicate of this.#watched) {
      if (!this.#test(event, predicate)) continue;
      predicate.hitCount++;
      hits.push(predicate);
    }
  }

  /** Whether one of the event's values, of which the field must have some, satisfies one of the predicates. */
  satisfiesAny(event: EventInHand, predicates: readonly Predicate<Filed>[]): boolean {
    for (const predicate of predicates) if (this.#satisfies(event, predicate)) return true;
    return false;
  }

  #satisfies(event: EventInHand, predicate: Predicate<Filed>): boolean {
    if (predicate.satisfiedIn === event.number) return true;
    if (predicate.lookup === BY_TEST) return this.#test(event, predicate);
    if (this.#lookedUpIn === event.number) return false;
    this.#lookUp(event, NOTHING_FILED);
    return predicate.satisfiedIn === event.number;
  }

  #test(event: EventInHand, predicate: Predicate<Filed>): boolean {
    if (predicate.testedIn === event.number) return predicate.satisfiedIn === event.number;
    predicate.testedIn = event.number;
    for (let row = this.firstRow; row >= 0; row = event.next(row)) {
      if (!holds(predicate.condition, event, row)) continue;
      predicate.satisfiedIn = event.number;
      return true;
    }
    return false;
  }

  #lookUp(event: EventInHand, hits: Predicate<Filed>[]): void {
    this.#lookedUpIn = event.number;
    for (let row = this.firstRow; row >= 0; row = event.next(row)) {
      const kind = event.kind(row);
      if (kind === STRING) this.#lookUpString(event, row, hits);
      else if (kind === NUMBER) this.#lookUpNumber(event, row, hits);
      else if (this.#count(BY_TOKEN) > 0) {
        this.#find(event, hits, BY_TOKEN, event.bytes, event.start(row), event.end(row));
      }
    }
  }

  #lookUpNumber(event: EventInHand, row: number, hits: Predicate<Filed>[]): void {
    if (this.#count(BY_NUMBER) > 0) {
      const key = doubleKey(event.numberAt(row));
      this.#find(event, hits, BY_NUMBER, key, 0, key.length);
    }
    if (this.#count(BY_DIGITS) > 0) {
      this.#find(event, hits, BY_DIGITS, event.bytes, event.start(row), event.end(row));
    }
  }

  #lookUpString(event: EventInHand, row: number, hits: Predicate<Filed>[]): void {
    const start = event.start(row);
    const end = event.end(row);
    if (this.#count(BY_TEXT) > 0) this.#find(event, hits, BY_TEXT, event.bytes, start, end);
    if (this.#count(BY_START) > 0) this.#findStarts(event, hits, BY_START, event.bytes, start, end);
    if (this.#count(BY_END) > 0) this.#findEnds(event, hits, BY_END, event.bytes, start, end);
    if (this.#count(BY_ADDRESS) > 0) {
      const digits = addressDigits(event.text(row));
      if (digits !== undefined) this.#find(event, hits, BY_ADDRESS, encodeText(digits), 0, digits.length);
    }
    if (this.#count(BY_FOLDED_TEXT) + this.#count(BY_FOLDED_START) + this.#count(BY_FOLDED_END) > 0) {
      const lower = event.bytes.slice(start, end).map(folded);
      if (this.#count(BY_FOLDED_TEXT) > 0) this.#find(event, hits, BY_FOLDED_TEXT, lower, 0, lower.length);
      this.#findStarts(event, hits, BY_FOLDED_START, lower, 0, lower.length);
      this.#findEnds(event, hits, BY_FOLDED_END, lower, 0, lower.length);
    }
  }

  #find(
    event: EventInHand,
    hits: Predicate<Filed>[],
    lookup: Lookup,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    this.#findHashed(event, hits, lookup, hashBytes(bytes, start, end), bytes, start, end);
  }

  #findStarts(
    event: EventInHand,
    hits: Predicate<Filed>[],
    lookup: Lookup,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    let hash = EMPTY_HASH;
    let hashed = start;
    for (const length of this.#lengths[lookup]?.lengths ?? []) {
      if (length > end - start) return;
      for (; hashed < start + length; hashed++) hash = hashOn(hash, bytes[hashed] ?? 0);
      this.#findHashed(event, hits, lookup, hash, bytes, start, hashed);
    }
  }

  #findEnds(
    event: EventInHand,
    hits: Predicate<Filed>[],
    lookup: Lookup,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    let hash = EMPTY_HASH;
    let hashed = end;
    for (const length of this.#lengths[lookup]?.lengths ?? []) {
      if (length > end - start) return;
      for (; hashed > end - length; hashed--) hash = hashOn(hash, bytes[hashed - 1] ?? 0);
      this.#findHashed(event, hits, lookup, hash, bytes, hashed, end);
    }
  }

  #findHashed(
    event: EventInHand,
    hits: Predicate<Filed>[],
    lookup: Lookup,
    hash: number,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    const id = this.#vocabulary.table.find(this.#context(lookup), hash, bytes, start, end);
    const predicate = id < 0 ? undefined : this.#vocabulary.predicates[id];
    if (predicate === undefined || predicate.satisfiedIn === event.number) return;
    predicate.satisfiedIn = event.number;
    if (predicate.filed.length === 0) return;
    predicate.hitCount++;
    hits.push(predicate);
  }

  #context(lookup: Lookup): number {
    return this.node * LOOKUPS + lookup;
  }

  #count(lookup: Lookup): number {
    return this.#counts[lookup] ?? 0;
  }
}

// Where hits go that are of no interest: a field whose predicates have nothing filed has none.
const NOTHING_FILED: never[] = [];

function hasLength(lookup: Lookup): boolean {
  return lookup === BY_START || lookup === BY_END || lookup === BY_FOLDED_START || lookup === BY_FOLDED_END;
}

function removeFrom<T>(list: T[], what: T): void {
  const at = list.indexOf(what);
  const last = list.pop();
  if (last !== undefined && at < list.length) list[at] = last;
}
