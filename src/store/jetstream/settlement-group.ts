import type { SettledDelivery } from './log-record.ts';

const MAXIMUM_SETTLEMENTS = 1_000;

interface Waiting {
  readonly settled: readonly SettledDelivery[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets the settlements of one turn of the event loop share a message: attempts that end together are as many calls,
 * and a message of the log for each of them would be most of the log.
 */
export class SettlementGroup {
  readonly #write: (settled: readonly SettledDelivery[]) => Promise<void>;
  #waiting: Waiting[] = [];
  #scheduled = false;

  constructor(write: (settled: readonly SettledDelivery[]) => Promise<void>) {
    this.#write = write;
  }

  /** Resolves once they are written. */
  add(settled: readonly SettledDelivery[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ settled, resolve, reject });
      if (this.#scheduled) return;
      this.#scheduled = true;
      setImmediate(() => this.flush());
    });
  }

  /** Writes what waits, now. */
  flush(): void {
    this.#scheduled = false;
    while (this.#waiting.length > 0) this.#writeGroup(this.#take());
  }

  #take(): readonly Waiting[] {
    let count = 0;
    let length = 0;
    for (const { settled } of this.#waiting) {
      if (length > 0 && count + settled.length > MAXIMUM_SETTLEMENTS) break;
      count += settled.length;
      length += 1;
    }
    return this.#waiting.splice(0, length);
  }

  #writeGroup(group: readonly Waiting[]): void {
    this.#write(group.flatMap(({ settled }) => settled)).then(
      () => {
        for (const { resolve } of group) resolve();
      },
      (error: unknown) => {
        for (const { reject } of group) reject(error);
      },
    );
  }
}
