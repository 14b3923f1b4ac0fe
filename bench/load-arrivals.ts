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
  readonly done: () => void;
}

/** Waits for numbered events, each of which must arrive; one that arrives twice counts once. */
export class Arrivals {
  #next = 0;
  #batch: Batch | undefined;

  /** Expects so many more events. One batch at a time: the one before has arrived. */
  expect(count: number): Expected {
    if (this.#batch !== undefined) throw new Error('Earlier events are still on their way.');
    const first = this.#next;
    this.#next += count;
    const { promise, resolve } = Promise.withResolvers<readonly number[]>();
    const arrivedAt: (number | undefined)[] = Array(count).fill(undefined);
    const done = () => resolve(arrivedAt.filter((at) => at !== undefined));
    this.#batch = { first, arrivedAt, missing: count, done };
    return { first, all: promise };
  }

  /** An event has arrived. */
  note(number: number): void {
    const batch = this.#batch;
    const index = number - (batch?.first ?? 0);
    if (batch === undefined || index < 0 || index >= batch.arrivedAt.length) return;
    if (batch.arrivedAt[index] !== undefined) return;
    batch.arrivedAt[index] = performance.now();
    batch.missing--;
    if (batch.missing > 0) return;
    this.#batch = undefined;
    batch.done();
  }
}
