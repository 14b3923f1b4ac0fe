import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pace } from './pace.ts';

test('so many a second, evenly; a short delay is made up for, a long one is not', async () => {
  let now = 1_000_000;
  const waits: number[] = [];
  const pace = new Pace(100, {
    now: () => now,
    async sleep(milliseconds) {
      waits.push(milliseconds);
    },
  });
  const waited = async () => {
    waits.length = 0;
    await pace.take(10);
    return waits[0] ?? 0;
  };
  assert.deepEqual([await waited(), await waited(), await waited()], [0, 100, 200]);
  now += 350;
  assert.deepEqual([await waited(), await waited()], [0, 50]);
  now += 60_000;
  assert.deepEqual([await waited(), await waited(), await waited(), await waited()], [0, 0, 0, 100]);
});
