const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Milliseconds, or text as `500ms`, `30s`, `15m`, `24h`, `7d`, `1h30m`. */
export type Duration = number | string;

/** The duration in milliseconds. Throws RangeError for one that can't be read, or is negative. */
export function milliseconds(duration: Duration): number {
  if (typeof duration === 'number') {
    if (Number.isFinite(duration) && duration >= 0) return duration;
    throw notOne(duration);
  }
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d)\s*)+$/.test(duration)) throw notOne(duration);
  let sum = 0;
  for (const [, amount = '', unit = ''] of duration.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
    sum += Number(amount) * (UNITS[unit] ?? Number.NaN);
  }
  return sum;
}

function notOne(duration: Duration): RangeError {
  return new RangeError(
    `${JSON.stringify(duration)} is no duration: milliseconds, or text such as 500ms, 30s, 15m, 24h, 7d or 1h30m.`,
  );
}
