import type { ByteCondition, Lookup, Test } from './byte-condition.ts';
import { ByteTable, OWN_COLUMNS, RECORD_STRIDE } from './byte-table.ts';
import type { TestHint } from './many-values.ts';

/** A condition on one field, shared by all rules that have it. */
export interface Predicate {
  /** Its id in the vocabulary. */
  readonly id: number;
  readonly lookup: Lookup;
  /** How many bytes its key has. */
  readonly keyLength: number;
  /** Whether a value satisfies it, if no look-up tells. */
  readonly test: Test | undefined;
  /** What is known of the test. */
  readonly hint: TestHint | undefined;
  /** How many times it has been acquired. */
  uses: number;
  /** Since which event something is filed, and for how many events something was before. */
  watchedSince: number;
  watchedBefore: number;
  /** The tickets filed under it, if they are several. */
  tickets: number[] | undefined;
}

/** The columns of a predicate in `Vocabulary.states`. */
export const STATE_STRIDE = RECORD_STRIDE;
/** The last event that it was tested on, if no look-up finds it. */
export const TESTED_IN = OWN_COLUMNS;
/** How many tickets are filed under it, and which if it is one. */
export const FILED = OWN_COLUMNS + 1;
export const ONLY_TICKET = OWN_COLUMNS + 2;
/** How many events satisfied it while something was filed. */
export const HITS = OWN_COLUMNS + 3;
/** The last value that satisfied it in an event with arrays, as `EventInHand.logFind` numbers them. */
export const LAST_FIND = OWN_COLUMNS + 4;

/** The predicates of all fields, found by their bytes: the context is the field and the look-up. */
export class Vocabulary {
  readonly table = new ByteTable();
  /** By id the last event that a value satisfied the predicate in, as far as is known. */
  satisfiedIn = new Int32Array(64);
  readonly #predicates: (Predicate | undefined)[] = [];

  /** The predicate for a condition; each call must be paired with a `release`. */
  acquire(context: number, { lookup, key, hash, test, hint }: ByteCondition): Predicate {
    const id = this.table.add(context, hash, key);
    const known = this.#predicates[id];
    if (known !== undefined) {
      known.uses++;
      return known;
    }
    const predicate: Predicate = {
      id,
      lookup,
      keyLength: key.length,
      test,
      hint,
      uses: 1,
      watchedSince: 0,
      watchedBefore: 0,
      tickets: undefined,
    };
    this.#predicates[id] = predicate;
    if (id >= this.satisfiedIn.length) {
      const larger = new Int32Array(this.satisfiedIn.length * 2);
      larger.set(this.satisfiedIn);
      this.satisfiedIn = larger;
    }
    this.satisfiedIn[id] = 0;
    return predicate;
  }

  /** `STATE_STRIDE` numbers for each id, beside what the table knows of it; another array after `acquire`, perhaps. */
  get states(): Int32Array {
    return this.table.records;
  }

  /** Takes back one `acquire`; returns whether the predicate is gone. */
  release(predicate: Predicate): boolean {
    if (--predicate.uses > 0) return false;
    this.table.remove(predicate.id);
    this.#predicates[predicate.id] = undefined;
    return true;
  }

  /** One number of a predicate's state. */
  state({ id }: Predicate, column: number): number {
    return this.states[id * STATE_STRIDE + column] ?? 0;
  }

  /** Files a ticket under a predicate; `now` is the number of the last event. */
  file(predicate: Predicate, ticket: number, now: number): void {
    const count = this.state(predicate, FILED);
    const state = predicate.id * STATE_STRIDE;
    if (count === 0) {
      predicate.watchedSince = now;
      this.states[state + ONLY_TICKET] = ticket;
    } else {
      predicate.tickets ??= [this.state(predicate, ONLY_TICKET)];
      predicate.tickets.push(ticket);
    }
    this.states[state + FILED] = count + 1;
  }

  /** Takes back one `file`. */
  unfile(predicate: Predicate, ticket: number, now: number): void {
    const count = this.state(predicate, FILED) - 1;
    const state = predicate.id * STATE_STRIDE;
    this.states[state + FILED] = count;
    if (count === 0) predicate.watchedBefore += now - predicate.watchedSince;
    if (predicate.tickets === undefined) return;
    removeFrom(predicate.tickets, ticket);
    if (count > 1) return;
    this.states[state + ONLY_TICKET] = predicate.tickets[0] ?? 0;
    predicate.tickets = undefined;
  }

  /** The tickets filed under a predicate, by its id, where they are several. */
  tickets(id: number): readonly number[] {
    return this.#predicates[id]?.tickets ?? [];
  }

  /** Forgets which event was the last: the numbers of events start anew. */
  forgetEvents(): void {
    this.satisfiedIn.fill(0);
    for (let at = 0; at < this.states.length; at += STATE_STRIDE) {
      this.states[at + TESTED_IN] = 0;
      this.states[at + HITS] = 0;
    }
    for (const predicate of this.#predicates) {
      if (predicate === undefined) continue;
      predicate.watchedSince = 0;
      predicate.watchedBefore = 0;
    }
  }
}

function removeFrom(list: number[], what: number): void {
  const at = list.indexOf(what);
  const last = list.pop();
  if (last !== undefined && at < list.length) list[at] = last;
}
