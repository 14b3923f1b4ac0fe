import type { RetryPolicy } from '../api-model/types.generated.ts';

// With full jitter and this cap, AWS's 185 retries last about as long as its 24 hours.
const FIRST_BACKOFF_MS = 1000;
const LONGEST_BACKOFF_MS = 15 * 60 * 1000;

const DEFAULT_MAXIMUM_RETRY_ATTEMPTS = 185;
const DEFAULT_MAXIMUM_EVENT_AGE_SECONDS = 86_400;

/** AWS's names for what ran out, as a dead-letter message carries them. */
export type ExhaustedRetryCondition = 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';

export type RetryDecision =
  | { readonly kind: 'retry'; readonly dueAt: number }
  | { readonly kind: 'exhausted'; readonly condition: ExhaustedRetryCondition };

/** What is known when an attempt has failed in a way that another may mend. */
export interface FailedAttempt {
  /** Attempts so far, this one included. */
  readonly attempts: number;
  /** Epoch milliseconds; the event's age counts from here. */
  readonly receivedAt: number;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The least wait that the target asked for. */
  readonly retryAfterMs?: number | undefined;
}

/**
 * Whether and when to try again: exponential backoff with full jitter, within the target's retry policy.
 * `random` answers a number from 0 up to 1.
 *
 * AWS page: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
 */
export function decideRetry(
  attempt: FailedAttempt,
  policy: RetryPolicy | undefined,
  random: () => number,
): RetryDecision {
  if (attempt.attempts > maximumRetries(policy))
    return { kind: 'exhausted', condition: 'MaximumRetryAttempts' };

  const ceiling = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (attempt.attempts - 1));
  const dueAt = attempt.now + Math.max(Math.round(random() * ceiling), attempt.retryAfterMs ?? 0);
  return withinAge(dueAt, attempt.receivedAt, policy);
}

/** Whether a delivery may wait for its turn: waiting is no attempt, but the event grows old all the same. */
export function decidePostponement(
  { dueAt, receivedAt }: { readonly dueAt: number; readonly receivedAt: number },
  policy: RetryPolicy | undefined,
): RetryDecision {
  return withinAge(dueAt, receivedAt, policy);
}

/** How often an event may be retried. */
export function maximumRetries(policy: RetryPolicy | undefined): number {
  return policy?.maximumRetryAttempts ?? DEFAULT_MAXIMUM_RETRY_ATTEMPTS;
}

/** How old an event may become and still be retried. */
export function maximumAgeMs(policy: RetryPolicy | undefined): number {
  return (policy?.maximumEventAgeInSeconds ?? DEFAULT_MAXIMUM_EVENT_AGE_SECONDS) * 1000;
}

function withinAge(dueAt: number, receivedAt: number, policy: RetryPolicy | undefined): RetryDecision {
  return dueAt - receivedAt > maximumAgeMs(policy)
    ? { kind: 'exhausted', condition: 'MaximumEventAgeInSeconds' }
    : { kind: 'retry', dueAt };
}
