import { pause } from '../stoppable.ts';
import { webhookHeaders } from './webhook-signature.ts';

/** How events are sent on. */
export interface Forwarding {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** How long one attempt may take. */
  readonly timeoutMs: number;
  /** How often an event is tried again at most. */
  readonly retries: number;
  /** What requests are signed with; undefined sends them without a signature. */
  readonly key: Uint8Array | undefined;
  /** Between 0 and 1: how much of a pause's length is waited. */
  readonly random: () => number;
  /** Ends what is under way. */
  readonly stop: AbortSignal;
  /** Is told of each attempt that will be followed by another one. */
  readonly onRetry: (said: string, waitMs: number) => void;
}

/** What became of an event that was sent on. */
export interface Forwarded {
  readonly isTaken: boolean;
  /** The status, or why there is none. */
  readonly said: string;
  /** Of the last attempt. */
  readonly durationMs: number;
  readonly attempts: number;
}

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 20_000;
const LONGEST_RETRY_AFTER_MS = 60_000;

/**
 * Posts an event until the other side takes it: no answer, 429 and 5xx are worth another attempt, after a random part
 * of 1, 2, 4 … at most 20 seconds, or after what `Retry-After` says, up to a minute. Undefined when it was stopped
 * before there was an answer. Never throws.
 */
export async function forward(
  event: { readonly id: string; readonly body: string },
  forwarding: Forwarding,
): Promise<Forwarded | undefined> {
  const { retries, random, stop, onRetry } = forwarding;
  for (let attempts = 1; ; attempts += 1) {
    const attempt = await post(event, forwarding);
    if (stop.aborted && attempt.status === undefined) return undefined;
    const { said, durationMs } = attempt;
    const isTaken = attempt.status !== undefined && attempt.status >= 200 && attempt.status < 300;
    if (isTaken || !isPassing(attempt.status) || attempts > retries) {
      return { isTaken, said, durationMs, attempts };
    }
    const backoffMs = random() * Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS);
    const waitMs = attempt.retryAfterMs ?? backoffMs;
    onRetry(said, waitMs);
    await pause(waitMs, stop);
    if (stop.aborted) return undefined;
  }
}

interface Attempt {
  /** Undefined when no answer came. */
  readonly status: number | undefined;
  readonly said: string;
  readonly durationMs: number;
  readonly retryAfterMs: number | undefined;
}

async function post(
  { id, body }: { readonly id: string; readonly body: string },
  { url, headers, timeoutMs, key, stop }: Forwarding,
): Promise<Attempt> {
  const started = performance.now();
  const durationMs = () => Math.round(performance.now() - started);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...webhookHeaders({ id, body, now: Date.now() }, key),
        ...headers,
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([stop, AbortSignal.timeout(timeoutMs)]),
    });
    await response.arrayBuffer();
    const { status, statusText } = response;
    const said = `${status} ${statusText}`.trim();
    return { status, said, durationMs: durationMs(), retryAfterMs: retryAfterMs(response.headers) };
  } catch (error) {
    return { status: undefined, said: reasonOf(error), durationMs: durationMs(), retryAfterMs: undefined };
  }
}

function isPassing(status: number | undefined): boolean {
  return status === undefined || status === 429 || status >= 500;
}

// Seconds, or a date.
function retryAfterMs(headers: Headers): number | undefined {
  const text = headers.get('retry-after');
  if (text === null) return undefined;
  const waitMs = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isNaN(waitMs) ? undefined : Math.max(0, Math.min(waitMs, LONGEST_RETRY_AFTER_MS));
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no answer in time';
  const { cause } = error;
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return cause.errors[0].message;
  return cause instanceof Error ? cause.message || cause.name : error.message;
}
