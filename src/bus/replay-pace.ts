import type { ReplayPace } from '../domain/replay.ts';

/** Says when each event of a replay has its turn, counted from the first one that it is asked about. */
export class PaceMaker {
  readonly #pace: ReplayPace | undefined;
  #start: { readonly now: number; readonly eventTime: number } | undefined;
  #events = 0;

  /** Without a pace everything is due at once. */
  constructor(pace: ReplayPace | undefined) {
    this.#pace = pace;
  }

  /**
   * When an event has its turn, epoch milliseconds; `ahead` events are to come before it that `passed` was not
   * told of yet. `now` counts for the first one.
   */
  dueAt(eventTime: number, { ahead, now }: { readonly ahead: number; readonly now: number }): number {
    this.#start ??= { now, eventTime };
    const { now: start, eventTime: firstTime } = this.#start;
    if (this.#pace === undefined) return start;
    if ('timesRealTime' in this.#pace) {
      return start + Math.ceil((eventTime - firstTime) / this.#pace.timesRealTime);
    }
    return start + Math.ceil(((this.#events + ahead) * 1000) / this.#pace.eventsPerSecond);
  }

  /** So many more events have had their turn. */
  passed(events: number): void {
    this.#events += events;
  }
}
