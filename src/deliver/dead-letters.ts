import type { Target } from '../api-model/types.generated.ts';
import type { Clock } from '../domain/clock.ts';
import type { DeliveryError, LeasedDelivery, Settlement } from '../domain/delivery.ts';
import type { Limits } from '../domain/limits.ts';
import type { Log } from '../domain/log.ts';
import type { Timeline } from '../domain/timeline.ts';
import { CUT_OFF_ERROR, type CutOff } from './cut-off.ts';
import { sendToDeadLetterQueue } from './dead-letter.ts';
import { decideRetry, type ExhaustedRetryCondition } from './retry-policy.ts';
import type { Targets } from './targets/index.ts';
import { type Outcome, retryable } from './targets/target-kind.ts';
import { withinTimeout } from './within-timeout.ts';

export interface DeadLettersOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly timeline: Timeline;
  readonly limits: Limits;
  readonly targets: Targets;
  /** A queue that has not answered by then is not waited for. */
  readonly cutOff: CutOff;
  /** A number from 0 up to 1, for jitter. */
  readonly random: () => number;
}

/** Why a delivery was given up. */
export interface GivenUpFor {
  /** Attempts in all; 0 when the target's turn never came. */
  readonly attempts: number;
  readonly error: DeliveryError;
  /** What ran out; undefined when the error was permanent. */
  readonly exhausted: ExhaustedRetryCondition | undefined;
}

/** Where a delivery that was given up could go. */
interface Destination {
  /** As it is configured now; undefined when it, or its owner, is gone. */
  readonly target: Target | undefined;
  /** What the target's template made, where that is not JSON. */
  readonly invalidInput: string | undefined;
}

interface Waiting extends GivenUpFor {
  readonly triesSoFar: number;
}

// With the usual backoff about two minutes, should nothing else be said.
const RETRIES = 8;

// What waits is kept in memory; beyond this nothing more does, and ends as failed at once.
const MAXIMUM_WAITING = 10_000;

/**
 * The end of what is given up: the dead-letter queue where there is one, else it is kept as failed. A queue that
 * does not answer is tried again, as a retry of the delivery. Meanwhile it is remembered here, and in memory
 * only, that the target's last turn is over: after a restart the target is invoked once more.
 */
export class DeadLetters {
  readonly #options: DeadLettersOptions;
  readonly #waiting = new Map<string, Waiting>();

  constructor(options: DeadLettersOptions) {
    this.#options = options;
  }

  /** Why the delivery was given up, when it waits for its dead-letter queue. */
  waiting(deliveryId: string): GivenUpFor | undefined {
    return this.#waiting.get(deliveryId);
  }

  /** Sends a delivery that was given up to its dead-letter queue and says how to settle it. Never rejects. */
  async settle(
    delivery: LeasedDelivery,
    givenUpFor: GivenUpFor,
    destination: Destination,
  ): Promise<Settlement> {
    const { id, event, owner, targetId } = delivery;
    const { attempts, error } = givenUpFor;
    const { log, clock, timeline } = this.#options;
    const { target } = destination;
    const triesSoFar = this.#waiting.get(id)?.triesSoFar ?? 0;
    this.#waiting.delete(id);
    const fields = { eventId: event.id, owner, targetId, attempts, code: error.code };
    if (triesSoFar === 0) log.warn(`A delivery is given up: ${error.message}`, fields);

    const sent = await this.#send(delivery, givenUpFor, destination);
    if (sent === undefined) {
      timeline.settled(delivery, { kind: 'failed', error }, target?.arn);
      return { id, kind: 'failed', failedAt: clock.now(), attempts, error };
    }
    if (sent.kind === 'delivered') {
      const queueArn = target?.deadLetterConfig?.arn ?? '';
      timeline.settled(delivery, { kind: 'dead-lettered', queueArn, error }, target?.arn);
      return { id, kind: 'done' };
    }

    const message = `${error.message} The dead-letter queue did not take the event either: ${sent.error.message}`;
    const both = { code: error.code, message };
    const dueAt = sent.kind === 'retryable' ? this.#nextTry(triesSoFar + 1) : undefined;
    if (dueAt !== undefined && this.#waiting.size < MAXIMUM_WAITING) {
      this.#waiting.set(id, { ...givenUpFor, triesSoFar: triesSoFar + 1 });
      log.info(message, fields);
      timeline.settled(delivery, { kind: 'retrying', dueAt, error: both }, target?.arn);
      return { id, kind: 'retry', dueAt, attempts, error: both };
    }
    log.error(message, fields);
    timeline.settled(delivery, { kind: 'failed', error: both }, target?.arn);
    return { id, kind: 'failed', failedAt: clock.now(), attempts, error: both };
  }

  /** Undefined when there is no queue to send it to. */
  async #send(
    delivery: LeasedDelivery,
    { attempts, error, exhausted }: GivenUpFor,
    { target, invalidInput }: Destination,
  ): Promise<Outcome | undefined> {
    const queueArn = target?.deadLetterConfig?.arn;
    if (target === undefined || queueArn === undefined) return undefined;
    const { clock, limits, targets, cutOff } = this.#options;
    const limit = {
      clock,
      timeoutMs: limits.invocationTimeoutMs,
      late: retryable('TIMEOUT', `${queueArn} did not answer in time.`),
      cutOff: { by: cutOff, answer: retryable(CUT_OFF_ERROR.code, CUT_OFF_ERROR.message) },
    };
    return withinTimeout<Outcome>(limit, (signal) =>
      sendToDeadLetterQueue(
        { delivery, target, queueArn, attempts, error, exhausted, invalidInput, signal },
        targets,
      ),
    );
  }

  /** When to try the queue again, which has failed that often; undefined when that was enough. */
  #nextTry(attempts: number): number | undefined {
    const { clock, random } = this.#options;
    const now = clock.now();
    const decision = decideRetry(
      { attempts, receivedAt: now, now },
      { maximumRetryAttempts: RETRIES },
      random,
    );
    return decision.kind === 'retry' ? decision.dueAt : undefined;
  }
}
