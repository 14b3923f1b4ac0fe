// Measures Busbar: `npm run bench`; `npm run bench -- --help` tells the rest.

import { fileURLToPath } from 'node:url';
import { HELP, readOptions } from './compare-options.ts';
import { measureRounds, type Series, type Tree } from './compare-rounds.ts';
import { compare } from './compare-statistics.ts';
import { comparisonTable, figuresTable } from './compare-table.ts';
import { withTrees } from './compare-worktrees.ts';
import { describeMachine, type Machine, machineText } from './load-machine.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const calledOff = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => calledOff.abort());

try {
  await main();
} catch (error) {
  showProgress('');
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(calledOff.signal.aborted ? 'Called off.\n' : `${message}\n`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { help, refs, output, ...plan } = readOptions(process.argv.slice(2));
  if (help) {
    process.stdout.write(HELP);
    return;
  }
  const machine = describeMachine(plan.setup.dataFolder);
  await withTrees(root, refs, async (trees) => {
    const series = await measureRounds({
      ...plan,
      trees,
      signal: calledOff.signal,
      onProgress: showProgress,
    });
    showProgress('');
    const text = output === 'json' ? jsonReport : tableReport;
    process.stdout.write(`${text({ machine, trees, series })}\n`);
  });
}

interface Report {
  readonly machine: Machine;
  readonly trees: readonly Tree[];
  readonly series: readonly (readonly Series[])[];
}

function tableReport({ machine, trees, series }: Report): string {
  const [first = [], second] = series;
  const table = second === undefined ? figuresTable(first) : comparisonTable(trees, first, second);
  return `${trees.map(({ label }) => label).join(' and ')}\n${machineText(machine)}\n\n${table}`;
}

function jsonReport({ machine, trees, series }: Report): string {
  const [first = [], second] = series;
  const comparison = second?.map((after, index) => {
    const { workload, figure, better } = after;
    return { workload, figure, ...compare(first[index] ?? after, after, better) };
  });
  const labelled = trees.map(({ label }, index) => ({ label, series: series[index] }));
  return JSON.stringify({ machine, trees: labelled, comparison }, null, 2);
}

function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}
