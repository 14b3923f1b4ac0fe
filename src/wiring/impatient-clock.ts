import type { Clock } from '../domain/clock.ts';

/** A clock whose alarms can all be made to ring at once, as if their time had come. */
export class ImpatientClock implements Clock {
  readonly #clock: Clock;
  readonly #alarms = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  at(time: number, wake: () => void): () => void {
    const callOff = this.#clock.at(time, () => ring());
    const ring = () => {
      if (!this.#alarms.delete(ring)) return;
      callOff();
      wake();
    };
    this.#alarms.add(ring);
    return () => {
      this.#alarms.delete(ring);
      callOff();
    };
  }

  sleepUntil(time: number, signal?: AbortSignal): Promise<void> {
    return this.#clock.sleepUntil(time, signal);
  }

  /** Rings every alarm that is set; not those that are set by that. */
  ringAll(): void {
    for (const ring of [...this.#alarms]) ring();
  }
}
