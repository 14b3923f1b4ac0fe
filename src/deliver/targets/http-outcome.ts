import { EgressRefusal } from '../egress.ts';
import type { HttpAnswer } from '../http-exchange.ts';
import { retryAfterMs } from './retry-after.ts';
import {
  delivered,
  type FailedOutcome,
  type Outcome,
  type PostponedOutcome,
  permanent,
  retryable,
  type TargetAnswer,
} from './target-kind.ts';

const EXCERPT_CHARACTERS = 200;

// What AWS retries for API destinations, beside all of 5xx; other answers will not change by asking again.
const RETRIED_STATUS = new Set([401, 407, 409, 429]);

/** How an answer is read. */
export interface AnswerReading {
  /** Epoch milliseconds, for a Retry-After that is a date. */
  readonly now: number;
  /** Hides secrets that the endpoint sent back. */
  readonly mask?: (text: string) => string;
}

/**
 * What an answer over HTTP means for a delivery, as AWS has it for API destinations. Any 2xx takes the event
 * over; a negative Retry-After asks never to be asked again.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html
 */
export function outcomeOfAnswer(answer: HttpAnswer, { now, mask = (text) => text }: AnswerReading): Outcome {
  // Masked before it is cut: half a secret at the end would pass.
  const excerpt = mask(answer.text).slice(0, EXCERPT_CHARACTERS);
  const said = { status: answer.status, response: excerpt === '' ? undefined : excerpt };
  return { ...outcomeOf(said, retryAfterMs(answer.retryAfter, now)), answer: said };
}

function outcomeOf(
  { status, response }: TargetAnswer,
  waitMs: number | undefined,
): Exclude<Outcome, PostponedOutcome> {
  if (status >= 200 && status < 300) return delivered;
  const message =
    response === undefined
      ? `The endpoint answered ${status}.`
      : `The endpoint answered ${status}: ${response}`;
  if (!RETRIED_STATUS.has(status) && status < 500) return permanent('SDK_CLIENT_ERROR', message);
  const code = status === 429 ? 'THROTTLING' : 'SERVER_ERROR';
  return waitMs !== undefined && waitMs < 0 ? permanent(code, message) : retryable(code, message, waitMs);
}

/** What it means that no answer came. */
export function outcomeOfSilence(
  error: unknown,
  { signal, host, mask = (text) => text }: SilenceReading,
): FailedOutcome {
  if (signal.aborted) return retryable('TIMEOUT', `${host} did not answer in time.`);
  const message = error instanceof Error ? error.message : String(error);
  // What its name leads to next time is nothing to wait for.
  if (error instanceof EgressRefusal) return permanent('NO_PERMISSIONS', mask(message));
  return retryable('CONNECTION_FAILURE', mask(`${host}: ${message}`));
}

interface SilenceReading {
  readonly signal: AbortSignal;
  readonly host: string;
  readonly mask?: (text: string) => string;
}
