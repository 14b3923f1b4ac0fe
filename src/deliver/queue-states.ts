import type { Target } from '../api-model/types.generated.ts';
import type { LeasedDelivery, OwedDelivery } from '../domain/delivery.ts';
import type { Limits } from '../domain/limits.ts';
import { Breaker, type EndedInvocation, type Pause } from './breaker.ts';
import { maximumAgeMs, maximumRetries } from './retry-policy.ts';

/** What can be seen of a queue, which is all that one target is owed. */
export interface QueueView extends OwedDelivery {
  /** Attempts that have begun and are not settled yet. */
  readonly underWay: number;
  /** Undefined while the target is asked as usual. */
  readonly pause: Pause | undefined;
}

/** A queue that has attempts under way, or a target that failed of late. */
export interface QueueState {
  readonly name: OwedDelivery;
  /** The target that the breaker speaks of. */
  readonly arn: string | undefined;
  readonly breaker: Breaker;
  underWay: number;
  /** Deliveries that are being given up because they are too old. */
  givenUp: number;
  /** When something may be too old, epoch milliseconds; looked at while the target is paused. */
  agedAt: number;
}

export interface QueueStatesOptions {
  readonly limits: Limits;
  readonly random: () => number;
  readonly findTarget: (owner: string, targetId: string) => Target | undefined;
  /** Whether attempts at a target must follow one another. */
  readonly isOrdered: (target: Target) => boolean;
}

// The part of what is free that one queue may have: what many take this way, they never take up.
const PART_OF_FREE = 1 / 4;

// They go one call after the other, and all within one lease.
const ORDERED_AT_ONCE = 40;

// What is kept of a target that failed may outlive it. Beyond this many, those that nothing is under way for begin
// anew.
const MAXIMUM_STATES = 10_000;

/**
 * What the dispatcher knows of queues: only of those with attempts under way or a target that failed of late, so
 * it stays small however many there are and however much they hold.
 */
export class QueueStates {
  readonly #options: QueueStatesOptions;
  readonly #states = new Map<string, QueueState>();
  readonly #untried: Breaker;
  #underWay = 0;

  constructor(options: QueueStatesOptions) {
    this.#options = options;
    this.#untried = new Breaker(options.limits, options.random);
  }

  /** Deliveries in hand, of all queues. */
  get underWay(): number {
    return this.#underWay;
  }

  /** How many more may be taken in hand. */
  get free(): number {
    return Math.max(0, this.#options.limits.concurrentInvocations - this.#underWay);
  }

  /** The queues whose targets are paused. */
  paused(): readonly QueueState[] {
    const paused: QueueState[] = [];
    for (const state of this.#states.values()) {
      if (state.breaker.pause !== undefined && this.#current(state.name) === state) paused.push(state);
    }
    return paused;
  }

  /** Every queue of which there is something to say. */
  views(): readonly QueueView[] {
    this.paused(); // forgets those whose targets are gone
    return [...this.#states.values()].map(({ name, underWay, breaker }) => ({
      ...name,
      underWay,
      pause: breaker.pause,
    }));
  }

  /**
   * How many more attempts of a queue may begin. None has more than a part of what is free, so that one or some
   * tens of targets that hang leave room for the others.
   */
  roomFor(queue: OwedDelivery, now: number): number {
    const state = this.#current(queue);
    if (state === undefined) return Math.min(this.#untried.allowed(now), this.#part);
    const allowed = Math.min(state.breaker.allowed(now), this.#part);
    if (this.#isOrdered(queue)) return state.underWay > 0 ? 0 : Math.min(allowed, ORDERED_AT_ONCE);
    return Math.max(0, allowed - state.underWay);
  }

  /** How many more deliveries of a queue may be given up at once. */
  roomToGiveUp({ givenUp }: QueueState): number {
    const { concurrentInvocationsPerTarget } = this.#options.limits;
    return Math.max(0, Math.min(concurrentInvocationsPerTarget, this.#part) - givenUp);
  }

  /** Attempts of a queue begin. */
  begin(queue: OwedDelivery, count: number): QueueState {
    const state = this.#current(queue) ?? this.#add(queue);
    state.underWay += count;
    this.#underWay += count;
    return state;
  }

  /** Deliveries of a queue are being given up because they are too old. */
  beginGivingUp(state: QueueState, count: number): void {
    state.givenUp += count;
    this.#underWay += count;
  }

  /**
   * How an attempt went, as soon as that is known; undefined when the target was not invoked. Answers whether
   * there may be more room for its queue now.
   */
  record(state: QueueState, delivery: LeasedDelivery, ended: EndedInvocation | undefined): boolean {
    const { breaker } = state;
    const before = breaker.pause;
    if (ended !== undefined && (this.#waitsForPauses(state) || ended.outcome.kind === 'delivered')) {
      breaker.record(ended);
    }
    if (breaker.pause === undefined) return before !== undefined;
    // At every pause the queue is looked through anew: the target's policy may have changed since the last one.
    if (ended !== undefined && breaker.pause !== before) state.agedAt = ended.now;
    // This one was in hand when the queue was looked through.
    const agedAt = delivery.event.receivedAt + this.maximumAgeMs(state) + 1;
    state.agedAt = Math.min(state.agedAt, agedAt);
    return false;
  }

  /** An attempt is settled. */
  end(state: QueueState): void {
    state.underWay -= 1;
    this.#underWay -= 1;
    if (state.underWay === 0 && state.breaker.isUnused) this.#forget(state);
  }

  /** A delivery that was too old is settled. */
  endGivingUp(state: QueueState): void {
    state.givenUp -= 1;
    this.#underWay -= 1;
  }

  /** How old the events of a queue may become, by its target's retry policy. */
  maximumAgeMs({ name }: QueueState): number {
    return maximumAgeMs(this.#targetOf(name)?.retryPolicy);
  }

  /**
   * Whether a pause may hold the queue up. Where few retries are wanted, each delivery soon has all of its attempts
   * and is over: a pause would keep for hours what ends within minutes without one.
   */
  #waitsForPauses({ name }: QueueState): boolean {
    return maximumRetries(this.#targetOf(name)?.retryPolicy) >= this.#options.limits.failuresBeforePause;
  }

  get #part(): number {
    return Math.ceil(this.free * PART_OF_FREE);
  }

  #current(queue: OwedDelivery): QueueState | undefined {
    const state = this.#states.get(keyOf(queue));
    if (state?.breaker.pause === undefined) return state;
    // A target that was replaced begins anew; one that is gone is not asked at all.
    if (this.#targetOf(queue)?.arn === state.arn) return state;
    this.#forget(state);
    return undefined;
  }

  #add({ owner, targetId }: OwedDelivery): QueueState {
    if (this.#states.size >= MAXIMUM_STATES) this.#forgetIdle();
    const name = { owner, targetId };
    const breaker = new Breaker(this.#options.limits, this.#options.random);
    const arn = this.#targetOf(name)?.arn;
    const state = { name, arn, breaker, underWay: 0, givenUp: 0, agedAt: Number.POSITIVE_INFINITY };
    this.#states.set(keyOf(name), state);
    return state;
  }

  #forget(state: QueueState): void {
    const key = keyOf(state.name);
    if (this.#states.get(key) === state) this.#states.delete(key);
  }

  #forgetIdle(): void {
    for (const state of this.#states.values()) {
      if (state.underWay === 0 && state.givenUp === 0) this.#forget(state);
    }
  }

  #targetOf({ owner, targetId }: OwedDelivery): Target | undefined {
    return this.#options.findTarget(owner, targetId);
  }

  #isOrdered(queue: OwedDelivery): boolean {
    const target = this.#targetOf(queue);
    return target !== undefined && this.#options.isOrdered(target);
  }
}

function keyOf({ owner, targetId }: OwedDelivery): string {
  return `${owner}\n${targetId}`;
}
