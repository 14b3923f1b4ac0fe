/** Whose turn it is to be invoked how often. */
export interface RateRequest {
  /** ARN of what is invoked. */
  readonly arn: string;
  readonly perSecond: number;
  readonly deliveryId: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

const WINDOW_MS = 1000;

/**
 * Holds invocations to a rate: in no second more than so many turns begin. Who comes too early gets a turn of
 * its own later, so that a backlog spreads over time instead of asking again and again.
 */
export class InvocationRate {
  readonly #lines = new Map<string, Line>();

  /** Undefined when the delivery may go ahead, else when its turn comes, epoch milliseconds. */
  turn({ arn, perSecond, deliveryId, now }: RateRequest): number | undefined {
    let line = this.#lines.get(arn);
    if (line?.perSecond !== perSecond) {
      line = new Line(perSecond);
      this.#lines.set(arn, line);
    }
    return line.turn(deliveryId, now);
  }
}

class Line {
  readonly perSecond: number;
  /** The latest turns, the oldest at `#oldest` once there are as many as the rate. */
  readonly #turns: number[] = [];
  #oldest = 0;
  /** The turns of deliveries that wait, in order. */
  readonly #waiting = new Map<string, number>();

  constructor(perSecond: number) {
    this.perSecond = perSecond;
  }

  turn(deliveryId: string, now: number): number | undefined {
    this.#forgetMissed(now);
    const reserved = this.#waiting.get(deliveryId);
    if (reserved !== undefined) {
      if (reserved > now) return reserved;
      this.#waiting.delete(deliveryId);
      return undefined;
    }
    const next = this.#next(now);
    if (next === now) return undefined;
    this.#waiting.set(deliveryId, next);
    return next;
  }

  #next(now: number): number {
    const oldest = this.#turns[this.#oldest];
    const next = oldest === undefined ? now : Math.max(now, oldest + WINDOW_MS);
    this.#turns[this.#oldest] = next;
    this.#oldest = (this.#oldest + 1) % this.perSecond;
    return next;
  }

  /** Who comes long after its turn gets a new one: many who come late together must not go together. */
  #forgetMissed(now: number): void {
    for (const [deliveryId, reserved] of this.#waiting) {
      if (reserved >= now - WINDOW_MS) return;
      this.#waiting.delete(deliveryId);
    }
  }
}
