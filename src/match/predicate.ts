import type { ByteCondition } from './byte-condition.ts';
import { ByteTable } from './byte-table.ts';

/** A condition on one field, shared by all rules that have it. */
export interface Predicate {
  readonly condition: ByteCondition;
  /** Its id in the vocabulary. */
  readonly id: number;
  /** The tickets of the candidates that an event can only match if one of its values satisfies this. */
  readonly filed: number[];
  /** How many times it has been acquired. */
  uses: number;
  /** Since which event something is filed, and for how many events something was before. */
  watchedSince: number;
  watchedBefore: number;
}

/** The columns of a predicate in `Vocabulary.states`. */
export const STATE_STRIDE = 4;
/** The last event that a value satisfied it in, as far as is known. */
export const SATISFIED_IN = 0;
/** The last event that it was tested on, if no look-up finds it. */
export const TESTED_IN = 1;
/** How many tickets are filed under it. */
export const FILED = 2;
/** How many events satisfied it while something was filed. */
export const HITS = 3;

/** The predicates of all fields, found by their bytes: the context is the field and the look-up. */
export class Vocabulary {
  readonly table = new ByteTable();
  /** By id in the table. */
  readonly predicates: (Predicate | undefined)[] = [];
  /** `STATE_STRIDE` numbers for each id: what changes with each event stands close together. */
  states = new Int32Array(64 * STATE_STRIDE);

  /** The predicate for a condition; each call must be paired with a `release`. */
  acquire(context: number, condition: ByteCondition): Predicate {
    const id = this.table.add(context, condition.hash, condition.key);
    const known = this.predicates[id];
    if (known !== undefined) {
      known.uses++;
      return known;
    }
    const predicate = { condition, id, filed: [], uses: 1, watchedSince: 0, watchedBefore: 0 };
    this.predicates[id] = predicate;
    if (id * STATE_STRIDE >= this.states.length) {
      const larger = new Int32Array(this.states.length * 2);
      larger.set(this.states);
      this.states = larger;
    }
    this.states.fill(0, id * STATE_STRIDE, (id + 1) * STATE_STRIDE);
    return predicate;
  }

  /** Takes back one `acquire`; returns whether the predicate is gone. */
  release(predicate: Predicate): boolean {
    if (--predicate.uses > 0) return false;
    this.table.remove(predicate.id);
    this.predicates[predicate.id] = undefined;
    return true;
  }

  /** The predicate with an id that is in use. */
  predicate(id: number): Predicate {
    const predicate = this.predicates[id];
    if (predicate === undefined) throw new RangeError(`there is no predicate ${id}`);
    return predicate;
  }

  /** Forgets which event was the last, whose number was `last`: event numbers start anew. */
  forgetEvents(last: number): void {
    for (let at = 0; at < this.states.length; at += STATE_STRIDE) {
      this.states[at + SATISFIED_IN] = 0;
      this.states[at + TESTED_IN] = 0;
    }
    for (const predicate of this.predicates) {
      if (predicate === undefined) continue;
      if (predicate.filed.length > 0) predicate.watchedBefore += last - predicate.watchedSince;
      predicate.watchedSince = 0;
    }
  }
}
