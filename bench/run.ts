// Measures Busbar: `npm run bench`, `npm run bench -- --help`.

import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measureRounds, type Plan, type Series, type Tree } from './compare-rounds.ts';
import { compare } from './compare-statistics.ts';
import { comparisonTable, figuresTable } from './compare-table.ts';
import { withWorktrees } from './compare-worktrees.ts';
import { describeMachine, machineText } from './load-machine.ts';
import { workloads } from './workload-list.ts';

const ROUNDS = 3;
const ROUNDS_OF_COMPARISON = 7;
const root = fileURLToPath(new URL('..', import.meta.url));
const workingTree: Tree = { label: 'working tree', root };

const HELP = `Usage: npm run bench -- [workload…] [options]
       npm run bench -- --compare REF [REF2] [workload…] [options]

Runs workloads, each time in fresh processes, and shows medians with their spread (the width of the middle
half). With --compare two git refs take turns, REF2 being the working tree unless it is named, and a
difference no wider than the spread is called noise.

Workloads:
${workloads.map(({ name, about }) => `  ${name.padEnd(12)}${about}`).join('\n')}

Options:
  --rounds N       how often (default ${ROUNDS}, with --compare ${ROUNDS_OF_COMPARISON})
  --scale X        so many times as long (default 1)
  --data FOLDER    where the databases lie (default: the system's temporary folder)
  --output json    everything, as JSON (default: table)
  --profile FOLDER write CPU profiles of the bus there; the figures suffer from it
`;

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
  const { values, positionals } = parseArgs({
    options: {
      compare: { type: 'string' },
      rounds: { type: 'string' },
      scale: { type: 'string', default: '1' },
      data: { type: 'string', default: tmpdir() },
      output: { type: 'string', default: 'table' },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  if (!['table', 'json'].includes(values.output)) throw new Error('--output must be table or json.');
  const { chosen, refs } = readPositionals(positionals, values.compare);
  const dataFolder = resolve(values.data);
  const plan: Omit<Plan, 'trees'> = {
    workloads: chosen,
    rounds: positive('rounds', values.rounds ?? (refs.length > 0 ? ROUNDS_OF_COMPARISON : ROUNDS)),
    setup: {
      scale: positive('scale', values.scale),
      dataFolder,
      profileFolder: values.profile === undefined ? undefined : resolve(values.profile),
    },
    signal: calledOff.signal,
    onProgress: showProgress,
  };
  const machine = describeMachine(dataFolder);
  const { trees, series } = await measure(plan, refs);
  showProgress('');
  const [first = [], second] = series;
  const text = second === undefined ? figuresTable(first) : comparisonTable(trees, first, second);
  const report =
    values.output === 'json'
      ? JSON.stringify(
          { machine, trees: labelled(trees, series), comparison: verdicts(first, second) },
          null,
          2,
        )
      : `${machineText(machine)}\n\n${text}`;
  process.stdout.write(`${report}\n`);
}

/** Workloads by their names; beside `--compare` one name may be the second ref. */
function readPositionals(positionals: readonly string[], compareWith: string | undefined) {
  const chosen = workloads.filter(({ name }) => positionals.includes(name));
  const others = positionals.filter((name) => !workloads.some((workload) => workload.name === name));
  if (others.length > (compareWith === undefined ? 0 : 1)) {
    throw new Error(
      `There is no workload ${others.at(-1)}, only ${workloads.map(({ name }) => name).join(', ')}.`,
    );
  }
  const refs = compareWith === undefined ? [] : [compareWith, ...others];
  return { chosen: chosen.length > 0 ? chosen : workloads, refs };
}

function positive(name: string, text: string | number): number {
  const value = Number(text);
  if (value > 0 && (name !== 'rounds' || Number.isInteger(value))) return value;
  throw new Error(`--${name} must be a number above 0, but is "${text}".`);
}

async function measure(
  plan: Omit<Plan, 'trees'>,
  refs: readonly string[],
): Promise<{ readonly trees: readonly Tree[]; readonly series: readonly (readonly Series[])[] }> {
  const all = async (trees: readonly Tree[]) => ({ trees, series: await measureRounds({ ...plan, trees }) });
  if (refs.length === 0) return all([workingTree]);
  return withWorktrees(root, refs, (trees) => all(refs.length === 1 ? [...trees, workingTree] : trees));
}

function labelled(trees: readonly Tree[], series: readonly (readonly Series[])[]) {
  return trees.map(({ label }, index) => ({ label, series: series[index] }));
}

function verdicts(first: readonly Series[], second: readonly Series[] | undefined) {
  return second?.map((after, index) => {
    const { workload, figure, better } = after;
    return { workload, figure, ...compare(first[index] ?? after, after, better) };
  });
}

function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}
