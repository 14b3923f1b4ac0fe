import type { Clock } from '../domain/clock.ts';

/** Runs `work` with a signal that aborts when it has taken too long by the handed-in clock. */
export async function withinTimeout<T>(
  { clock, timeoutMs }: { readonly clock: Clock; readonly timeoutMs: number },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timeout = new AbortController();
  const finished = new AbortController();
  void clock.sleepUntil(clock.now() + timeoutMs, finished.signal).then(() => timeout.abort());
  try {
    return await work(timeout.signal);
  } finally {
    finished.abort();
  }
}
