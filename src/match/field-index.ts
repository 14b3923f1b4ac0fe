import { addressDigits } from './address.ts';
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
  type ByteCondition,
  folded,
  hashNumber,
  LOOKUPS,
  type Lookup,
  numberKey,
} from './byte-condition.ts';
import { EMPTY_HASH, hashBytes, hashOn } from './byte-table.ts';
import type { EventInHand } from './event-in-hand.ts';
import { LengthCounts } from './length-counts.ts';
import type { Predicate, Vocabulary } from './predicate.ts';
import { NUMBER, STRING } from './scanner.ts';
import { encodeText } from './wtf8.ts';

/**
 * All that rules ask of one field. Most predicates are found by a look-up from the value; the others are
 * tested one by one, each at most once an event.
 */
export class FieldIndex {
  /** The field's node in the tree of paths. */
  readonly node: number;
  /** The last event that had values here, the first of them, and how many. */
  seenIn = 0;
  firstRow = -1;
  /** Whether one of them stands in an element of an array. */
  inArray = false;
  #lastRow = -1;
  /** How many predicates a look-up finds. */
  lookupCount = 0;

  readonly #vocabulary: Vocabulary;
  /** How many predicates there are for each look-up. */
  readonly #counts = new Int32Array(LOOKUPS);
  /** A bit for each hash that a predicate may have, of 32: most values are asked for by none. */
  readonly #filters = new Int32Array(LOOKUPS);
  /** The lengths of what is asked for at the start or end of strings. */
  readonly #lengths: (LengthCounts | undefined)[] = [];
  /** Predicates that have to be tested and have something filed under them. */
  readonly #watched: Predicate[] = [];

  constructor(node: number, vocabulary: Vocabulary) {
    this.node = node;
    this.#vocabulary = vocabulary;
  }

  /** The predicate for a condition; each call must be paired with a `release`. */
  acquire(condition: ByteCondition): Predicate {
    const { lookup, key, hash } = condition;
    const predicate = this.#vocabulary.acquire(this.#context(lookup), condition);
    if (predicate.uses > 1) return predicate;
    this.#counts[lookup] = this.#count(lookup) + 1;
    if (lookup !== BY_TEST) this.lookupCount++;
    this.#filters[lookup] = (this.#filters[lookup] ?? 0) | filterBit(hash);
    if (hasLength(lookup)) {
      this.#lengths[lookup] ??= new LengthCounts();
      this.#lengths[lookup].add(key.length);
    }
    return predicate;
  }

  /** Takes back one `acquire`. */
  release(predicate: Predicate): void {
    if (!this.#vocabulary.release(predicate)) return;
    const { lookup, key } = predicate.condition;
    this.#counts[lookup] = this.#count(lookup) - 1;
    if (lookup !== BY_TEST) this.lookupCount--;
    if (this.#count(lookup) === 0) this.#filters[lookup] = 0;
    if (hasLength(lookup)) this.#lengths[lookup]?.remove(key.length);
  }

  /** Files a ticket under a predicate of this field; `now` is the number of the last event. */
  file(predicate: Predicate, ticket: number, now: number): void {
    predicate.filed.push(ticket);
    if (predicate.filed.length > 1) return;
    predicate.watchedSince = now;
    if (predicate.condition.lookup === BY_TEST) this.#watched.push(predicate);
  }

  /** Takes back one `file`. */
  unfile(predicate: Predicate, ticket: number, now: number): void {
    removeFrom(predicate.filed, ticket);
    if (predicate.filed.length > 0) return;
    predicate.watchedBefore += now - predicate.watchedSince;
    if (predicate.condition.lookup === BY_TEST) removeFrom(this.#watched, predicate);
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

  /** Finds the predicates that the event's values satisfy; adds to `hits` those that have something filed. */
  lookUp(event: EventInHand, hits: Predicate[]): void {
    for (const predicate of this.#watched) if (this.#test(event, predicate)) this.#hit(predicate, hits);
    if (this.lookupCount === 0) return;
    for (let row = this.firstRow; row >= 0; row = event.next(row)) {
      const kind = event.kind(row);
      if (kind === STRING) this.#lookUpString(event, row, hits);
      else if (kind === NUMBER) this.#lookUpNumber(event, row, hits);
      else if (this.#count(BY_TOKEN) > 0) {
        this.#find(event, hits, BY_TOKEN, event.bytes, event.start(row), event.end(row));
      }
    }
  }

  /** Whether one of the event's values satisfies one of the predicates, once `lookUp` is done. */
  satisfiesAny(event: EventInHand, predicates: readonly Predicate[]): boolean {
    for (const predicate of predicates) {
      if (this.#vocabulary.satisfiedIn[predicate.id] === event.number) return true;
      if (predicate.condition.lookup === BY_TEST && this.#test(event, predicate)) return true;
    }
    return false;
  }

  #test(event: EventInHand, { id, condition }: Predicate): boolean {
    const { testedIn, satisfiedIn } = this.#vocabulary;
    if (testedIn[id] === event.number) return satisfiedIn[id] === event.number;
    testedIn[id] = event.number;
    for (let row = this.firstRow; row >= 0; row = event.next(row)) {
      if (!condition.holds(event, row)) continue;
      satisfiedIn[id] = event.number;
      return true;
    }
    return false;
  }

  #hit(predicate: Predicate, hits: Predicate[]): void {
    if (predicate.filed.length === 0) return;
    predicate.hitCount++;
    hits.push(predicate);
  }

  #lookUpNumber(event: EventInHand, row: number, hits: Predicate[]): void {
    if (this.#count(BY_NUMBER) > 0) {
      const value = event.numberAt(row);
      const key = numberKey(value);
      this.#findHashed(event, hits, BY_NUMBER, hashNumber(value), key, 0, key.length);
    }
    if (this.#count(BY_DIGITS) > 0) {
      this.#find(event, hits, BY_DIGITS, event.bytes, event.start(row), event.end(row));
    }
  }

  #lookUpString(event: EventInHand, row: number, hits: Predicate[]): void {
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
    hits: Predicate[],
    lookup: Lookup,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    this.#findHashed(event, hits, lookup, hashBytes(bytes, start, end), bytes, start, end);
  }

  #findStarts(
    event: EventInHand,
    hits: Predicate[],
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
    hits: Predicate[],
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
    hits: Predicate[],
    lookup: Lookup,
    hash: number,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    if (((this.#filters[lookup] ?? 0) & filterBit(hash)) === 0) return;
    const { table, satisfiedIn, predicates } = this.#vocabulary;
    const id = table.find(this.#context(lookup), hash, bytes, start, end);
    if (id < 0 || satisfiedIn[id] === event.number) return;
    satisfiedIn[id] = event.number;
    const predicate = predicates[id];
    if (predicate !== undefined) this.#hit(predicate, hits);
  }

  #context(lookup: Lookup): number {
    return this.node * LOOKUPS + lookup;
  }

  #count(lookup: Lookup): number {
    return this.#counts[lookup] ?? 0;
  }
}

function filterBit(hash: number): number {
  return 1 << (hash >>> 27);
}

function hasLength(lookup: Lookup): boolean {
  return lookup === BY_START || lookup === BY_END || lookup === BY_FOLDED_START || lookup === BY_FOLDED_END;
}

function removeFrom<T>(list: T[], what: T): void {
  const at = list.indexOf(what);
  const last = list.pop();
  if (last !== undefined && at < list.length) list[at] = last;
}
