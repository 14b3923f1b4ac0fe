// How long a step waits, by the machine's clock, for what goes on in the world; and for targets that are known to hang.
const PATIENCE_MS = 1000;
const PATIENCE_WITH_THE_SLOW_MS = 100;

/** How many attempts are under way at each target. */
export type AttemptsUnderWay = ReadonlyMap<string, number>;

/**
 * How long the steps of one move of the clock wait. A target that hangs is left waiting for its time limit, which is
 * one of the instants to come, and no step waits for the same attempt again. The next attempt may go well, but who
 * has hung once is given less time: a move by a day can hold hundreds of attempts.
 */
export class StepPatience {
  /** Attempts at each target that has hung which were waited for in vain and have not ended. */
  readonly #hanging = new Map<string, number>();

  /** How many of the attempts under way are not waited for any more. */
  hanging(underWay: AttemptsUnderWay): number {
    let sum = 0;
    for (const [target, count] of this.#hanging) {
      const left = Math.min(count, underWay.get(target) ?? 0);
      this.#hanging.set(target, left);
      sum += left;
    }
    return sum;
  }

  /** How long a step waits while these attempts are under way. */
  milliseconds(underWay: AttemptsUnderWay): number {
    const waitedFor = [...underWay].filter(([target, count]) => count > (this.#hanging.get(target) ?? 0));
    const allSlow = waitedFor.length > 0 && waitedFor.every(([target]) => this.#hanging.has(target));
    return allSlow ? PATIENCE_WITH_THE_SLOW_MS : PATIENCE_MS;
  }

  /** These were waited for in vain. */
  giveUp(underWay: AttemptsUnderWay): void {
    for (const [target, count] of underWay) this.#hanging.set(target, count);
  }
}
