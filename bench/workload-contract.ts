/** A number that a measurement came to. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** What the value counts: `events/s`, `ms` … */
  readonly unit: string;
  readonly better: 'higher' | 'lower';
}

/** What one run of a workload came to. */
export interface Measurement {
  /** The first one is what the workload is about; the others explain it. */
  readonly figures: readonly Figure[];
  /** What a machine can do that does less, in the unit of the first figure, measured in the same run. */
  readonly baselines: readonly Figure[];
}

/** What a run is made with. */
export interface Setup {
  /** Root of the source tree whose code is measured: a folder with `bin/` and `src/`. */
  readonly tree: string;
  /** Times as long as by default; well below 1 it only shows that everything still works. */
  readonly scale: number;
  /** An existing folder for databases. It decides what a sync of the disk costs. */
  readonly dataFolder: string;
  /** An existing folder for CPU profiles of the server, in V8's format; left out, nothing is profiled. */
  readonly profileFolder?: string | undefined;
}

/** A workload that is ready to be measured. */
export interface PreparedRun {
  /** Measures once. Rejects when anything but success came back. */
  measure(): Promise<Measurement>;
  /** Stops every process and removes every file of the run. */
  close(): Promise<void>;
}

/** Something that is measured, each time in a fresh process. */
export interface Workload {
  readonly name: string;
  /** What is measured, in a sentence. */
  readonly about: string;
  /** Makes ready what is not to be measured: events, servers, rules, and warm code. */
  prepare(setup: Setup): Promise<PreparedRun>;
}

/** Throughput, of which more is better. */
export function rate(name: string, unit: string, count: number, seconds: number): Figure {
  return { name, value: count / seconds, unit: `${unit}/s`, better: 'higher' };
}

/** A cost, of which less is better. */
export function cost(name: string, unit: string, value: number): Figure {
  return { name, value, unit, better: 'lower' };
}
