import { ByteTable, OWN_COLUMNS, RECORD_STRIDE } from '../scan/byte-table.ts';
import type { ByteCondition, Lookup, Test } from './byte-condition.ts';
import type { Demand } from './candidate.ts';
import type { FieldIndex } from './field-index.ts';
import type { TestHint } from './many-values.ts';
import { NumberLists } from './number-lists.ts';

/** A condition on one field, shared by all rules that have it. */
export interface Predicate {
  /** Its id in the vocabulary. */
  readonly id: number;
  readonly field: FieldIndex;
  readonly lookup: Lookup;
  /** The hash of its key. */
  readonly hash: number;
  /** Whether a value satisfies it, if no look-up tells. */
  readonly test: Test | undefined;
  /** What is known of the test. */
  readonly hint: TestHint | undefined;
  /** What look-ups can tell of a value that has to be tested: what satisfies this one satisfies each of those. */
  readonly doors: readonly Predicate[];
  /** The demand for just this predicate, which all candidates share that make it. */
  alone: Demand | undefined;
}

const NO_DOORS: readonly Predicate[] = [];

/** The columns of a predicate in `Vocabulary.states`. */
export const STATE_STRIDE = RECORD_STRIDE;
/** How many tickets are filed under it; which, if it is one, or where their list starts. */
export const FILED = OWN_COLUMNS;
export const TICKETS = OWN_COLUMNS + 1;
/** How many events satisfied it while something was filed. */
export const HITS = OWN_COLUMNS + 2;
/**
 * What was last found out about it: the number of the event that satisfied it, or the negated number of the event that
 * didn't. Whatever else is noted there, nobody has asked yet.
 */
export const VERDICT = OWN_COLUMNS + 3;
/** How many times it has been acquired. */
export const USES = OWN_COLUMNS + 4;
/** Since which event something is filed, and for how many events something was before. */
export const WATCHED_SINCE = OWN_COLUMNS + 5;
export const WATCHED_BEFORE = OWN_COLUMNS + 6;
/** The last value that satisfied it in an event with arrays, as `EventInHand.logFind` numbers them. */
export const LAST_FIND = OWN_COLUMNS + 7;

/** The predicates of all fields, found by their bytes: the context is the field and the look-up. */
export class Vocabulary {
  readonly table = new ByteTable();
  /** What is filed under predicates that have several tickets. */
  readonly tickets = new NumberLists();
  readonly #predicates: (Predicate | undefined)[] = [];

  /** The predicate for a condition on a field; each call must be paired with a `release`. */
  acquire(field: FieldIndex, context: number, condition: ByteCondition): Predicate {
    const { lookup, key, hash, test, hint, doors } = condition;
    const id = this.table.add(context, hash, key);
    const known = this.#predicates[id];
    if (known !== undefined) {
      this.#add(known, USES, 1);
      return known;
    }
    const predicate: Predicate = {
      id,
      field,
      lookup,
      hash,
      test,
      hint,
      doors: doors.length === 0 ? NO_DOORS : doors.map((door) => field.acquireDoor(door)),
      alone: undefined,
    };
    this.#predicates[id] = predicate;
    this.#add(predicate, USES, 1);
    return predicate;
  }

  /** The predicate with an id that is in use. */
  predicate(id: number): Predicate {
    const predicate = this.#predicates[id];
    if (predicate === undefined) throw new RangeError(`there is no predicate ${id}`);
    return predicate;
  }

  /** `STATE_STRIDE` numbers for each id, beside what the table knows of it; another array after `acquire`, perhaps. */
  get states(): Int32Array {
    return this.table.records;
  }

  /** Takes back one `acquire`; nobody may use the predicate any more if that was the last. */
  release(predicate: Predicate): void {
    this.#add(predicate, USES, -1);
    if (this.state(predicate, USES) > 0) return;
    this.table.remove(predicate.id);
    this.#predicates[predicate.id] = undefined;
  }

  /** One number of a predicate's state. */
  state({ id }: Predicate, column: number): number {
    return this.states[id * STATE_STRIDE + column] ?? 0;
  }

  /** Files a ticket under a predicate; `now` is the number of the last event. */
  file(predicate: Predicate, ticket: number, now: number): void {
    const count = this.state(predicate, FILED);
    const first = this.state(predicate, TICKETS);
    const state = predicate.id * STATE_STRIDE;
    if (count === 0) this.states[state + WATCHED_SINCE] = now;
    this.states[state + FILED] = count + 1;
    this.states[state + TICKETS] =
      count === 0
        ? ticket
        : count === 1
          ? this.tickets.create(first, ticket)
          : this.tickets.add(first, count, ticket);
  }

  /** The tickets that were filed last under a predicate, at most `count` of them. */
  lastFiled(predicate: Predicate, count: number): Int32Array {
    const filed = this.state(predicate, FILED);
    const first = this.state(predicate, TICKETS);
    if (filed < 2) return Int32Array.of(first).subarray(0, filed);
    return this.tickets.numbers.subarray(first + Math.max(0, filed - count), first + filed);
  }

  /** Takes back one `file`. */
  unfile(predicate: Predicate, ticket: number, now: number): void {
    const count = this.state(predicate, FILED);
    const first = this.state(predicate, TICKETS);
    const state = predicate.id * STATE_STRIDE;
    this.states[state + FILED] = count - 1;
    if (count === 1) this.#add(predicate, WATCHED_BEFORE, now - this.state(predicate, WATCHED_SINCE));
    if (count > 2) this.states[state + TICKETS] = this.tickets.remove(first, count, ticket);
    if (count !== 2) return;
    const { numbers } = this.tickets;
    this.states[state + TICKETS] = (numbers[first] === ticket ? numbers[first + 1] : numbers[first]) ?? 0;
    this.tickets.release(first);
  }

  /** Forgets which event was the last: the numbers of events start anew. */
  forgetEvents(): void {
    for (let state = 0; state < this.states.length; state += STATE_STRIDE) {
      this.states[state + HITS] = 0;
      this.states[state + VERDICT] = 0;
      this.states[state + WATCHED_SINCE] = 0;
      this.states[state + WATCHED_BEFORE] = 0;
    }
  }

  #add({ id }: Predicate, column: number, amount: number): void {
    const at = id * STATE_STRIDE + column;
    this.states[at] = (this.states[at] ?? 0) + amount;
  }
}
