import type { Target } from '../api-model/types.generated.ts';
import type { Clock } from '../domain/clock.ts';
import type { LeasedDelivery, Settlement } from '../domain/delivery.ts';
import type { Limits } from '../domain/limits.ts';
import type { Log } from '../domain/log.ts';
import { sendToDeadLetterQueue } from './dead-letter.ts';
import { errorOfInput, inputFor } from './input.ts';
import { decideRetry } from './retry-policy.ts';
import type { Targets } from './targets/index.ts';
import { type FailedOutcome, type Outcome, permanent } from './targets/target-kind.ts';

export interface AttemptOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: Limits;
  /** The target as it is configured now; undefined when it, or its owner, is gone. */
  readonly findTarget: (owner: string, targetId: string) => Target | undefined;
  readonly targets: Targets;
  /** A number from 0 up to 1, for jitter. */
  readonly random: () => number;
}

/** An attempt that did not deliver. */
interface Failure {
  /** Undefined when it, or its owner, is gone. */
  readonly target: Target | undefined;
  readonly outcome: FailedOutcome;
  /** What the target's template made, where that is not JSON. */
  readonly invalidInput?: string | undefined;
}

/** Makes one attempt of a delivery and says how the store should settle it. Never rejects. */
export async function attempt(delivery: LeasedDelivery, options: AttemptOptions): Promise<Settlement> {
  const { id, owner, targetId, event } = delivery;
  const target = options.findTarget(owner, targetId);
  if (target === undefined) {
    const message = `${owner} has no target ${targetId} any more.`;
    return settleFailure(delivery, { target, outcome: permanent('NO_RESOURCE', message) }, options);
  }
  const input = inputFor(target, delivery);
  if (input.kind === 'nothing') {
    const fields = { eventId: event.id, owner, targetId };
    options.log.info('The input for a target is empty: there is nothing to deliver.', fields);
    return { id, kind: 'delivered' };
  }
  if (input.kind !== 'text') {
    const { code, message } = errorOfInput(input.kind);
    const invalidInput = input.kind === 'invalid' ? input.text : undefined;
    return settleFailure(delivery, { target, outcome: permanent(code, message), invalidInput }, options);
  }
  const outcome = await invoke(delivery, { target, input: input.text }, options);
  if (outcome.kind === 'delivered') return { id, kind: 'delivered' };
  return settleFailure(delivery, { target, outcome }, options);
}

function invoke(
  { event, attempts }: LeasedDelivery,
  { target, input }: { target: Target; input: string },
  options: AttemptOptions,
): Promise<Outcome> {
  return withinTimeout(options, (signal) =>
    options.targets.invoke({ target, input, eventId: event.id, attempt: attempts + 1, signal }),
  );
}

async function settleFailure(
  delivery: LeasedDelivery,
  { target, outcome, invalidInput }: Failure,
  options: AttemptOptions,
): Promise<Settlement> {
  const { clock, log, random, targets } = options;
  const { id, event, owner, targetId } = delivery;
  const { error } = outcome;
  const attempts = delivery.attempts + 1;
  const now = clock.now();
  const fields = { eventId: event.id, owner, targetId, attempts, code: error.code };

  const failed = { attempts, receivedAt: event.receivedAt, now };
  const decision =
    outcome.kind === 'retryable'
      ? decideRetry({ ...failed, retryAfterMs: outcome.retryAfterMs }, target?.retryPolicy, random)
      : undefined;
  if (decision?.kind === 'retry') {
    log.info(`A delivery failed and is tried again: ${error.message}`, fields);
    return { id, kind: 'retry', dueAt: decision.dueAt, attempts, error };
  }

  log.warn(`A delivery is given up: ${error.message}`, fields);
  const queueArn = target?.deadLetterConfig?.arn;
  if (target === undefined || queueArn === undefined)
    return { id, kind: 'failed', failedAt: now, attempts, error };

  const exhausted = decision?.condition;
  const sent = await withinTimeout(options, (signal) =>
    sendToDeadLetterQueue(
      { delivery, target, queueArn, attempts, error, exhausted, invalidInput, signal },
      targets,
    ),
  );
  if (sent.kind === 'delivered') return { id, kind: 'delivered' };
  const message = `${error.message} The dead-letter queue did not take the event either: ${sent.error.message}`;
  log.error(message, fields);
  return { id, kind: 'failed', failedAt: now, attempts, error: { code: error.code, message } };
}

/** Runs `work` with a signal that aborts when an invocation has taken too long by the handed-in clock. */
async function withinTimeout<T>(
  { clock, limits }: AttemptOptions,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timeout = new AbortController();
  const finished = new AbortController();
  const until = clock.now() + limits.invocationTimeoutMs;
  void clock.sleepUntil(until, finished.signal).then(() => timeout.abort());
  try {
    return await work(timeout.signal);
  } finally {
    finished.abort();
  }
}
