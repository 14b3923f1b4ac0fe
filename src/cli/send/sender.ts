import type { BusAnswer } from '../bus/bus-client.ts';
import { faultOf, isRetried } from '../call/service-error.ts';
import { CommandError } from '../errors.ts';
import type { Entry } from './entry.ts';

/** Why an entry did not go. */
export interface Failure {
  readonly index: number;
  readonly code: string;
  readonly message: string;
}

export interface SenderOptions {
  /** Sends the body of one PutEvents. Throws a CommandError when no answer comes. */
  readonly put: (body: string) => Promise<BusAnswer>;
  /** How often an entry is sent at most. */
  readonly attempts: number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Between 0 and 1. */
  readonly random: () => number;
  /** Told of each entry once, when nothing more is done for it. */
  readonly onSettled: (entry: Entry, failure: Failure | undefined) => void;
  readonly onRetry: (entries: number) => void;
}

const LONGEST_PAUSE_MS = 20_000;
const FIRST_PAUSE_MS = 100;
// What the bus says of an entry that may go at another time.
const PASSING = /^(Internal|Throttl|ServiceUnavailable|RequestTimeout|TooManyRequests|LimitExceeded)/;

/** Sends batches of entries: of an answer with failed entries those alone are sent again, after a pause that grows. */
export class Sender {
  readonly #options: SenderOptions;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /** Resolves when every entry is settled. Rejects with what is neither the bus's doing nor the network's. */
  async send(batch: readonly Entry[]): Promise<void> {
    const { attempts, onRetry, onSettled, sleep } = this.#options;
    let entries = batch;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.#tryOnce(entries);
      const again: Entry[] = [];
      for (const [place, entry] of entries.entries()) {
        const problem = outcome(place);
        if (problem?.mayPass === true && attempt < attempts) again.push(entry);
        else
          onSettled(entry, problem && { index: entry.index, code: problem.code, message: problem.message });
      }
      if (again.length === 0) return;
      onRetry(again.length);
      entries = again;
      await sleep(this.#pause(attempt));
    }
  }

  // Full jitter would let some go at once; half of it keeps the pause a pause.
  #pause(attempt: number): number {
    const longest = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
    return longest * (0.5 + this.#options.random() / 2);
  }

  async #tryOnce(entries: readonly Entry[]): Promise<(place: number) => Problem | undefined> {
    let answer: BusAnswer;
    try {
      answer = await this.#options.put(`{"Entries":[${entries.map(({ json }) => json).join(',')}]}`);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      return () => ({ code: error.code, message: error.message, mayPass: true });
    }
    if (answer.status < 300) return entryProblems(answer.body, entries.length);
    const fault = faultOf({ ...answer, headers: {} });
    const mayPass = isRetried(answer.status, fault);
    if (mayPass || entries.length === 1) return () => ({ ...fault, mayPass });
    // One of them is why all were refused: each is asked for by itself.
    const alone = await Promise.all(entries.map((entry) => this.#tryOnce([entry])));
    return (place) => alone[place]?.(0);
  }
}

interface Problem {
  readonly code: string;
  readonly message: string;
  readonly mayPass: boolean;
}

interface PutEventsAnswer {
  readonly FailedEntryCount?: number;
  readonly Entries?: readonly { readonly ErrorCode?: string; readonly ErrorMessage?: string }[];
}

function entryProblems(body: string, count: number): (place: number) => Problem | undefined {
  let answer: PutEventsAnswer;
  try {
    answer = JSON.parse(body) as PutEventsAnswer;
  } catch {
    return () => ({ code: 'UnreadableAnswer', message: 'The answer is not JSON.', mayPass: false });
  }
  const { Entries: results = [] } = answer;
  if (results.length !== count) {
    return () => ({
      code: 'UnreadableAnswer',
      message: `The answer tells of ${results.length} entries, not of ${count}.`,
      mayPass: false,
    });
  }
  if (answer.FailedEntryCount === 0) return () => undefined;
  return (place) => {
    const { ErrorCode: code, ErrorMessage: message = '' } = results[place] ?? {};
    return code === undefined ? undefined : { code, message, mayPass: PASSING.test(code) };
  };
}
