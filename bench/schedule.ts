import { nextTick, parseSchedule } from '../src/domain/schedule/schedule.ts';
import { naiveCron, naiveNext } from '../test/naive-cron.ts';

// How many next times of cron expressions are found in a second, a million for each, against trying every
// minute (which gets half a second). Each time found is where the next search begins; a schedule
// that has run out begins anew.
//
//   node bench/schedule.ts

const TIMES = 1_000_000;
const NAIVE_MS = 500;
const START = Date.UTC(2026, 0, 15, 10, 30);
const NAIVE_LIMIT = Date.UTC(2200, 0, 1);

// The naive reading knows no names, W or #: where a schedule has them, only the real one is measured.
const expressions = [
  'cron(* * * * ? *)',
  'cron(0/15 * * * ? *)',
  'cron(0 18 ? * 2-6 *)',
  'cron(0 8 1 * ? *)',
  'cron(0 0 L * ? *)',
  'cron(0 12 15W * ? *)',
  'cron(15 10 ? * FRIL *)',
  'cron(0 9 ? * TUE#3 *)',
  'cron(0 0 29 2 ? *)',
  'cron(0 0 31 2 ? *)',
];

type Next = (after: number) => number | undefined;

function perSecond(next: Next, isEnough: (times: number, start: number) => boolean): number {
  const start = performance.now();
  let after: number | undefined;
  let times = 0;
  while (!isEnough(times, start)) {
    after = next(after ?? START);
    times += 1;
  }
  return (times * 1000) / (performance.now() - start);
}

console.log('| expression | next times a second | trying every minute |');
console.log('|---|---|---|');
for (const expression of expressions) {
  const schedule = parseSchedule(expression);
  if (schedule === undefined) throw new Error(`${expression} is refused.`);
  const next: Next = (after) => nextTick(schedule, 0, after);
  perSecond(next, (times) => times >= TIMES / 10);
  const rate = perSecond(next, (times) => times >= TIMES);
  const naive = naiveCron(expression);
  const plain = !/[W#]|[A-Z]{3}/.test(expression.slice('cron'.length));
  const naiveRate = plain
    ? perSecond(
        (after) => naiveNext(naive, after, Math.min(NAIVE_LIMIT, after + 5 * 366 * 86_400_000)),
        (_, start) => performance.now() - start > NAIVE_MS,
      )
    : undefined;
  console.log(`| \`${expression}\` | ${round(rate)} | ${naiveRate === undefined ? '' : round(naiveRate)} |`);
}

function round(rate: number): string {
  return Number(rate.toPrecision(3)).toLocaleString('en');
}
