import assert from 'node:assert/strict';
import { test } from 'node:test';
import { milliseconds } from './duration.ts';

test('durations are milliseconds, or amounts with their units', () => {
  const cases: [number | string, number][] = [
    [0, 0],
    [1500, 1500],
    ['500ms', 500],
    ['30s', 30_000],
    ['1.5s', 1500],
    ['15m', 900_000],
    ['24h', 86_400_000],
    ['7d', 604_800_000],
    ['1h30m', 5_400_000],
    ['1h 30m', 5_400_000],
  ];
  for (const [duration, expected] of cases) assert.equal(milliseconds(duration), expected, String(duration));
});

test('what is no duration is refused with examples', () => {
  for (const duration of [
    -1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '',
    '5',
    'soon',
    '-5s',
    '5 s',
    '5s!',
    '1y',
  ]) {
    assert.throws(
      () => milliseconds(duration),
      /is no duration: milliseconds, or text such as/,
      String(duration),
    );
  }
});
