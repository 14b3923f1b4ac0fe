import type { Clock, HandClock } from '../domain/clock.ts';
import { type AttemptsUnderWay, StepPatience } from './step-patience.ts';

export interface ClockMoverOptions {
  readonly clock: HandClock;
  /** The machine's own clock: how long a step waits for what goes on in the world. */
  readonly machineClock: Clock;
  readonly attempts: () => AttemptsUnderWay;
  /** Whether all that the present instant set off is done, but for so many attempts that hang. */
  readonly isQuiet: (hanging: number) => Promise<boolean>;
}

// What a stop lets pass at once, and how often: longer than an attempt, or a token, is waited for.
const LAST_STEP_MS = 10_000;
const LAST_STEP_EVERY_MS = 1000;

// Times of later years have no place in an event.
const LATEST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

// One thing sets off the next within a turn of the event loop or two.
const QUIET_TURNS = 2;
const HASTY_TURNS = 20;

/**
 * Moves a hand clock as time would have gone: it stops at each instant at which something falls due, and waits
 * there until all that it sets off is done (targets are invoked, retries planned), a second of the machine's time
 * at most, and less for a target that hangs again and again. Moves wait for one another.
 */
export class ClockMover {
  readonly #options: ClockMoverOptions;
  readonly #stop = new AbortController();
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: ClockMoverOptions) {
    this.#options = options;
  }

  /** Epoch milliseconds. */
  now(): number {
    return this.#options.clock.now();
  }

  /** When the next thing falls due, epoch milliseconds; undefined when nothing waits for the clock. */
  nextDue(): number | undefined {
    return this.#options.clock.nextWake();
  }

  /** Moves on by so many milliseconds. Rejects with RangeError when they are negative. */
  advance(milliseconds: number): Promise<void> {
    return this.#inTurn((patience) => this.#walkTo(this.now() + milliseconds, patience));
  }

  /** Moves on to an instant, epoch milliseconds. Rejects with RangeError when it is over. */
  to(time: number): Promise<void> {
    return this.#inTurn((patience) => this.#walkTo(time, patience));
  }

  /** Jumps to the next instant at which something falls due; resolves to it, or to undefined when none does. */
  next(): Promise<number | undefined> {
    return this.#inTurn(async (patience) => {
      await this.#untilQuiet(patience);
      const time = this.nextDue();
      if (time !== undefined) await this.#walkTo(Math.max(time, this.now()), patience);
      return time;
    });
  }

  /** Waits, without moving, until all that the present instant set off is done; false when the wait was in vain. */
  quiet(): Promise<boolean> {
    return this.#inTurn((patience) => this.#untilQuiet(patience));
  }

  /** Stops a move at the instant where it is. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#last;
  }

  /**
   * Sees work to its end that is left when nobody moves the clock any more, a target that hangs for one: time
   * passes until it is done, in steps that each wait a second of the machine's. Settles as the work does.
   */
  async letTimePass<T>(work: Promise<T>): Promise<T> {
    const { clock, machineClock } = this.#options;
    const done = new AbortController();
    const end = () => done.abort();
    work.then(end, end);
    for (;;) {
      await machineClock.sleepUntil(machineClock.now() + LAST_STEP_EVERY_MS, done.signal);
      if (done.signal.aborted) return work;
      clock.advance(LAST_STEP_MS);
    }
  }

  #inTurn<T>(move: (patience: StepPatience) => Promise<T>): Promise<T> {
    const turn = this.#last.then(() => move(new StepPatience()));
    this.#last = turn.catch(() => undefined); // told to whoever asked for it
    return turn;
  }

  async #walkTo(time: number, patience: StepPatience): Promise<void> {
    const { clock } = this.#options;
    if (!(time >= clock.now()) || !Number.isFinite(new Date(time).getTime())) {
      const shown = Number.isFinite(new Date(time).getTime()) ? new Date(time).toISOString() : String(time);
      throw new RangeError(
        `The clock stands at ${new Date(clock.now()).toISOString()} and can't be moved to ${shown}: it only goes forward.`,
      );
    }
    if (time > LATEST_MS) {
      throw new RangeError(`The clock can't be moved beyond ${new Date(LATEST_MS).toISOString()}.`);
    }
    await this.#untilQuiet(patience);
    for (let next = clock.nextWake(); next !== undefined && next <= time; next = clock.nextWake()) {
      if (this.#stop.signal.aborted) return;
      clock.moveTo(Math.max(next, clock.now()));
      await this.#untilQuiet(patience);
    }
    if (this.#stop.signal.aborted) return;
    clock.moveTo(time);
    await this.#untilQuiet(patience);
  }

  async #untilQuiet(patience: StepPatience): Promise<boolean> {
    const { machineClock, attempts, isQuiet } = this.#options;
    const begun = machineClock.now();
    let quietTurns = 0;
    for (let turns = 0; quietTurns < QUIET_TURNS; turns += 1) {
      if (this.#stop.signal.aborted) return false;
      const underWay = attempts();
      if (machineClock.now() - begun >= patience.milliseconds(underWay)) {
        patience.giveUp(underWay);
        return false;
      }
      await new Promise((resolve) => setImmediate(resolve));
      quietTurns = (await isQuiet(patience.hanging(attempts()))) ? quietTurns + 1 : 0;
      // What is not done by now waits for the network or the disk: no need to ask all the time.
      if (quietTurns === 0 && turns > HASTY_TURNS) await machineClock.sleepUntil(machineClock.now() + 1);
    }
    return true;
  }
}
