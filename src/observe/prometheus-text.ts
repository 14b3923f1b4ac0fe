import type { Histogram } from './histogram.ts';

/** One label with a value for each of what it may say. */
type Labelled = Readonly<Record<string, Readonly<Record<string, number>>>>;

/**
 * A counter in Prometheus' text format, alone or by a label. None of the labels here needs escaping.
 * https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function counter(name: string, help: string, value: number | Labelled): string {
  return heading(name, help, 'counter') + samples(name, value);
}

/** A gauge in the same format. */
export function gauge(name: string, help: string, value: number): string {
  return heading(name, help, 'gauge') + samples(name, value);
}

/** A histogram in the same format. */
export function histogram(name: string, help: string, values: Histogram): string {
  const buckets = values.buckets().map(([bound, count]) => `${name}_bucket{le="${bound}"} ${count}\n`);
  return `${heading(name, help, 'histogram')}${buckets.join('')}${name}_bucket{le="+Inf"} ${values.count}\n${name}_sum ${values.sum}\n${name}_count ${values.count}\n`;
}

function heading(name: string, help: string, type: string): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
}

function samples(name: string, value: number | Labelled): string {
  if (typeof value === 'number') return `${name} ${value}\n`;
  return Object.entries(value)
    .flatMap(([label, counts]) =>
      Object.entries(counts).map(([says, count]) => `${name}{${label}="${says}"} ${count}\n`),
    )
    .join('');
}
