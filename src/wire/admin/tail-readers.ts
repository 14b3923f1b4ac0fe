/** Counts who reads live events, so that no more do than may. */
export class TailReaders {
  readonly #most: number;
  #now = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** How many there are. */
  get now(): number {
    return this.#now;
  }

  get most(): number {
    return this.#most;
  }

  /** Lets one more in and answers what it calls, once, when it goes; undefined when there are enough. */
  enter(): (() => void) | undefined {
    if (this.#now >= this.#most) return undefined;
    this.#now += 1;
    return () => {
      this.#now -= 1;
    };
  }
}
