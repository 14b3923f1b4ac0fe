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
  /** How many events satisfied it while something was filed. */
  hitCount: number;
}

/** The predicates of all fields, found by their bytes: the context is the field and the look-up. */
export class Vocabulary {
  readonly table = new ByteTable();
  /** By id in the table. */
  readonly predicates: (Predicate | undefined)[] = [];
  /** By id: the last event that a value satisfied the predicate in, as far as is known. */
  satisfiedIn = new Int32Array(64);
  /** By id: the last event that the predicate was tested on, if no look-up finds it. */
  testedIn = new Int32Array(64);

  /** The predicate for a condition, if there is one. */
  acquire(context: number, condition: ByteCondition): Predicate {
    const id = this.table.add(context, condition.hash, condition.key);
    const known = this.predicates[id];
    if (known !== undefined) {
      known.uses++;
      return known;
    }
    const predicate = { condition, id, filed: [], uses: 1, watchedSince: 0, watchedBefore: 0, hitCount: 0 };
    this.predicates[id] = predicate;
    if (id >= this.satisfiedIn.length) {
      this.satisfiedIn = doubled(this.satisfiedIn);
      this.testedIn = doubled(this.testedIn);
    }
    this.satisfiedIn[id] = 0;
    this.testedIn[id] = 0;
    return predicate;
  }

  /** Takes back one `acquire`; returns whether the predicate is gone. */
  release(predicate: Predicate): boolean {
    if (--predicate.uses > 0) return false;
    this.table.remove(predicate.id);
    this.predicates[predicate.id] = undefined;
    return true;
  }

  /** Forgets which event was the last: event numbers start anew. */
  forgetEvents(last: number): void {
    this.satisfiedIn.fill(0);
    this.testedIn.fill(0);
    for (const predicate of this.predicates) {
      if (predicate === undefined) continue;
      if (predicate.filed.length > 0) predicate.watchedBefore += last - predicate.watchedSince;
      predicate.watchedSince = 0;
    }
  }
}

function doubled(numbers: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}
