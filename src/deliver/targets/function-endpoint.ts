import type { Clock } from '../../domain/clock.ts';
import type { HttpAnswer } from '../http-exchange.ts';
import { outcomeOfAnswer } from './http-outcome.ts';
import { type Invocation, type Outcome, retryable } from './target-kind.ts';

const PATH = '/2015-03-31/functions/function/invocations';

/** Whether a URL is where the runtime interface emulator of Lambda has its function. */
export function isFunctionEndpoint(url: string): boolean {
  return new URL(url).pathname === PATH;
}

export interface FunctionEndpointOptions {
  readonly clock: Clock;
  /** Sends the input of an invocation. Rejects when no answer came. */
  readonly send: (invocation: Invocation) => Promise<HttpAnswer>;
}

// Less than an invocation may take, so that the function has time left when the turn comes late.
const WAIT_FOR_TURN_MS = 1000;

/**
 * Functions behind Lambda's runtime interface emulator, which has one of them run once at a time, answers 400 to
 * whoever comes meanwhile, and 200 when the function failed. So they are invoked one after the other, and what
 * their answers say is looked at. Rejects when no answer came.
 * https://github.com/aws/aws-lambda-runtime-interface-emulator
 */
export function createFunctionEndpoint({ clock, send }: FunctionEndpointOptions) {
  const turns = new Turns(clock);
  return async (invocation: Invocation): Promise<Outcome> => {
    const url = invocation.target.arn;
    if (!(await turns.take(url))) {
      const error = { code: 'THROTTLING', message: `The function at ${url} is busy.` };
      return { kind: 'postponed', dueAt: clock.now() + WAIT_FOR_TURN_MS, error };
    }
    try {
      return outcomeOf(await send(invocation), clock.now());
    } finally {
      turns.pass(url);
    }
  };
}

function outcomeOf(said: HttpAnswer, now: number): Outcome {
  const { status, text } = said;
  const plain = outcomeOfAnswer(said, { now });
  const answer = 'answer' in plain ? plain.answer : undefined;
  if (status === 400 && text === '') return { ...retryable('THROTTLING', 'The function is busy.'), answer };
  if (status !== 200) return plain;
  if (/^Task timed out after [\d.]+ seconds$/.test(text)) return { ...retryable('TIMEOUT', text), answer };
  const failure = failureOf(text);
  return failure === undefined ? plain : { ...retryable('FUNCTION_ERROR', failure), answer };
}

/** What a function that failed says of it: every runtime writes these two members. */
function failureOf(text: string): string | undefined {
  if (!text.startsWith('{') || !text.includes('"errorType"')) return undefined;
  try {
    const { errorType, errorMessage } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const isFailure = typeof errorType === 'string' && typeof errorMessage === 'string';
    return isFailure ? `${errorType}: ${errorMessage}` : undefined;
  } catch {
    return undefined; // not JSON after all, or cut because it was so long: something that the function made
  }
}

/** Lets one at a time have each place, the others in the order of their coming. */
class Turns {
  readonly #clock: Clock;
  /** Who waits for each place that is taken. */
  readonly #waiting = new Map<string, Set<() => void>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** True when the place is the caller's, who must pass it on; false when that took too long. */
  take(place: string): Promise<boolean> {
    const line = this.#waiting.get(place);
    if (line === undefined) {
      this.#waiting.set(place, new Set());
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const begin = () => {
        callOff();
        resolve(true);
      };
      const callOff = this.#clock.at(this.#clock.now() + WAIT_FOR_TURN_MS, () => {
        line.delete(begin);
        resolve(false);
      });
      line.add(begin);
    });
  }

  pass(place: string): void {
    const line = this.#waiting.get(place);
    const [next] = line ?? [];
    if (next === undefined) {
      this.#waiting.delete(place);
      return;
    }
    line?.delete(next);
    next();
  }
}
