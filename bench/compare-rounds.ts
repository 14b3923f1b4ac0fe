import { type Summary, summarize } from './compare-statistics.ts';
import type { Figure, Measurement, Setup, Workload } from './workload-contract.ts';
import { measureInProcess } from './workload-process.ts';

/** A source tree that is measured. */
export interface Tree {
  /** For people: a ref, or that it is the working tree. */
  readonly label: string;
  readonly root: string;
}

/** One figure over all rounds. */
export interface Series extends Summary {
  readonly workload: string;
  readonly figure: string;
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  /** What this figure is a multiple of: for a baseline, the workload's first median by its own. */
  readonly ratio?: number;
  /** In the order of the rounds. */
  readonly values: readonly number[];
}

/** What to measure. */
export interface Plan {
  readonly trees: readonly Tree[];
  readonly workloads: readonly Workload[];
  readonly rounds: number;
  readonly setup: Omit<Setup, 'tree'>;
  readonly signal: AbortSignal;
  readonly onProgress: (text: string) => void;
}

/** Measures every workload of every tree in each round; answers the series of each tree, in their order. */
export async function measureRounds(plan: Plan): Promise<readonly (readonly Series[])[]> {
  const measured = plan.trees.map(() => plan.workloads.map((): Measurement[] => []));
  for (let round = 0; round < plan.rounds; round++) {
    for (const [index, workload] of plan.workloads.entries()) {
      // Reversed each round, so that neither tree always runs on the machine that the other left behind.
      const turns = [...plan.trees.entries()];
      for (const [place, tree] of round % 2 === 0 ? turns : turns.reverse()) {
        plan.onProgress(`round ${round + 1} of ${plan.rounds}: ${workload.name}, ${tree.label}`);
        const setup = { ...plan.setup, tree: tree.root };
        const measurement = await measureInProcess(workload.name, setup, plan.signal);
        measured[place]?.[index]?.push(measurement);
      }
    }
  }
  return measured.map((ofTree) =>
    ofTree.flatMap((runs, index) => seriesOf(plan.workloads[index]?.name ?? '', runs)),
  );
}

function seriesOf(workload: string, runs: readonly Measurement[]): Series[] {
  const gather = (figuresOf: (run: Measurement) => readonly Figure[]): Series[] =>
    (runs[0] === undefined ? [] : figuresOf(runs[0])).map(({ name, unit, better }, index) => {
      const values = runs.map((run) => figuresOf(run)[index]?.value ?? Number.NaN);
      return { workload, figure: name, unit, better, values, ...summarize(values) };
    });
  const figures = gather((run) => run.figures);
  const [first] = figures;
  const baselines = gather((run) => run.baselines).map((baseline) => ({
    ...baseline,
    ratio: (first?.median ?? Number.NaN) / baseline.median,
  }));
  return [...figures, ...baselines];
}
