const UNIT_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

const LARGEST_VALUE = 2 ** 31 - 1;

// The last instant that a Date can hold: nothing is scheduled beyond it.
const LAST_INSTANT = 8.64e15;

/** A period that is counted from the moment in which a rule is created or enabled. */
export interface Rate {
  readonly kind: 'rate';
  readonly periodMs: number;
}

/**
 * Reads `rate(5 minutes)`; undefined when the text is no rate. The unit is singular exactly for 1.
 * AWS page: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rate-expressions.html
 */
export function parseRate(text: string): Rate | undefined {
  const [, digits, unit, plural] = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(text) ?? [];
  if (digits === undefined || (unit !== 'minute' && unit !== 'hour' && unit !== 'day')) return undefined;
  const value = Number(digits);
  if (value < 1 || value > LARGEST_VALUE || (plural === 's') !== value > 1) return undefined;
  return { kind: 'rate', periodMs: value * UNIT_MS[unit] };
}

/** The first of `from`, `from` + one period, `from` + two … that lies after `after`; all epoch milliseconds. */
export function nextOfRate({ periodMs }: Rate, from: number, after: number): number | undefined {
  const periods = Math.max(0, Math.floor((after - from) / periodMs) + 1);
  const tick = from + periods * periodMs;
  return tick > LAST_INSTANT ? undefined : tick;
}
