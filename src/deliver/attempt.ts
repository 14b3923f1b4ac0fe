import type { Target } from '../api-model/types.generated.ts';
import type { Clock } from '../domain/clock.ts';
import type { DeliveryError, LeasedDelivery, Settlement } from '../domain/delivery.ts';
import type { Limits } from '../domain/limits.ts';
import type { Log } from '../domain/log.ts';
import type { Timeline } from '../domain/timeline.ts';
import { inBatches } from './batches.ts';
import { CUT_OFF_ERROR, type CutOff } from './cut-off.ts';
import type { DeadLetters } from './dead-letters.ts';
import { inputFor } from './input.ts';
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
  /** What is under way then counts as no attempt: the delivery stays owed as it was. */
  readonly cutOff: CutOff;
  /** A number from 0 up to 1, for jitter. */
  readonly random: () => number;
  readonly deadLetters: DeadLetters;
}

/** How an attempt ended. */
export interface EndedAttempt {
  readonly delivery: LeasedDelivery;
  /** How the target's invocation ended and when it began; undefined when it was not invoked. */
  readonly invocation: { readonly outcome: Outcome; readonly begunAt: number } | undefined;
  /** How the store should settle it, once that is known: a dead letter takes its time. Never rejects. */
  readonly settlement: Promise<Settlement>;
}

/** A delivery that only wants its target to be invoked. */
interface Ready {
  readonly delivery: LeasedDelivery;
  readonly target: Target;
  readonly input: string;
}

/** An attempt that did not deliver. */
interface Failure {
  /** Undefined when it, or its owner, is gone. */
  readonly target: Target | undefined;
  readonly outcome: UndeliveredOutcome;
  /** What the target's template made, where that is not JSON. */
  readonly invalidInput?: string | undefined;
}

/**
 * Makes one attempt of each of these deliveries, all owed to one target, and tells of each as soon as it has ended.
 * What the target's kind takes in one call goes in one call. Resolves when all have ended, and never rejects.
 */
export async function attemptAll(
  deliveries: readonly LeasedDelivery[],
  options: AttemptOptions,
  ended: (attempt: EndedAttempt) => void,
): Promise<void> {
  const ready: Ready[] = [];
  for (const delivery of deliveries) {
    const prepared = prepare(delivery, options);
    if ('input' in prepared) ready.push(prepared);
    else ended({ delivery, invocation: undefined, settlement: prepared });
  }
  const [first] = ready;
  if (first === undefined) return;
  const { targets } = options;
  const limits = ready.length > 1 ? await targets.batchLimits(first.target) : undefined;
  const batches = limits === undefined ? ready.map((each) => [each]) : inBatches(ready, limits);
  if (!targets.isOrdered(first.target)) {
    await Promise.all(batches.map((batch) => attemptBatch(batch, options, ended)));
    return;
  }
  for (const batch of batches) await attemptBatch(batch, options, ended);
}

/**
 * Gives up a delivery that is too old to be attempted again, while its target does not answer; says how the store
 * should settle it. Never rejects.
 */
export function giveUpAged(
  delivery: LeasedDelivery,
  lastError: DeliveryError,
  { deadLetters, findTarget, ...options }: AttemptOptions,
): Promise<Settlement> {
  const { owner, targetId, attempts } = delivery;
  const target = findTarget(owner, targetId);
  const message = `The event grew too old while its target did not answer. ${lastError.message}`;
  const error = { code: lastError.code, message };
  const givenUpFor = { attempts, error, exhausted: 'MaximumEventAgeInSeconds' } as const;
  return deadLetters
    .settle(delivery, deadLetters.waiting(delivery.id) ?? givenUpFor, { target, invalidInput: undefined })
    .catch((defect) => failedByDefect(delivery, defect, options));
}

async function attemptBatch(
  batch: readonly Ready[],
  options: AttemptOptions,
  ended: (attempt: EndedAttempt) => void,
): Promise<void> {
  const begunAt = options.clock.now();
  const outcomes = await invoke(batch, options);
  for (const [index, ready] of batch.entries()) {
    const outcome = outcomes[index] ?? retryable('INTERNAL_ERROR', 'The delivery was left out of its batch.');
    tellTimeline(ready, { outcome, startedAt: begunAt }, options);
    const settlement = conclude(ready, outcome, options);
    ended({ delivery: ready.delivery, invocation: { outcome, begunAt }, settlement });
  }
}

function tellTimeline(
  { delivery, target, input }: Ready,
  { outcome, startedAt }: { readonly outcome: Outcome; readonly startedAt: number },
  { clock, timeline }: AttemptOptions,
): void {
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
}

function invoke(batch: readonly Ready[], options: AttemptOptions): Promise<readonly Outcome[]> {
  const { targets } = options;
  const [first] = batch;
  if (first === undefined) return Promise.resolve([]);
  return withinTimeout(limitOf(batch, options), async (signal) =>
    batch.length > 1
      ? targets.invokeBatch(batch.map((ready) => ({ ...ready, signal })))
      : [await targets.invoke({ ...first, signal })],
  );
}

/** What is needed to invoke the target, or how the delivery ends without that. */
function prepare(delivery: LeasedDelivery, options: AttemptOptions): Ready | Promise<Settlement> {
  const settled = (settlement: Promise<Settlement>) =>
    settlement.catch((defect) => failedByDefect(delivery, defect, options));
  try {
    const prepared = readyOrSettled(delivery, options);
    return 'input' in prepared ? prepared : settled(prepared);
  } catch (defect) {
    return Promise.resolve(failedByDefect(delivery, defect, options));
  }
}

function readyOrSettled(delivery: LeasedDelivery, options: AttemptOptions): Ready | Promise<Settlement> {
  const { id, owner, targetId, event } = delivery;
  const target = options.findTarget(owner, targetId);
  if (target === undefined) {
    const message = `${owner} has no target ${targetId} any more.`;
    return settleFailure(delivery, { target, outcome: permanent('NO_RESOURCE', message) }, options);
  }
  const input = inputFor(target, delivery, options.limits);
  const invalidInput = input.kind === 'none' ? input.invalidInput : undefined;
  const givenUpFor = options.deadLetters.waiting(id);
  if (givenUpFor !== undefined) {
    return options.deadLetters.settle(delivery, givenUpFor, { target, invalidInput });
  }
  if (input.kind === 'text') return { delivery, target, input: input.text };
  if (input.kind === 'nothing') {
    const fields = { eventId: event.id, owner, targetId };
    options.log.info('The input for a target is empty: there is nothing to deliver.', fields);
    options.timeline.settled(delivery, { kind: 'nothing-to-deliver' }, target.arn);
    return Promise.resolve({ id, kind: 'done' });
  }
  const { code, message } = input.error;
  return settleFailure(delivery, { target, outcome: permanent(code, message), invalidInput }, options);
}

function conclude(
  { delivery, target }: Ready,
  outcome: Outcome,
  options: AttemptOptions,
): Promise<Settlement> {
  if (outcome.kind === 'delivered') {
    options.timeline.settled(delivery, { kind: 'delivered' }, target.arn);
    return Promise.resolve({ id: delivery.id, kind: 'done' });
  }
  return settleFailure(delivery, { target, outcome }, options).catch((defect) =>
    failedByDefect(delivery, defect, options),
  );
}

/** A defect of ours ends the delivery where a person can see it: left as it is, it would come back for ever. */
function failedByDefect(
  delivery: LeasedDelivery,
  defect: unknown,
  { log, clock, timeline }: Pick<AttemptOptions, 'log' | 'clock' | 'timeline'>,
): Settlement {
  const { id, attempts, event, owner, targetId } = delivery;
  const text = defect instanceof Error ? (defect.stack ?? defect.message) : String(defect);
  log.error('An attempt failed by a defect.', { eventId: event.id, owner, targetId, error: text });
  const message = defect instanceof Error ? defect.message : String(defect);
  const error = { code: 'INTERNAL_ERROR', message };
  timeline.settled(delivery, { kind: 'failed', error }, undefined);
  return { id, kind: 'failed', failedAt: clock.now(), attempts: attempts + 1, error };
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

function limitOf(
  batch: readonly Ready[],
  { clock, limits, cutOff }: AttemptOptions,
): TimeLimit<readonly Outcome[]> {
  const late = retryable('TIMEOUT', `${batch[0]?.target.arn} did not answer in time.`);
  return {
    clock,
    timeoutMs: limits.invocationTimeoutMs,
    late: batch.map(() => late),
    cutOff: { by: cutOff, answer: batch.map(postponed) },
  };
}

// Due at once, as it was before.
function postponed({ delivery }: Ready): Outcome {
  return { kind: 'postponed', dueAt: delivery.event.receivedAt, error: CUT_OFF_ERROR };
}
