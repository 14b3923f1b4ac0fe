import type { DeliveryKey } from './delivery-id.ts';

const FIRST_CAPACITY = 1_024;
const GROWTH = 1.5;
const NONE = -1;

/** What is known of a delivery when its row is made. */
export interface NewRow extends DeliveryKey {
  /** The number of its queue. */
  readonly queue: number;
  readonly receivedAt: number;
}

/**
 * What is owed or failed, a row each. The rows lie in arrays of numbers: a delivery costs some 70 bytes, and a
 * million of them is nothing that the garbage collector has to walk.
 */
export class OwedRows {
  /** The message of the event. */
  message = new Float64Array(FIRST_CAPACITY);
  /** The place among the deliveries of the message. */
  slot = new Uint32Array(FIRST_CAPACITY);
  queue = new Int32Array(FIRST_CAPACITY);
  /** Since when it waits, epoch milliseconds: its event was received or, where it was redriven, from then. */
  waitsFrom = new Float64Array(FIRST_CAPACITY);
  /** When it falls due, or when it failed. */
  dueAt = new Float64Array(FIRST_CAPACITY);
  attempts = new Uint32Array(FIRST_CAPACITY);
  /** The message that said last how it stands; 0 when no attempt has ended. */
  record = new Float64Array(FIRST_CAPACITY);
  /** 0 while it is owed; the number of the error's code, from 1, once it has failed. */
  failure = new Uint32Array(FIRST_CAPACITY);
  /** Where it stands in the heap of what is due, and in that of what waits; -1 when somebody holds it. */
  dueIndex = new Int32Array(FIRST_CAPACITY);
  waitIndex = new Int32Array(FIRST_CAPACITY);
  /** The next row of the same message, or of the list of free ones; -1 at the end. */
  next = new Int32Array(FIRST_CAPACITY);
  #used = 0;
  #firstFree = NONE;

  /** Rows have numbers below this one. */
  get end(): number {
    return this.#used;
  }

  /** Makes a row and answers its number, which is good until `remove`. */
  add({ message, slot, queue, receivedAt }: NewRow): number {
    const row = this.#take();
    this.message[row] = message;
    this.slot[row] = slot;
    this.queue[row] = queue;
    this.waitsFrom[row] = receivedAt;
    this.dueAt[row] = receivedAt;
    this.attempts[row] = 0;
    this.record[row] = 0;
    this.failure[row] = 0;
    this.dueIndex[row] = NONE;
    this.waitIndex[row] = NONE;
    this.next[row] = NONE;
    return row;
  }

  remove(row: number): void {
    this.message[row] = 0;
    this.next[row] = this.#firstFree;
    this.#firstFree = row;
  }

  /** Whether the row is in use. */
  has(row: number): boolean {
    return this.message[row] !== 0;
  }

  keyOf(row: number): DeliveryKey {
    return { message: this.message[row] ?? 0, slot: this.slot[row] ?? 0 };
  }

  #take(): number {
    if (this.#firstFree !== NONE) {
      const row = this.#firstFree;
      this.#firstFree = this.next[row] ?? NONE;
      return row;
    }
    if (this.#used === this.message.length) this.#grow(Math.ceil(this.#used * GROWTH));
    this.#used += 1;
    return this.#used - 1;
  }

  #grow(capacity: number): void {
    this.message = grown(this.message, new Float64Array(capacity));
    this.slot = grown(this.slot, new Uint32Array(capacity));
    this.queue = grown(this.queue, new Int32Array(capacity));
    this.waitsFrom = grown(this.waitsFrom, new Float64Array(capacity));
    this.dueAt = grown(this.dueAt, new Float64Array(capacity));
    this.attempts = grown(this.attempts, new Uint32Array(capacity));
    this.record = grown(this.record, new Float64Array(capacity));
    this.failure = grown(this.failure, new Uint32Array(capacity));
    this.dueIndex = grown(this.dueIndex, new Int32Array(capacity));
    this.waitIndex = grown(this.waitIndex, new Int32Array(capacity));
    this.next = grown(this.next, new Int32Array(capacity));
  }
}

/** `larger`, beginning with what the smaller one holds. */
export function grown<A extends { set(array: ArrayLike<number>): void }>(
  smaller: ArrayLike<number>,
  larger: A,
): A {
  larger.set(smaller);
  return larger;
}
