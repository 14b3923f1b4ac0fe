import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Turns } from './turns.ts';

test('work takes turns, and one that fails does not hold up the next', async () => {
  const turns = new Turns();
  const log: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = turns.take(async () => {
    log.push('first begins');
    await gate.promise;
    log.push('first ends');
  });
  const second = turns.take(async () => {
    log.push('second');
    throw new Error('no');
  });
  const third = turns.take(async () => 3);
  await Promise.resolve();
  assert.deepEqual(log, ['first begins']);
  gate.resolve();
  await first;
  await assert.rejects(second, /no/);
  assert.equal(await third, 3);
  assert.deepEqual(log, ['first begins', 'first ends', 'second']);
});
