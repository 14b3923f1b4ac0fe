import type { Clock } from '../domain/clock.ts';

// Work that heeds its signal says better what it waited for; it has this long to say so.
const LAST_WORDS_MS = 1000;

export interface TimeLimit<T> {
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** What is answered for work that goes on although it was told to stop. */
  readonly late: T;
}

/**
 * Runs `work` with a signal that aborts when it has taken too long by the handed-in clock. Settles soon after
 * that in any case, so that no work can hold up its caller; what comes of the work later is ignored.
 */
export async function withinTimeout<T>(
  { clock, timeoutMs, late }: TimeLimit<T>,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timeout = new AbortController();
  let callOff: () => void = () => undefined;
  const givenUp = new Promise<T>((resolve) => {
    callOff = clock.at(clock.now() + timeoutMs, () => {
      callOff = clock.at(clock.now() + LAST_WORDS_MS, () => resolve(late));
      timeout.abort();
    });
  });
  try {
    return await Promise.race([work(timeout.signal), givenUp]);
  } finally {
    callOff();
  }
}
