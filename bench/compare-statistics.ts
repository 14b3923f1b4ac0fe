/** The middle of several measurements, and how far apart they were. */
export interface Summary {
  readonly median: number;
  /** From the first quartile to the third: the width of the middle half. */
  readonly spread: number;
}

/** Sums up at least one measurement. */
export function summarize(values: readonly number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: quantile(sorted, 0.5), spread: quantile(sorted, 0.75) - quantile(sorted, 0.25) };
}

// Between two measurements the quantile lies in proportion.
function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? Number.NaN;
  return low + (high - low) * (place - Math.floor(place));
}

/** How a second series of measurements stands to a first one. */
export interface Comparison {
  /** Second median by first. */
  readonly ratio: number;
  /** `noise`: the medians are no further apart than the wider of the two spreads. */
  readonly verdict: 'better' | 'worse' | 'noise';
}

/** Compares two series of the same figure. */
export function compare(first: Summary, second: Summary, better: 'higher' | 'lower'): Comparison {
  const difference = second.median - first.median;
  const ratio = second.median / first.median;
  if (Math.abs(difference) <= Math.max(first.spread, second.spread)) return { ratio, verdict: 'noise' };
  return { ratio, verdict: difference > 0 === (better === 'higher') ? 'better' : 'worse' };
}
