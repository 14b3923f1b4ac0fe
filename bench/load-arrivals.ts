import { performance } from 'node:perf_hooks';

/** Events that are on their way. */
export interface Expected {
  /** The number of the first one; the others follow. */
  readonly first: number;
  /** When each arrived, by the clock of `performance`; resolves when all have. */
  readonly all: Promise<readonly number[]>;
}

interface Batch {
  readonly first: number;
  readonly arrivedAt: (number | undefined)[];
  missing: number;
  readonly isExpected: (n: number) => boolean;
  readonly done: () => void;
}

/** Waits for numbered events, each of which must arrive; one that arrives twice counts once. */
export class Arrivals {
  #next = 0;
  #batch: Batch | undefined;

  /**
   * Puts so many more events on their way, and expects those of them that `isExpected` says, by their place among
   * them. One batch at a time: the one before has arrived.
   */
  expect(count: number, isExpected: (n: number) => boolean = () => true): Expected {
    if (this.#batch !== undefined) throw new Error('Earlier events are still on their way.');
    const first = this.#next;
    this.#next += count;
    const { promise, resolve } = Promise.withResolvers<readonly number[]>();
    const arrivedAt: (number | undefined)[] = Array(count).fill(undefined);
    const done = () => resolve(arrivedAt.filter((at) => at !== undefined));
    const missing = arrivedAt.filter((_, n) => isExpected(n)).length;
    this.#batch = { first, arrivedAt, missing, done, isExpected };
    return { first, all: promise };
  }

  /** An event has arrived. */
  note(number: number): void {
    const batch = this.#batch;
    const index = number - (batch?.first ?? 0);
    if (batch === undefined || index < 0 || index >= batch.arrivedAt.length) return;
    if (batch.arrivedAt[index] !== undefined || !batch.isExpected(index)) return;
    batch.arrivedAt[index] = performance.now();
    batch.missing--;
    if (batch.missing > 0) return;
    this.#batch = undefined;
    batch.done();
  }
}
