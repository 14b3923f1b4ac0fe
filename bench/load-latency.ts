import { cost, type Figure } from './workload-contract.ts';

/** The value below which that share of the numbers lies; NaN of none. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** What half of the requests stay below, and what all but one of a hundred do; from milliseconds. */
export function latencyFigures(latencies: readonly number[], name = 'latency'): Figure[] {
  return [
    cost(`${name} p50`, 'ms', percentile(latencies, 0.5)),
    cost(`${name} p99`, 'ms', percentile(latencies, 0.99)),
  ];
}

/** The server's CPU time for each of `count`: steadier than the throughput where other programs run too. */
export function cpuFigures(seconds: number | undefined, count: number, unit: string): Figure[] {
  if (seconds === undefined) return [];
  return [cost('server CPU', `µs/${unit}`, (seconds * 1e6) / count)];
}
