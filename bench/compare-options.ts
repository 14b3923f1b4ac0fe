import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Setup, Workload } from './workload-contract.ts';
import { workloads } from './workload-list.ts';

/** What the command line asks for. */
export interface Options {
  readonly help: boolean;
  readonly workloads: readonly Workload[];
  /** One tree to measure or two to compare: git refs, or undefined for the working tree. */
  readonly refs: readonly (string | undefined)[];
  readonly rounds: number;
  readonly setup: Omit<Setup, 'tree'>;
  readonly output: 'table' | 'json';
}

const ROUNDS = 3;
const ROUNDS_OF_COMPARISON = 7;

/** What `--help` prints. */
export const HELP = `Usage: npm run bench -- [workload…] [--ref REF] [options]
       npm run bench -- [workload…] --compare REF [REF2] [options]

Runs workloads, each time in fresh processes, and shows medians with their spread (the width of the middle
half). With --compare two git refs take turns, REF2 being the working tree unless it is named, and a
difference no wider than the spread is called noise.

Workloads:
${workloads.map(({ name, about }) => `  ${name.padEnd(12)}${about}`).join('\n')}

Options:
  --ref REF         measure what is committed there instead of the working tree
  --rounds N        how often (default ${ROUNDS}, with --compare ${ROUNDS_OF_COMPARISON})
  --scale X         so many times as long (default 1)
  --data FOLDER     where the databases lie (default: the system's temporary folder)
  --output json     everything, as JSON (default: table)
  --profile FOLDER  write CPU profiles of the bus there; the figures suffer from it
`;

/** Reads the command line. Throws, with a sentence for whoever typed it, when it makes no sense. */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      compare: { type: 'string' },
      ref: { type: 'string' },
      rounds: { type: 'string' },
      scale: { type: 'string', default: '1' },
      data: { type: 'string', default: tmpdir() },
      output: { type: 'string', default: 'table' },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const { compare, ref, output } = values;
  if (output !== 'table' && output !== 'json') throw new Error('--output must be table or json.');
  if (compare !== undefined && ref !== undefined) throw new Error('--ref and --compare exclude each other.');
  const rounds = Number(values.rounds ?? (compare === undefined ? ROUNDS : ROUNDS_OF_COMPARISON));
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds must be a whole number above 0.');
  const scale = Number(values.scale);
  if (!(scale > 0)) throw new Error('--scale must be a number above 0.');
  const { chosen, second } = readPositionals(positionals, compare !== undefined);
  return {
    help: values.help,
    workloads: chosen,
    refs: compare === undefined ? [ref] : [compare, second],
    rounds,
    setup: {
      scale,
      dataFolder: resolve(values.data),
      profileFolder: values.profile === undefined ? undefined : resolve(values.profile),
    },
    output,
  };
}

/** Workloads by their names, all of them by default; in a comparison one name may be the second ref. */
function readPositionals(
  positionals: readonly string[],
  mayNameRef: boolean,
): { readonly chosen: readonly Workload[]; readonly second: string | undefined } {
  const chosen = workloads.filter(({ name }) => positionals.includes(name));
  const others = positionals.filter((name) => !workloads.some((workload) => workload.name === name));
  if (others.length > (mayNameRef ? 1 : 0)) {
    const names = workloads.map(({ name }) => name).join(', ');
    throw new Error(`There is no workload ${others.at(-1)}, only ${names}.`);
  }
  return { chosen: chosen.length > 0 ? chosen : workloads, second: others[0] };
}
