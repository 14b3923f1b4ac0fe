import type { Clock } from '../domain/clock.ts';
import type { CutOff } from './cut-off.ts';

// Work that heeds its signal says better what it waited for; it has this long to say so.
const LAST_WORDS_MS = 1000;

/** How long work is waited for, and what is answered for work that was not. */
export interface TimeLimit<T> {
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** What is answered for work that goes on although it was told to stop. */
  readonly late: T;
  /** What may end the work before its time, and what is answered for work that it ends. */
  readonly cutOff?: { readonly by: CutOff; readonly answer: T };
}

/**
 * Runs `work` with a signal that aborts when it has taken too long by the handed-in clock. Settles soon after
 * that in any case, so that no work can hold up its caller; what comes of the work later is ignored. Settles at once
 * when the work is cut off, which aborts the signal too; work that is cut off already does not begin.
 */
export async function withinTimeout<T>(
  { clock, timeoutMs, late, cutOff }: TimeLimit<T>,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (cutOff?.by.isOver) return cutOff.answer;
  const timeout = new AbortController();
  let callOff: () => void = () => undefined;
  let leave: (() => void) | undefined;
  const givenUp = new Promise<T>((resolve) => {
    callOff = clock.at(clock.now() + timeoutMs, () => {
      callOff = clock.at(clock.now() + LAST_WORDS_MS, () => resolve(late));
      timeout.abort();
    });
    leave = cutOff?.by.add(() => {
      // First the answer: work that heeds its signal would give another one.
      resolve(cutOff.answer);
      timeout.abort();
    });
  });
  try {
    return await Promise.race([work(timeout.signal), givenUp]);
  } finally {
    callOff();
    leave?.();
  }
}
