import type { Clock } from '../domain/clock.ts';

/** Runs `work` with a signal that aborts when it has taken too long by the handed-in clock. */
export async function withinTimeout<T>(
  { clock, timeoutMs }: { readonly clock: Clock; readonly timeoutMs: number },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timeout = new AbortController();
  const callOff = clock.at(clock.now() + timeoutMs, () => timeout.abort());
  try {
    return await work(timeout.signal);
  } finally {
    callOff();
  }
}
