import type { ByteCondition, Lookup } from './byte-condition.ts';
import * as byteCondition from './byte-condition.ts';
import type { EventInHand } from './event-in-hand.ts';
import { FieldLookups, isComparable } from './field-lookups.ts';
import { FieldPlaces } from './field-places.ts';
import * as manyValues from './many-values.ts';
import { ManyValues } from './many-values.ts';
import type { Predicate, Vocabulary } from './predicate.ts';
import * as predicate from './predicate.ts';

// Constants of its own a platform folds; imported ones it loads, and checks, each time.
const { BY_TEST } = byteCondition;
const { MANY } = manyValues;
const { FILED, HITS, LAST_FIND, STATE_STRIDE, USES, VERDICT, WATCHED_BEFORE, WATCHED_SINCE } = predicate;

/** How many tests are made before many values are sorted. */
const TESTS_BEFORE_SORTING = 4;

/**
 * All that rules ask of one field. Most predicates are found by a look-up from the value; the others are
 * tested one by one, each at most once an event. What nothing is filed under waits until a candidate asks for it.
 */
export class FieldIndex {
  /** The field's node in the tree of paths. */
  readonly node: number;
  /** What is found without being tested. */
  readonly lookups: FieldLookups;
  /** The last event that had values here; whether one of them stands in an element of an array. */
  seenIn = 0;
  inArray = false;
  /** The first of the values and the last, and how many there are: each leads to the next. */
  firstRow = 0;
  lastRow = 0;
  valueCount = 0;
  /** The look-ups that were made for all values of the last event, a bit for each. */
  #lookedUp = 0;
  /** The values of the last event that had many, and how often they were tested. */
  #manyIn = 0;
  #many: ManyValues | undefined;
  #testCount = 0;
  #places: FieldPlaces | undefined;

  readonly #vocabulary: Vocabulary;
  /** Predicates that have to be tested and have something filed under them. */
  readonly #watched: Predicate[] = [];
  #size = 0;
  /** How many predicates have one as their door, by its id. */
  readonly #doorUses = new Map<number, number>();

  constructor(node: number, vocabulary: Vocabulary) {
    this.node = node;
    this.#vocabulary = vocabulary;
    this.lookups = new FieldLookups(node, vocabulary);
  }

  /** How many predicates need no test. */
  get size(): number {
    return this.#size;
  }

  /** Whether some predicates have to be tested on each event that has the field. */
  get isWatched(): boolean {
    return this.#watched.length > 0;
  }

  /** Where in arrays the event's values stand. */
  get places(): FieldPlaces {
    this.#places ??= new FieldPlaces(this);
    return this.#places;
  }

  /** The predicate for a condition on this field; each call must be paired with a `release`. */
  acquire(condition: ByteCondition): Predicate {
    const predicate = this.#acquire(condition);
    if (this.#demands(predicate) === 1 && !this.#isFiled(predicate)) this.lookups.add(predicate);
    return predicate;
  }

  /** Takes back one `acquire`. */
  release(predicate: Predicate): void {
    if (this.#demands(predicate) === 1 && !this.#isFiled(predicate)) this.lookups.remove(predicate);
    this.#release(predicate);
  }

  /** As `acquire`, for a door: nobody asks whether it is satisfied but those that are filed under it. */
  acquireDoor(condition: ByteCondition): Predicate {
    const door = this.#acquire(condition);
    this.#doorUses.set(door.id, (this.#doorUses.get(door.id) ?? 0) + 1);
    return door;
  }

  #releaseDoor(door: Predicate): void {
    const uses = (this.#doorUses.get(door.id) ?? 0) - 1;
    if (uses === 0) this.#doorUses.delete(door.id);
    else this.#doorUses.set(door.id, uses);
    this.#release(door);
  }

  #acquire(condition: ByteCondition): Predicate {
    const predicate = this.#vocabulary.acquire(this, this.lookups.context(condition.lookup), condition);
    const isNew = this.#vocabulary.state(predicate, USES) === 1;
    if (isNew && predicate.lookup !== BY_TEST) this.#size++;
    return predicate;
  }

  #release(predicate: Predicate): void {
    const isLast = this.#vocabulary.state(predicate, USES) === 1;
    this.#vocabulary.release(predicate);
    if (!isLast) return;
    if (predicate.lookup !== BY_TEST) this.#size--;
    for (const door of predicate.doors) this.#releaseDoor(door);
  }

  /** How many times a predicate has been acquired other than as a door. */
  #demands(predicate: Predicate): number {
    return this.#vocabulary.state(predicate, USES) - (this.#doorUses.get(predicate.id) ?? 0);
  }

  #isFiled(predicate: Predicate): boolean {
    return this.#vocabulary.state(predicate, FILED) > 0;
  }

  /** Files a ticket under a predicate of this field; `now` is the number of the last event. */
  file(predicate: Predicate, ticket: number, now: number): void {
    this.#vocabulary.file(predicate, ticket, now);
    if (this.#vocabulary.state(predicate, FILED) > 1) return;
    if (this.#demands(predicate) === 0) this.lookups.add(predicate);
    if (predicate.lookup === BY_TEST) this.#watched.push(predicate);
    else this.lookups.countFiled(predicate.lookup, 1);
  }

  /** Takes back one `file`. */
  unfile(predicate: Predicate, ticket: number, now: number): void {
    this.#vocabulary.unfile(predicate, ticket, now);
    if (this.#vocabulary.state(predicate, FILED) > 0) return;
    if (predicate.lookup === BY_TEST) this.#watched.splice(this.#watched.indexOf(predicate), 1);
    else this.lookups.countFiled(predicate.lookup, -1);
    if (this.#demands(predicate) === 0) this.lookups.remove(predicate);
  }

  /** Of how many events in one a predicate of this field is satisfied, if a guess counts for `weight` events. */
  rate(predicate: Predicate, now: number, guess: number, weight: number): number {
    const isWatched = this.#vocabulary.state(predicate, FILED) > 0;
    const since = this.#vocabulary.state(predicate, WATCHED_SINCE);
    const seen = this.#vocabulary.state(predicate, WATCHED_BEFORE) + (isWatched ? now - since : 0);
    return (this.#vocabulary.state(predicate, HITS) + guess * weight) / (seen + weight);
  }

  /** Whether it isn't known yet how often a predicate of this field is satisfied. */
  isUnknown(predicate: Predicate): boolean {
    const { states } = this.#vocabulary;
    const state = predicate.id * STATE_STRIDE;
    return states[state + WATCHED_BEFORE] === 0 && states[state + FILED] === 0;
  }

  /** Forgets which event was the last: the numbers of events start anew. */
  forgetEvents(): void {
    this.seenIn = 0;
    this.#manyIn = 0;
    this.#places?.forgetEvents();
  }

  /** Notes that the event has a value here, in a context; returns whether it is the first. */
  see(event: EventInHand, row: number, context: number): boolean {
    const isFirst = this.seenIn !== event.number;
    if (isFirst) {
      this.seenIn = event.number;
      this.inArray = false;
      this.firstRow = row;
      this.valueCount = 1;
      this.#lookedUp = this.lookups.filed;
    } else {
      event.link(this.lastRow, row);
      this.valueCount++;
    }
    if (context !== 0 && !this.inArray) {
      this.inArray = true;
      event.arrayFieldCount++;
    }
    this.lastRow = row;
    return isFirst;
  }

  /** Finds the predicates that have to be tested, are satisfied, and have something filed under them. */
  testWatched(event: EventInHand): void {
    const { states } = this.#vocabulary;
    const { number } = event;
    const watched = this.#watched;
    for (let place = 0; place < watched.length; place++) {
      const predicate = watched[place];
      if (predicate === undefined) continue;
      const state = predicate.id * STATE_STRIDE;
      if (!this.#testAll(event, predicate)) {
        states[state + VERDICT] = -number;
        continue;
      }
      states[state + VERDICT] = number;
      states[state + HITS] = (states[state + HITS] ?? 0) + 1;
      event.hits.add(predicate.id);
    }
  }

  /** Whether one of the event's values satisfies one of the predicates, once what is filed was looked up. */
  satisfiesAny(event: EventInHand, predicates: readonly Predicate[]): boolean {
    const { states } = this.#vocabulary;
    for (const predicate of predicates) {
      const verdict = states[predicate.id * STATE_STRIDE + VERDICT];
      if (verdict === event.number) return true;
      if (verdict !== -event.number && this.decide(event, predicate)) return true;
    }
    return false;
  }

  /** Finds out whether one of the event's values satisfies a predicate, where there is no verdict yet. */
  decide(event: EventInHand, predicate: Predicate): boolean {
    const isSatisfied =
      this.seenIn === event.number &&
      (predicate.test === undefined ? this.#find(event, predicate) : this.#testAll(event, predicate));
    this.#vocabulary.states[predicate.id * STATE_STRIDE + VERDICT] = isSatisfied
      ? event.number
      : -event.number;
    return isSatisfied;
  }

  #find(event: EventInHand, predicate: Predicate): boolean {
    const { id, lookup } = predicate;
    const isLookedUp = (this.#lookedUp & (1 << lookup)) !== 0;
    // To compare one value with one key takes less than to look it up; but where fields must agree, look-ups log their finds.
    if (!isLookedUp && this.valueCount === 1 && event.agreesAnyway && isComparable(lookup)) {
      return this.lookups.isSatisfied(event, this.firstRow, predicate);
    }
    this.#ensureLookedUp(event, lookup);
    return this.#vocabulary.states[id * STATE_STRIDE + VERDICT] === event.number;
  }

  #ensureLookedUp(event: EventInHand, lookup: Lookup): void {
    const bit = 1 << lookup;
    if ((this.#lookedUp & bit) !== 0) return;
    this.#lookedUp |= bit;
    let row = this.firstRow;
    for (let left = this.valueCount; left > 0; left--) {
      this.lookups.lookUp(event, row, bit);
      row = event.next(row);
    }
  }

  #testAll(event: EventInHand, predicate: Predicate): boolean {
    if (this.valueCount === 1) return predicate.test?.(event, this.firstRow) === true;
    return this.valueCount < MANY ? this.#testEach(event, predicate) : this.#testMany(event, predicate);
  }

  #testEach(event: EventInHand, { test }: Predicate): boolean {
    let row = this.firstRow;
    for (let left = this.valueCount; left > 0; left--) {
      if (test?.(event, row) === true) return true;
      row = event.next(row);
    }
    return false;
  }

  #testMany(event: EventInHand, predicate: Predicate): boolean {
    if (this.#manyIn !== event.number) {
      this.#manyIn = event.number;
      this.#many = undefined;
      this.#testCount = 0;
    }
    if (this.#many === undefined && ++this.#testCount <= TESTS_BEFORE_SORTING)
      return this.#testEach(event, predicate);
    if (this.#many === undefined) {
      this.#many = new ManyValues(event, this.rows(event));
    }
    return predicate.test !== undefined && this.#many.some(predicate.test, predicate.hint);
  }

  /** The rows of all values. */
  rows(event: EventInHand): Int32Array {
    const rows = new Int32Array(this.valueCount);
    let count = 0;
    this.eachRow(event, (row) => {
      rows[count++] = row;
    });
    return rows;
  }

  /** Calls `use` with the row of each value that satisfies the predicate. */
  eachSatisfying(event: EventInHand, { id, test, lookup }: Predicate, use: (row: number) => void): void {
    if (test === undefined) {
      this.#ensureLookedUp(event, lookup);
      const { states } = this.#vocabulary;
      const state = id * STATE_STRIDE;
      if (states[state + VERDICT] !== event.number) return;
      event.eachFind(states[state + LAST_FIND] ?? 0, use);
      return;
    }
    this.eachRow(event, (row) => {
      if (test(event, row)) use(row);
    });
  }

  /** Calls `use` with the row of each value. */
  eachRow(event: EventInHand, use: (row: number) => void): void {
    let row = this.firstRow;
    for (let left = this.valueCount; left > 0; left--) {
      use(row);
      row = event.next(row);
    }
  }
}
