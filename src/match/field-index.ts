import { BY_TEST } from './byte-condition.ts';
import type { EventInHand } from './event-in-hand.ts';
import { FieldLookups } from './field-lookups.ts';
import {
  FILED,
  HITS,
  type Predicate,
  SATISFIED_IN,
  STATE_STRIDE,
  TESTED_IN,
  type Vocabulary,
} from './predicate.ts';
import type { ScratchList } from './scratch-list.ts';

/**
 * All that rules ask of one field. Most predicates are found by a look-up from the value; the others are
 * tested one by one, each at most once an event.
 */
export class FieldIndex {
  /** The field's node in the tree of paths. */
  readonly node: number;
  /** What is found without being tested. */
  readonly lookups: FieldLookups;
  /** The last event that had values here; whether one of them stands in an element of an array. */
  seenIn = 0;
  inArray = false;
  /** The first of the values, and how many there are: each leads to the next. */
  firstRow = 0;
  valueCount = 0;
  #lastRow = 0;

  readonly #vocabulary: Vocabulary;
  /** Predicates that have to be tested and have something filed under them. */
  readonly #watched: Predicate[] = [];

  constructor(node: number, vocabulary: Vocabulary) {
    this.node = node;
    this.#vocabulary = vocabulary;
    this.lookups = new FieldLookups(node, vocabulary);
  }

  /** Whether some predicates have to be tested on each event that has the field. */
  get isWatched(): boolean {
    return this.#watched.length > 0;
  }

  /** How many events satisfied a predicate while something was filed under it. */
  hitCount({ id }: Predicate): number {
    return this.#vocabulary.states[id * STATE_STRIDE + HITS] ?? 0;
  }

  /** Files a ticket under a predicate of this field; `now` is the number of the last event. */
  file(predicate: Predicate, ticket: number, now: number): void {
    predicate.filed.push(ticket);
    this.#vocabulary.states[predicate.id * STATE_STRIDE + FILED] = predicate.filed.length;
    if (predicate.filed.length > 1) return;
    predicate.watchedSince = now;
    if (predicate.condition.lookup === BY_TEST) this.#watched.push(predicate);
  }

  /** Takes back one `file`. */
  unfile(predicate: Predicate, ticket: number, now: number): void {
    removeFrom(predicate.filed, ticket);
    this.#vocabulary.states[predicate.id * STATE_STRIDE + FILED] = predicate.filed.length;
    if (predicate.filed.length > 0) return;
    predicate.watchedBefore += now - predicate.watchedSince;
    if (predicate.condition.lookup === BY_TEST) removeFrom(this.#watched, predicate);
  }

  /** Notes that the event has a value here; returns whether it is the first. */
  see(event: EventInHand, row: number): boolean {
    const isFirst = this.seenIn !== event.number;
    if (isFirst) {
      this.seenIn = event.number;
      this.inArray = event.context(row) !== 0;
      this.firstRow = row;
      this.valueCount = 1;
    } else {
      event.link(this.#lastRow, row);
      if (event.context(row) !== 0) this.inArray = true;
      this.valueCount++;
    }
    this.#lastRow = row;
    return isFirst;
  }

  /** Adds to `hits` the predicates that have to be tested, are satisfied, and have something filed under them. */
  testWatched(event: EventInHand, hits: ScratchList<Predicate>): void {
    const { states } = this.#vocabulary;
    for (const predicate of this.#watched) {
      if (!this.#test(event, predicate)) continue;
      const state = predicate.id * STATE_STRIDE;
      states[state + HITS] = (states[state + HITS] ?? 0) + 1;
      hits.add(predicate);
    }
  }

  /** Whether one of the event's values satisfies one of the predicates, once all values were looked up. */
  satisfiesAny(event: EventInHand, predicates: readonly Predicate[]): boolean {
    const { states } = this.#vocabulary;
    for (const predicate of predicates) {
      if (states[predicate.id * STATE_STRIDE + SATISFIED_IN] === event.number) return true;
      if (predicate.condition.lookup === BY_TEST && this.#test(event, predicate)) return true;
    }
    return false;
  }

  #test(event: EventInHand, { id, condition }: Predicate): boolean {
    const { states } = this.#vocabulary;
    const state = id * STATE_STRIDE;
    if (states[state + TESTED_IN] === event.number) return states[state + SATISFIED_IN] === event.number;
    states[state + TESTED_IN] = event.number;
    let row = this.firstRow;
    for (let left = this.valueCount; left > 0; left--) {
      if (condition.holds(event, row)) {
        states[state + SATISFIED_IN] = event.number;
        return true;
      }
      row = event.next(row);
    }
    return false;
  }
}

function removeFrom<T>(list: T[], what: T): void {
  const at = list.indexOf(what);
  const last = list.pop();
  if (last !== undefined && at < list.length) list[at] = last;
}
