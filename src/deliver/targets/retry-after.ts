const SECONDS = /^-?\d{1,9}$/;

/**
 * The wait that a Retry-After header asks for, milliseconds; undefined without one that can be read. It has two
 * forms: seconds, or a date, where one in the past asks for no wait. `now` is epoch milliseconds.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (SECONDS.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
