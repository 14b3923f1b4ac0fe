import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { naiveCron, naiveNext, takesDay, takesTime } from '../../../test/naive-cron.ts';
import { nextTick, parseSchedule } from './schedule.ts';

interface AdmissionCase {
  readonly id: string;
  readonly expression: string;
  readonly valid: boolean;
}

interface CronCase {
  readonly id: string;
  readonly expression: string;
  readonly after: string;
  /** The next five, or fewer where it runs out. */
  readonly next: readonly string[];
  /** Whether AWS's answer is known for sure. */
  readonly certain: boolean;
}

function lines<Case>(name: string): readonly Case[] {
  const text = readFileSync(new URL(`../../../test/data/${name}`, import.meta.url), 'utf8');
  // The one cast at the door: the file is ours.
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Case);
}

function nextTimes(expression: string, after: number, count: number): readonly string[] {
  const schedule = parseSchedule(expression) ?? assert.fail(`${expression} is refused`);
  const times: string[] = [];
  let time: number | undefined = after;
  while (times.length < count) {
    time = nextTick(schedule, 0, time);
    if (time === undefined) break;
    times.push(new Date(time).toISOString().replace('.000', ''));
  }
  return times;
}

test('schedule expressions are taken and refused as by AWS', () => {
  const cases = lines<AdmissionCase>('schedules.jsonl');
  assert.equal(cases.length, 84);
  const wrong = cases.filter(({ expression, valid }) => (parseSchedule(expression) !== undefined) !== valid);
  assert.deepEqual(wrong, []);
});

test('the next five times of cron expressions are those of AWS', () => {
  const cases = lines<CronCase>('cron.jsonl').filter(({ certain }) => certain);
  assert.equal(cases.length, 147);
  for (const { id, expression, after, next } of cases) {
    assert.deepEqual(nextTimes(expression, Date.parse(after), 5), next, `${id}: ${expression}`);
  }
});

const from2026 = Date.UTC(2026, 0, 15, 10, 30);

const firsts: readonly (readonly [string, ...string[]])[] = [
  ['0 0 31W 2,4 ? *', '2026-02-27', '2026-04-30', '2027-02-26'],
  [
    '0 0 1W * ? 2026',
    '2026-02-02',
    '2026-03-02',
    '2026-04-01',
    '2026-05-01',
    '2026-06-01',
    '2026-07-01',
    '2026-08-03',
  ],
  ['0 0 1,15W * ? *', '2026-02-01', '2026-02-16'],
  ['0 0 L-3W 5 ? *', '2026-05-28', '2027-05-28'],
  ['0 0 L-30 * ? *', '2026-03-01', '2026-05-01', '2026-07-01'],
  ['0 0 28-3 1 ? *', '2026-01-28', '2026-01-29', '2026-01-30', '2026-01-31', '2027-01-01'],
  ['0 0 ? 2 SUN#5 *', '2032-02-29', '2060-02-29'],
  ['0 0 ? 2 1#05 *', '2032-02-29'],
  ['0 0 ? * FRI-MON 2026', '2026-01-16', '2026-01-17', '2026-01-18', '2026-01-19', '2026-01-23'],
  ['0, 0, ?, *, MON, *,', '2026-01-19', '2026-01-26'],
  ['0 0 ? * mon *', '2026-01-19', '2026-01-26'],
  ['0 0 ? * L *', '2026-01-17', '2026-01-24'],
  ['0 0 1-5W 2 ? *', '2026-02-01', '2026-02-02', '2026-02-03', '2026-02-04', '2026-02-05', '2027-02-01'],
  ['*/0 0 16 1 ? 2026', '2026-01-16'],
  ['0 0 1 1/0 ? *', '2027-01-01', '2028-01-01'],
  ['0 0 1 1 ? 0/1000', '2000-01-01'],
  ['0 0 1 1 ? 2199', '2199-01-01'],
];

for (const [fields, ...days] of firsts) {
  test(`cron(${fields}) comes on ${days.join(', ')}`, () => {
    const after = fields.includes('0/1000') ? 0 : from2026;
    const times = nextTimes(`cron(${fields})`, after, days.length);
    assert.deepEqual(
      times.map((time) => time.slice(0, 10)),
      days,
    );
  });
}

test('what can never come ends at once', () => {
  for (const fields of [
    '0 0 31 FEB ? *',
    '0 0 30 2 ? *',
    '0 0 31 4,6,9,11 ? *',
    '0 0 1 1 ? 1969',
    '0 0 1 1 ? 2200',
  ]) {
    assert.deepEqual(nextTimes(`cron(${fields})`, from2026, 1), [], fields);
  }
  assert.deepEqual(nextTimes('cron(* * * * ? *)', Date.UTC(2199, 11, 31, 23, 59), 1), []);
  assert.deepEqual(nextTimes('cron(* * * * ? *)', Number.MAX_VALUE, 1), []);
});

test('the year 2100 has no leap day', () => {
  assert.deepEqual(nextTimes('cron(0 0 29 2 ? *)', Date.UTC(2096, 2, 1), 1), ['2104-02-29T00:00:00Z']);
});

test('a cron in effect from an instant does not come before it, or at it', () => {
  const schedule = parseSchedule('cron(* * * * ? *)') ?? assert.fail('It is refused.');
  assert.equal(nextTick(schedule, from2026, 0), from2026 + 60_000);
  assert.equal(nextTick(schedule, from2026 + 1, 0), from2026 + 60_000);
  assert.equal(nextTick(schedule, 0, from2026 - 1), from2026);
});

for (const fields of [
  ', * * * ? *',
  '/5 * * * ? *',
  '*x * * * ? *',
  '1- * * * ? *',
  '1-/2 * * * ? *',
  '1/ * * * ? *',
  '1/-1 * * * ? *',
  '0/2147483648 * * * ? *',
  '5L * * * ? *',
  '5W * * * ? *',
  '5#1 * * * ? *',
  '5? * * * ? *',
  '? * * * ? *',
  '1.5 * * * ? *',
  'JAN * * * ? *',
  '0 dummy ? * MON-FRI *',
  '7 20 * * NOT *',
  '7 20 * * 1-7 *',
  '0 0 ? * 0 *',
  '0 0 ? * 8 *',
  '0 0 ? * 6#0 *',
  '0 0 ? * 6# *',
  '0 0 ? * 6#3x *',
  '0 0 ? * 6#3,2 *',
  '0 0 ? * L,2 *',
  '0 0 ? * 6L,2 *',
  '0 0 ? * MON-6 *',
  '0 0 L,3 * ? *',
  '0 0 L-31 * ? *',
  '0 0 L- * ? *',
  '0 0 0W * ? *',
  '0 0 1 JANL ? *',
  '0 0 1 0 ? *',
  '0 0 1 JAN-13 ? *',
  '0 0 1 1 ? 2147483648',
  '0 0 1 1 ? ?',
]) {
  test(`cron(${fields}) is refused`, () => assert.equal(parseSchedule(`cron(${fields})`), undefined));
}

const FIELDS = [
  { least: 0, greatest: 59 },
  { least: 0, greatest: 23 },
  { least: 1, greatest: 31 },
  { least: 1, greatest: 12 },
  { least: 1, greatest: 7 },
] as const;

function field({ least, greatest }: (typeof FIELDS)[number]): fc.Arbitrary<string> {
  const value = fc.integer({ min: least, max: greatest });
  const step = fc.integer({ min: 0, max: greatest + 3 });
  const range = fc.tuple(value, value).map(([a, b]) => `${a}-${b}`);
  const item = fc.oneof(
    value.map(String),
    range,
    fc.tuple(fc.oneof(value.map(String), range, fc.constant('*')), step).map(([a, b]) => `${a}/${b}`),
  );
  return fc.oneof(fc.constant('*'), fc.array(item, { minLength: 1, maxLength: 3 }).map(String));
}

const [minutes, hours, daysOfMonth, months, daysOfWeek] = FIELDS.map(field) as [
  fc.Arbitrary<string>,
  fc.Arbitrary<string>,
  fc.Arbitrary<string>,
  fc.Arbitrary<string>,
  fc.Arbitrary<string>,
];

const days = fc.oneof(
  fc.tuple(fc.oneof(fc.constant('L'), daysOfMonth), months, fc.constant('?')),
  fc.tuple(fc.constant('?'), months, daysOfWeek),
);

const years = fc.constantFrom('*', '2026', '2020-2030', '2024/3', '*/4', '2027,2031');

const expressions = fc
  .tuple(minutes, hours, days, years)
  .map(([minute, hour, [dayOfMonth, month, dayOfWeek], year]) =>
    ['cron(', [minute, hour, dayOfMonth, month, dayOfWeek, year].join(' '), ')'].join(''),
  );

const DAY_MS = 86_400_000;
const instants = fc.integer({ min: Date.UTC(2023, 0, 1), max: Date.UTC(2033, 0, 1) });

test('the next time is after, on the minute, and taken by every field', () => {
  fc.assert(
    fc.property(expressions, instants, (expression, after) => {
      const schedule = parseSchedule(expression) ?? assert.fail('It is refused.');
      const next = nextTick(schedule, 0, after);
      if (next === undefined) return;
      assert.ok(next > after);
      assert.equal(next % 60_000, 0);
      const naive = naiveCron(expression);
      assert.ok(takesDay(naive, new Date(next)), new Date(next).toISOString());
      assert.ok(takesTime(naive, new Date(next)), new Date(next).toISOString());
    }),
    { numRuns: 2000 },
  );
});

test('no time is passed over: trying every minute finds the same', () => {
  fc.assert(
    fc.property(expressions, instants, (expression, after) => {
      const schedule = parseSchedule(expression) ?? assert.fail('It is refused.');
      const next = nextTick(schedule, 0, after) ?? Number.POSITIVE_INFINITY;
      // Minutes on the first day, then whole days: all minutes of a year would be too many.
      const naive = naiveCron(expression);
      const limit = Math.min(next, after + 400 * DAY_MS);
      for (let day = after + DAY_MS; day < limit - DAY_MS; day += DAY_MS) {
        assert.ok(!takesDay(naive, new Date(day)), `${new Date(day).toISOString()} is passed over`);
      }
      const nearLimit = Math.min(limit, after + DAY_MS);
      assert.equal(naiveNext(naive, after, nearLimit), next <= nearLimit ? next : undefined);
    }),
    { numRuns: 200 },
  );
});

test('no text makes the reading throw, and every schedule that is read can be followed', () => {
  const word = fc.constantFrom(
    ...[
      'cron(',
      'rate(',
      ')',
      ' ',
      '*',
      '?',
      ',',
      '-',
      '/',
      '#',
      'L',
      'W',
      'l',
      'MON',
      'FRI',
      'FEB',
      'x',
      '0',
    ],
    ...['1', '5', '31', '59', '2028', '99999999999', '\t', 'minutes', 'ß', '\u{1f600}', ''],
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(word, { maxLength: 25 }).map((words) => words.join('')),
    fc
      .array(fc.array(word, { minLength: 1, maxLength: 3 }), { minLength: 6, maxLength: 6 })
      .map((fields) => `cron(${fields.map((words) => words.join('')).join(' ')})`),
  );
  fc.assert(
    fc.property(texts, fc.double({ noNaN: true }), (text, after) => {
      const schedule = parseSchedule(text);
      if (schedule === undefined) return;
      const next = nextTick(schedule, 0, after);
      assert.ok(next === undefined || next > after);
    }),
    { numRuns: 5000 },
  );
});
