/**
 * Time, handed in. Nothing else in Busbar reads the time or sets a timer (test/architecture.test.ts looks),
 * so that a test, or a user's test, can move a day in a millisecond.
 */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /**
   * Calls `wake` once, when `now()` has reached `time`; never before `at` itself returns. Answers a function
   * that calls it off.
   */
  at(time: number, wake: () => void): () => void;
  /**
   * Resolves when `now()` has reached `time`, at once when it already has. With an aborted `signal` it
   * resolves early: waking up is not an error, so the caller looks at the signal.
   */
  sleepUntil(time: number, signal?: AbortSignal): Promise<void>;
}

// While a machine sleeps its timers stand still, and time does not: a longer wait looks at the clock in between.
const LONGEST_TIMER_MS = 30_000;

/** The machine's clock. Its timers don't keep a process alive: whoever sleeps is kept by what it serves. */
export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  at(time: number, wake: () => void): () => void {
    let handle: NodeJS.Timeout;
    const wait = () => {
      const remainingMs = Math.max(0, time - this.now());
      handle = setTimeout(
        remainingMs > LONGEST_TIMER_MS ? wait : fire,
        Math.min(remainingMs, LONGEST_TIMER_MS),
      );
      handle.unref();
    };
    // A timer may fire a little early by the clock that people read.
    const fire = () => (this.now() < time ? wait() : wake());
    wait();
    return () => clearTimeout(handle);
  }

  sleepUntil(time: number, signal?: AbortSignal): Promise<void> {
    return sleep(this, time, signal);
  }
}

function sleep(clock: Clock, time: number, signal: AbortSignal | undefined): Promise<void> {
  if (time <= clock.now() || signal?.aborted === true) return Promise.resolve();
  return new Promise((resolve) => {
    const wake = () => {
      callOff();
      signal?.removeEventListener('abort', wake);
      resolve();
    };
    const callOff = clock.at(time, wake);
    signal?.addEventListener('abort', wake, { once: true });
  });
}

interface Alarm {
  readonly time: number;
  readonly wake: () => void;
}

/** A clock that stands still until it is moved. It can't go backwards. */
export class HandClock implements Clock {
  #now: number;
  readonly #alarms = new Set<Alarm>();

  /** Starts at `start`, epoch milliseconds. */
  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  at(time: number, wake: () => void): () => void {
    const alarm: Alarm = { time, wake };
    this.#alarms.add(alarm);
    // What is due already waits for nobody to move the clock.
    if (time <= this.#now) queueMicrotask(() => this.#ring(alarm));
    return () => this.#alarms.delete(alarm);
  }

  sleepUntil(time: number, signal?: AbortSignal): Promise<void> {
    return sleep(this, time, signal);
  }

  /** Moves the clock to `time` and wakes, in order of their times, all who slept until then. */
  moveTo(time: number): void {
    if (time < this.#now) {
      throw new RangeError(`The clock stands at ${this.#now} and can't go back to ${time}.`);
    }
    this.#now = time;
    const due = [...this.#alarms].filter((alarm) => alarm.time <= time);
    due.sort((a, b) => a.time - b.time);
    for (const alarm of due) this.#ring(alarm);
  }

  /** Moves the clock forward. */
  advance(milliseconds: number): void {
    this.moveTo(this.#now + milliseconds);
  }

  /** When the next sleeper wakes, or undefined when nobody sleeps. */
  nextWake(): number | undefined {
    let next: number | undefined;
    for (const { time } of this.#alarms) if (next === undefined || time < next) next = time;
    return next;
  }

  #ring(alarm: Alarm): void {
    if (this.#alarms.delete(alarm)) alarm.wake();
  }
}
