// What a busy machine let slip by is made up for, as long as it is no more than this.
const CATCH_UP_MS = 200;

/** Lets through so many a second and no more, evenly. */
export class Pace {
  readonly #perSecond: number;
  readonly #now: () => number;
  readonly #sleep: (milliseconds: number) => Promise<void>;
  #next: number | undefined;

  constructor(
    perSecond: number,
    clock: { readonly now: () => number; readonly sleep: (milliseconds: number) => Promise<void> },
  ) {
    this.#perSecond = perSecond;
    this.#now = clock.now;
    this.#sleep = clock.sleep;
  }

  /** Resolves when that many may go. */
  async take(count: number): Promise<void> {
    const now = this.#now();
    const begin = Math.max(now - CATCH_UP_MS, this.#next ?? now);
    this.#next = begin + (count / this.#perSecond) * 1000;
    if (begin > now) await this.#sleep(begin - now);
  }
}
