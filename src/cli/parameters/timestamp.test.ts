import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { localZoneNames } from './local-zone.ts';
import type { ParameterValue } from './parameter-value.ts';
import { epochSeconds, isTimestamp, localTimestamp } from './timestamp.ts';

const NOW = new Date(2026, 10, 30, 12, 0, 0);

const READ: readonly (readonly [ParameterValue, number])[] = [
  ['2025', 2025],
  ['1.9', 1],
  ['-1.5', -2],
  [' 5 ', 5],
  ['1_000', 1000],
  ['1e3', 1000],
  ['20250102', 20250102],
  [7n, 7],
  [1.9, 1],
  [true, 1],
  ['2025-01-02', 1735776000],
  ['2025-01-02T03:04:05Z', 1735787045],
  ['2025-01-02T03:04:05.999Z', 1735787045],
  ['2025-01-02T03:04:05,5Z', 1735787045],
  ['2025-01-02T03:04:05', 1735787045],
  ['2025-01-02 03:04', 1735787040],
  ['2025-01-02T03', 1735786800],
  ['2025-01-02T0304', 1735787040],
  ['2025-01-02T03:04:05+05:30', 1735767245],
  ['2025-01-02T03:04:05-0800', 1735815845],
  ['2025-01-02T03:04:05+05', 1735769045],
  ['2025-01-02T03:04:05 XYZ', 1735787045],
  ['2025-01-02t03:04:05z', 1735787045],
  ['2025-01-02 03:04:05 UTC+3', 1735797845],
  ['2025-01-02 03:04:05 UTC +3', 1735787045],
  ['Thu Jan 02 2025 04:04:05 GMT-0100', 1735787045],
  ['20250102T030405Z', 1735787045],
  ['20250102030405', 1735787045],
  ['1969-12-31T23:59:59.5Z', -1],
  ['Thu, 02 Jan 2025 03:04:05 GMT', 1735787045],
  ['Thu Jan  2 03:04:05 UTC 2025', 1735787045],
  ['Jan 2 2025', 1735776000],
  ['2 January 2025 3:04 PM', 1735830240],
  ['Jan 2, 2025 at 3pm', 1735830000],
  ['January 2nd, 2025 12am', 1735776000],
  ['01/02/2025', 1735776000],
  ['13/02/2025', 1739404800],
  ['2025/01/02', 1735776000],
  ['20250102 0304', 1735787040],
  ['20250102 03:04', 1735787040],
  ['Jan 2, 2025 at 3:04', 1735787040],
  ['Sept 5 2025', Date.UTC(2025, 8, 5) / 1000],
  ['１７', 17],
  ['2025.01.02', 1735776000],
  ['99-01-02', 915235200],
  ['Feb 2025', Date.UTC(2025, 1, 28) / 1000],
  ['2025-02', Date.UTC(2025, 1, 28) / 1000],
  ['10:30', Date.UTC(2026, 10, 30, 10, 30) / 1000],
  ['T10:30', Date.UTC(2026, 10, 30, 10, 30) / 1000],
  ['Monday', Date.UTC(2026, 10, 30) / 1000],
  ['Tue 10:30', Date.UTC(2026, 11, 1, 10, 30) / 1000],
  ['10:30 Sunday', Date.UTC(2026, 11, 6, 10, 30) / 1000],
  ['Sat 3pm', Date.UTC(2026, 11, 5, 15) / 1000],
  ['Wed Feb 2025', Date.UTC(2025, 2, 5) / 1000],
];

test('all the ways to write a time', () => {
  for (const [value, seconds] of READ) assert.equal(epochSeconds(value, NOW), BigInt(seconds), String(value));
});

test('what is no time', () => {
  const none: readonly ParameterValue[] = [
    '',
    'notadate',
    'now',
    'nan',
    '2025-02-30',
    '2025-13-01',
    '2025-01-02T24:00:00Z',
    '2025-01-02T03:60',
    '2025-W05-1',
    '2025-01-02x',
    'Foo 2 2025',
    'Jan 2 3 2025',
    'Sat 0304-0800',
    '-1h',
    '13:00 pm',
    Number.NaN,
    null,
    [],
    new Map(),
  ];
  for (const value of none) assert.equal(isTimestamp(value, NOW), false, String(value));
});

test('numbers beyond the year 9999 are no dates but an error', () => {
  for (const value of ['1700000000000', '99999999999999999', 'inf', 1700000000000n]) {
    assert.throws(() => epochSeconds(value, NOW), {
      exitCode: 255,
      message: `Unable to calculate correct timezone offset for "${value}"`,
    });
  }
});

test('every date of ISO 8601 is read as Date reads it', () => {
  const date = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(date, (time) => {
      const expected = BigInt(Math.floor(time.getTime() / 1000));
      assert.equal(epochSeconds(time.toISOString(), NOW), expected);
      assert.equal(epochSeconds(time.toUTCString(), NOW), expected);
    }),
  );
});

test('names of this machine’s zone, as `date` prints them', (t) => {
  const zone = process.env['TZ'];
  t.after(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });
  process.env['TZ'] = 'America/New_York';
  if (localZoneNames().length === 0) return t.skip('no zones in files');
  const utc = (text: string) => new Date(Number(epochSeconds(text, NOW)) * 1000).toISOString();
  assert.equal(utc('Thu Jan  2 03:04:05 EST 2025'), '2025-01-02T08:04:05.000Z');
  assert.equal(utc('Wed Jul  2 03:04:05 EDT 2025'), '2025-07-02T07:04:05.000Z');
  assert.equal(utc('Thu Jan  2 03:04:05 CET 2025'), '2025-01-02T03:04:05.000Z');
  assert.equal(utc('Thu Jan  2 03:04:05 GMT 2025'), '2025-01-02T03:04:05.000Z');
  process.env['TZ'] = 'Europe/London';
  assert.equal(utc('Wed Jul  2 03:04:05 BST 2025'), '2025-07-02T02:04:05.000Z');
  assert.equal(utc('Wed Jul  2 03:04:05 GMT 2025'), '2025-07-02T03:04:05.000Z');
});

test('times of answers, in the zone of this machine', () => {
  const zone = process.env['TZ'];
  try {
    process.env['TZ'] = 'UTC';
    assert.equal(localTimestamp(1700000000), '2023-11-14T22:13:20+00:00');
    assert.equal(localTimestamp(1700000000.123), '2023-11-14T22:13:20.123000+00:00');
    process.env['TZ'] = 'Asia/Kolkata';
    assert.equal(localTimestamp(1700000000), '2023-11-15T03:43:20+05:30');
    process.env['TZ'] = 'America/New_York';
    assert.equal(localTimestamp(1700000000), '2023-11-14T17:13:20-05:00');
  } finally {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  }
});
