import type { LogIndex } from './log-index.ts';
import type { LogStream } from './log-stream.ts';

/** When there is enough to clean. */
export interface CleaningLimits {
  /** Deleting costs the server a call each time: the beginning of the log goes in steps of at least so many. */
  readonly purgeStepMessages: number;
  /**
   * What lies between messages that are still needed is deleted one by one, and only once it is this much, or more
   * than what is needed: mostly the beginning of the log, which goes in one call, reaches it first.
   */
  readonly garbageBytes: number;
  readonly garbageMessages: number;
}

const LIMITS: CleaningLimits = {
  purgeStepMessages: 2_000,
  garbageBytes: 64 * 1_024 * 1_024,
  garbageMessages: 20_000,
};
const DELETIONS_AT_A_TIME = 8;

/** Lets the stream go of messages that nothing needs. It is never in a hurry and stands in nobody's way. */
export class LogCleaner {
  readonly #stream: LogStream;
  readonly #index: LogIndex;
  readonly #limits: CleaningLimits;
  #purgedBefore = 1;
  #underWay: Promise<void> | undefined;
  #isClosing = false;

  constructor(stream: LogStream, index: LogIndex, limits = LIMITS) {
    this.#stream = stream;
    this.#index = index;
    this.#limits = limits;
  }

  /** Looks whether there is enough to clean, and begins if so. */
  look(): void {
    if (this.#underWay !== undefined || this.#isClosing) return;
    const lowest = this.#lowest();
    const purge = lowest - this.#purgedBefore >= this.#limits.purgeStepMessages;
    const { garbageBytes, garbageCount, marks } = this.#index.needs;
    const mostBytes = Math.max(this.#limits.garbageBytes, marks.neededBytes);
    const sweep = garbageBytes > mostBytes || garbageCount > this.#limits.garbageMessages;
    if (!purge && !sweep) return;
    this.#underWay = this.#clean(lowest, sweep).finally(() => {
      this.#underWay = undefined;
    });
  }

  /** Resolves when no cleaning is under way. */
  async idle(): Promise<void> {
    await this.#underWay;
  }

  /** Lets go of the beginning of the log, so that the next start need not read it, and ends. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await this.idle();
    await this.#clean(this.#lowest(), false);
  }

  // The last message stays: a stream that lost it in a crash would give its number away again.
  #lowest(): number {
    return this.#index.needs.marks.lowest(this.#index.lastApplied);
  }

  async #clean(lowest: number, sweep: boolean): Promise<void> {
    try {
      if (lowest > this.#purgedBefore) {
        await this.#stream.purgeBefore(lowest);
        this.#purgedBefore = lowest;
        this.#index.needs.forgetBefore(lowest);
      }
      if (sweep) await this.#sweep();
    } catch {
      // NATS is away. What is left over is found again, with the next start at the latest.
    }
  }

  // Messages with events go first, and for good: were one there again after a crash of the server, and the messages
  // that say that it was delivered gone, it would be delivered again.
  async #sweep(): Promise<void> {
    const garbage = this.#index.needs.garbageBefore(this.#index.lastApplied);
    await this.#deleteAll(garbage.events, { erase: true });
    await this.#deleteAll(garbage.records, { erase: false });
    this.#index.needs.forget(garbage);
  }

  async #deleteAll(messages: readonly number[], how: { readonly erase: boolean }): Promise<void> {
    for (let start = 0; start < messages.length && !this.#isClosing; start += DELETIONS_AT_A_TIME) {
      const some = messages.slice(start, start + DELETIONS_AT_A_TIME);
      await Promise.all(some.map((message) => this.#stream.delete(message, how)));
    }
    if (this.#isClosing) throw new Error('The store is closing.');
  }
}
