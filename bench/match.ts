// How fast events are matched: from JSON text to the rules that match, as a multiple of JSON.parse on the same
// texts in the same process, one thread, on-CPU time. Each workload has a process of its own: what the compiler learns
// from one would slow down the next.
//
//   node bench/match.ts [--events=20000] [--rounds=9] [workload…]

import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { Matcher, parsePattern } from '../src/match/index.ts';
import { WORKLOADS, type Workload } from './workloads.ts';

const { values, positionals } = parseArgs({
  options: {
    events: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '9' },
  },
  allowPositionals: true,
});
const rounds = Number(values.rounds);

/** With thousands of rules the compiler changes its mind for half a dozen rounds, which then take up to twice as long. */
const WARM_UP_ROUNDS = 8;

/** Microseconds of CPU per event. */
function cost(events: readonly string[], work: (event: string) => number): { micros: number; sum: number } {
  const before = process.cpuUsage();
  let sum = 0;
  for (const event of events) sum += work(event);
  const { user, system } = process.cpuUsage(before);
  return { micros: (user + system) / events.length, sum };
}

function matcherFor(rules: readonly object[], stopEarly: boolean): Matcher<number> {
  const matcher = new Matcher<number>({ stopEarly });
  for (const [id, rule] of rules.entries()) matcher.addRule(id, parsePattern(JSON.stringify(rule)));
  return matcher;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}

/** The middle half of the measurements, as the share of the median that they span. */
function spread(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const low = sorted[Math.floor(sorted.length / 4)] ?? 0;
  const high = sorted[Math.ceil((sorted.length * 3) / 4) - 1] ?? 0;
  return (high - low) / median(numbers);
}

function measure({ name, goal, make }: Workload): void {
  const { events, rules } = make(Number(values.events));
  const whole = matcherFor(rules, false);
  const early = matcherFor(rules, true);
  const contestants = [
    (event: string) => (JSON.parse(event) === null ? 1 : 0),
    (event: string) => whole.rulesFor(event).length,
    (event: string) => early.rulesFor(event).length,
  ];
  const micros = contestants.map((): number[] => []);
  const sums = contestants.map(() => 0);
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    // Each round starts with another one, so that none always runs on a machine that the same one left behind.
    for (let turn = 0; turn < contestants.length; turn++) {
      const index = (turn + Math.abs(round)) % contestants.length;
      const contestant = contestants[index];
      if (contestant === undefined) continue;
      const measured = cost(events, contestant);
      sums[index] = measured.sum;
      if (round >= 0) micros[index]?.push(measured.micros);
    }
  }
  const [parse = [], all = [], stopping = []] = micros;
  const row = [
    name.padEnd(16),
    String(rules.length).padStart(7),
    median(parse).toFixed(2).padStart(9),
    ...[all, stopping].flatMap((times, index) => [
      median(times).toFixed(2).padStart(8),
      `${(median(parse) / median(times)).toFixed(1)}×`.padStart(7),
      `±${Math.round(spread(times) * 50)}%`.padStart(5),
      `(${goal[index]})`.padStart(6),
    ]),
    String(sums[1]).padStart(9),
  ];
  console.log(row.join(' '));
  if (sums[1] !== sums[2]) throw new Error(`${name}: stopping early finds ${sums[2]} matches`);
}

const [only] = positionals;
if (only !== undefined && positionals.length === 1) {
  const workload = WORKLOADS.find(({ name }) => name === only);
  if (workload === undefined) throw new Error(`There is no workload ${only}`);
  measure(workload);
} else {
  console.log(
    `${cpus()[0]?.model}, Node ${process.version}, ${values.events} events, median of ${rounds} rounds`,
  );
  console.log(
    'workload           rules  parse/µs  whole/µs   times spread goal early/µs   times spread goal   matches',
  );
  const options = [`--events=${values.events}`, `--rounds=${rounds}`];
  for (const name of positionals.length > 0 ? positionals : WORKLOADS.map((workload) => workload.name)) {
    const { status } = spawnSync(process.execPath, [import.meta.filename, ...options, name], {
      stdio: 'inherit',
    });
    if (status !== 0) process.exitCode = 1;
  }
}
