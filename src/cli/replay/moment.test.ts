import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moment } from './moment.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const iso = (text: string) => {
  const time = moment(text, NOW);
  return time === undefined ? undefined : new Date(time).toISOString();
};

test('a moment is so long ago, or a time', () => {
  assert.equal(iso('10m'), '2026-01-02T02:54:05.000Z');
  assert.equal(iso('1d12h'), '2025-12-31T15:04:05.000Z');
  assert.equal(iso('2026-01-02'), '2026-01-02T00:00:00.000Z');
  assert.equal(iso('2026-01-02T03:04:05+01:00'), '2026-01-02T02:04:05.000Z');
  assert.equal(iso('1767323045'), '2026-01-02T03:04:05.000Z');
  assert.equal(iso('soon'), undefined);
});
