import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nextOfRate, parseRate } from './rate.ts';

test('a rate has digits, one space, and a unit that is singular exactly for 1', () => {
  for (const [text, periodMs] of [
    ['rate(1 minute)', 60_000],
    ['rate(01 minute)', 60_000],
    ['rate(5 minutes)', 300_000],
    ['rate(1 hour)', 3_600_000],
    ['rate(2 days)', 172_800_000],
    ['rate(2147483647 days)', 2147483647 * 86_400_000],
  ] as const) {
    assert.deepEqual(parseRate(text), { kind: 'rate', periodMs }, text);
  }
  for (const text of [
    'rate()',
    'rate(10)',
    'rate(1 minutes)',
    'rate(01 minutes)',
    'rate(10 minute)',
    'rate(0 minutes)',
    'rate(0 minute)',
    'rate(-10 minutes)',
    'rate(+1 minute)',
    'rate(1.5 hours)',
    'rate(foo minutes)',
    'rate(10 minutess)',
    'rate(10 MINUTES)',
    'Rate(10 minutes)',
    'rate(10  minutes)',
    'rate(10\tminutes)',
    'rate( 10 minutes )',
    ' rate(10 minutes)',
    'rate(10 minutes)\n',
    'rate(10 minutes',
    'rate(10 weeks)',
    'rate(2147483648 minutes)',
    'rate(99999999999999999999999999 minutes)',
  ]) {
    assert.equal(parseRate(text), undefined, text);
  }
});

test('a rate ticks at its start, and then once in each period', () => {
  const from = Date.parse('2026-01-15T10:30:07.250Z');
  const rate = { kind: 'rate', periodMs: 60_000 } as const;
  assert.equal(nextOfRate(rate, from, from - 1), from);
  assert.equal(nextOfRate(rate, from, from - 1e9), from);
  assert.equal(nextOfRate(rate, from, from), from + 60_000);
  assert.equal(nextOfRate(rate, from, from + 59_999), from + 60_000);
  assert.equal(nextOfRate(rate, from, from + 60_000), from + 120_000);
});

test('a period beyond the end of time ticks once', () => {
  const rate = { kind: 'rate', periodMs: 2147483647 * 86_400_000 } as const;
  assert.equal(nextOfRate(rate, 1000, 0), 1000);
  assert.equal(nextOfRate(rate, 1000, 1000), undefined);
});

test('the next tick of a rate is after, and at most one period after', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.nat(4e12), fc.nat(4e12), (minutes, from, later) => {
      const periodMs = minutes * 60_000;
      const after = from + later;
      const next = nextOfRate({ kind: 'rate', periodMs }, from, after) ?? assert.fail('It runs out.');
      assert.ok(next > after && next - after <= periodMs);
      assert.equal((next - from) % periodMs, 0);
    }),
  );
});
