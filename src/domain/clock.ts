/**
 * Time, handed in. Nothing else in Busbar reads the time or sets a timer (test/architecture.test.ts looks),
 * so that a test, or a user's test, can move a day in a millisecond.
 */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /**
   * Resolves when `now()` has reached `time`, at once when it already has. With an aborted `signal` it
   * resolves early: waking up is not an error, so the caller looks at the signal.
   */
  sleepUntil(time: number, signal?: AbortSignal): Promise<void>;
}

// setTimeout counts in a signed 32-bit integer of milliseconds; a longer sleep wakes and sleeps on.
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's clock. Its timers don't keep a process alive: whoever sleeps is kept by what it serves. */
export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  async sleepUntil(time: number, signal?: AbortSignal): Promise<void> {
    while (signal?.aborted !== true) {
      const remainingMs = time - this.now();
      if (remainingMs <= 0) return;
      await timer(Math.min(remainingMs, LONGEST_TIMER_MS), signal);
    }
  }
}

function timer(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(handle);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const handle = setTimeout(done, milliseconds);
    handle.unref();
    signal?.addEventListener('abort', done, { once: true });
  });
}

interface Sleeper {
  readonly time: number;
  readonly wake: () => void;
}

/** A clock that stands still until it is moved. It can't go backwards. */
export class HandClock implements Clock {
  #now: number;
  readonly #sleepers = new Set<Sleeper>();

  /** Starts at `start`, epoch milliseconds. */
  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  sleepUntil(time: number, signal?: AbortSignal): Promise<void> {
    if (time <= this.#now || signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper: Sleeper = { time, wake };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }

  /** Moves the clock to `time` and wakes, in order of their times, all who slept until then. */
  moveTo(time: number): void {
    if (time < this.#now) {
      throw new RangeError(`The clock stands at ${this.#now} and can't go back to ${time}.`);
    }
    this.#now = time;
    const due = [...this.#sleepers].filter((sleeper) => sleeper.time <= time);
    due.sort((a, b) => a.time - b.time);
    for (const sleeper of due) sleeper.wake();
  }

  /** Moves the clock forward. */
  advance(milliseconds: number): void {
    this.moveTo(this.#now + milliseconds);
  }

  /** When the next sleeper wakes, or undefined when nobody sleeps. */
  nextWake(): number | undefined {
    let next: number | undefined;
    for (const { time } of this.#sleepers) if (next === undefined || time < next) next = time;
    return next;
  }
}
