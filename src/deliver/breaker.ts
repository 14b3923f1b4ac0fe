import type { DeliveryError } from '../domain/delivery.ts';
import type { Limits } from '../domain/limits.ts';
import type { Outcome } from './targets/target-kind.ts';

export type BreakerLimits = Pick<
  Limits,
  'concurrentInvocationsPerTarget' | 'failuresBeforePause' | 'firstPauseMs' | 'longestPauseMs'
>;

/** Why a target is not asked at the moment. */
export interface Pause {
  /** Epoch milliseconds; from then on one attempt at a time finds out whether the target is back. */
  readonly until: number;
  /** Attempts that failed, one after the other. */
  readonly failures: number;
  /** The last of them. */
  readonly error: DeliveryError;
}

/** How an invocation ended. */
export interface EndedInvocation {
  readonly deliveryId: string;
  readonly outcome: Outcome;
  /** Epoch milliseconds. */
  readonly begunAt: number;
  readonly now: number;
}

// The endpoint is away, overloaded or broken; whatever else it says, it is there to say it.
const ENDPOINT_FAULTS = new Set(['CONNECTION_FAILURE', 'SERVER_ERROR', 'THROTTLING', 'TIMEOUT']);

// How many attempts may be under way at once before anything was answered.
const UNTRIED = 10;

/**
 * Keeps a target that does not answer from being asked again and again. After some failures in a row, of the
 * endpoint's own making, it allows one attempt at a time, each after a pause that doubles; the first that is
 * answered ends that. A target that was away, or of which nothing is known yet, is trusted with a few attempts at
 * once, and with twice as many for each that it answers.
 */
export class Breaker {
  readonly #limits: BreakerLimits;
  readonly #random: () => number;
  #failures = 0;
  #lastFailed = '';
  #pauses = 0;
  #openedAt = Number.NEGATIVE_INFINITY;
  #pause: Pause | undefined;
  #trusted = UNTRIED;

  /** `random` answers a number from 0 up to 1. */
  constructor(limits: BreakerLimits, random: () => number) {
    this.#limits = limits;
    this.#random = random;
  }

  /** Undefined while the target is asked as usual. */
  get pause(): Pause | undefined {
    return this.#pause;
  }

  /** Whether it holds nothing that a new one would not. */
  get isUnused(): boolean {
    return this.#failures === 0 && this.#pause === undefined && this.#trusted >= UNTRIED;
  }

  /** How many attempts may be under way at once. */
  allowed(now: number): number {
    const { concurrentInvocationsPerTarget } = this.#limits;
    if (this.#pause === undefined) return Math.min(this.#trusted, concurrentInvocationsPerTarget);
    return now < this.#pause.until ? 0 : 1;
  }

  /** Takes note of an invocation. */
  record({ deliveryId, outcome, begunAt, now }: EndedInvocation): void {
    if (outcome.kind === 'postponed') return;
    if (outcome.kind !== 'retryable' || !ENDPOINT_FAULTS.has(outcome.error.code)) {
      this.#answered();
      return;
    }
    // What was under way already when the target was found to be away says nothing new.
    if (this.#pause !== undefined && begunAt <= this.#openedAt) return;
    // An event that its target can't stomach, tried over and over, says nothing about other events.
    if (this.#pause === undefined && deliveryId === this.#lastFailed) return;
    this.#failures += 1;
    this.#lastFailed = deliveryId;
    if (this.#pause === undefined && this.#failures < this.#limits.failuresBeforePause) return;
    this.#open(outcome, now);
  }

  #open(
    { error, retryAfterMs = 0 }: { error: DeliveryError; retryAfterMs?: number | undefined },
    now: number,
  ) {
    const { firstPauseMs, longestPauseMs } = this.#limits;
    const ceiling = Math.min(longestPauseMs, firstPauseMs * 2 ** this.#pauses);
    // Jitter, but never so much of it that pauses don't grow.
    const pauseMs = Math.round((ceiling * (1 + this.#random())) / 2);
    const until = now + Math.max(pauseMs, Math.min(retryAfterMs, longestPauseMs));
    this.#pause = { until, failures: this.#failures, error };
    this.#openedAt = now;
    this.#pauses += 1;
  }

  #answered(): void {
    if (this.#pause !== undefined) this.#trusted = 1;
    this.#trusted *= 2;
    if (this.#trusted >= this.#limits.concurrentInvocationsPerTarget)
      this.#trusted = Number.POSITIVE_INFINITY;
    this.#failures = 0;
    this.#lastFailed = '';
    this.#pauses = 0;
    this.#pause = undefined;
  }
}
