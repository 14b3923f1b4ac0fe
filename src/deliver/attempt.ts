import type { Target } from '../api-model/types.generated.ts';
import type { Clock } from '../domain/clock.ts';
import type { LeasedDelivery, Settlement } from '../domain/delivery.ts';
import type { Limits } from '../domain/limits.ts';
import type { Log } from '../domain/log.ts';
import type { Timeline } from '../domain/timeline.ts';
import type { DeadLetters } from './dead-letters.ts';
import { errorOfInput, inputFor } from './input.ts';
import { decidePostponement, decideRetry, type RetryDecision } from './retry-policy.ts';
import type { Targets } from './targets/index.ts';
import { type Outcome, permanent, retryable, type UndeliveredOutcome } from './targets/target-kind.ts';
import { type TimeLimit, withinTimeout } from './within-timeout.ts';

export interface AttemptOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly timeline: Timeline;
  readonly limits: Limits;
  /** The target as it is configured now; undefined when it, or its owner, is gone. */
  readonly findTarget: (owner: string, targetId: string) => Target | undefined;
  readonly targets: Targets;
  /** A number from 0 up to 1, for jitter. */
  readonly random: () => number;
  readonly deadLetters: DeadLetters;
}

/** An attempt that did not deliver. */
interface Failure {
  /** Undefined when it, or its owner, is gone. */
  readonly target: Target | undefined;
  readonly outcome: UndeliveredOutcome;
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
  const invalidInput = input.kind === 'invalid' ? input.text : undefined;
  const givenUpFor = options.deadLetters.waiting(id);
  if (givenUpFor !== undefined) {
    return options.deadLetters.settle(delivery, givenUpFor, { target, invalidInput });
  }
  if (input.kind === 'nothing') {
    const fields = { eventId: event.id, owner, targetId };
    options.log.info('The input for a target is empty: there is nothing to deliver.', fields);
    options.timeline.settled(delivery, { kind: 'nothing-to-deliver' }, target.arn);
    return { id, kind: 'done' };
  }
  if (input.kind !== 'text') {
    const { code, message } = errorOfInput(input.kind);
    return settleFailure(delivery, { target, outcome: permanent(code, message), invalidInput }, options);
  }
  const outcome = await invoke(delivery, { target, input: input.text }, options);
  if (outcome.kind === 'delivered') {
    options.timeline.settled(delivery, { kind: 'delivered' }, target.arn);
    return { id, kind: 'done' };
  }
  return settleFailure(delivery, { target, outcome }, options);
}

async function invoke(
  delivery: LeasedDelivery,
  { target, input }: { target: Target; input: string },
  options: AttemptOptions,
): Promise<Outcome> {
  const { clock, timeline } = options;
  const startedAt = clock.now();
  const outcome = await withinTimeout(limitOf(target.arn, options), (signal) =>
    options.targets.invoke({ target, input, delivery, signal }),
  );
  timeline.attempted(delivery, {
    number: delivery.attempts + 1,
    targetArn: target.arn,
    startedAt,
    endedAt: clock.now(),
    outcome: outcome.kind,
    inputBytes: Buffer.byteLength(input),
    ...('answer' in outcome ? outcome.answer : undefined),
    error: outcome.kind === 'delivered' ? undefined : outcome.error,
  });
  return outcome;
}

/** Whether and when to try again; undefined when that could not help. */
function decide(
  { attempts, event }: LeasedDelivery,
  { target, outcome }: Failure,
  { clock, random }: AttemptOptions,
): RetryDecision | undefined {
  const { receivedAt } = event;
  switch (outcome.kind) {
    case 'permanent':
      return undefined;
    case 'postponed':
      return decidePostponement({ dueAt: outcome.dueAt, receivedAt }, target?.retryPolicy);
    case 'retryable': {
      const { retryAfterMs } = outcome;
      const failed = { attempts: attempts + 1, receivedAt, now: clock.now(), retryAfterMs };
      return decideRetry(failed, target?.retryPolicy, random);
    }
  }
}

async function settleFailure(
  delivery: LeasedDelivery,
  failure: Failure,
  options: AttemptOptions,
): Promise<Settlement> {
  const { log, deadLetters } = options;
  const { target, outcome, invalidInput } = failure;
  const { id, event, owner, targetId } = delivery;
  const { error } = outcome;
  const attempts = delivery.attempts + (outcome.kind === 'postponed' ? 0 : 1);
  const fields = { eventId: event.id, owner, targetId, attempts, code: error.code };

  const decision = decide(delivery, failure, options);
  if (decision?.kind === 'retry') {
    if (outcome.kind !== 'postponed') {
      log.info(`A delivery failed and is tried again: ${error.message}`, fields);
    }
    const { dueAt } = decision;
    options.timeline.settled(delivery, { kind: 'retrying', dueAt, error }, target?.arn);
    return { id, kind: 'retry', dueAt, attempts, error };
  }

  const givenUpFor = { attempts, error, exhausted: decision?.condition };
  return deadLetters.settle(delivery, givenUpFor, { target, invalidInput });
}

function limitOf(arn: string, { clock, limits }: AttemptOptions): TimeLimit<Outcome> {
  const late = retryable('TIMEOUT', `${arn} did not answer in time.`);
  return { clock, timeoutMs: limits.invocationTimeoutMs, late };
}
