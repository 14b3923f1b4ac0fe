import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HandClock } from '../domain/clock.ts';
import { withinTimeout } from './within-timeout.ts';

const limit = (clock: HandClock) => ({ clock, timeoutMs: 5000, late: 'late' });

test('work that ignores its signal is given up, and what comes of it later harms nobody', async () => {
  const clock = new HandClock(0);
  let fail: (error: Error) => void = () => undefined;
  const unheeding = new Promise<string>((_resolve, reject) => {
    fail = reject;
  });
  const answer = withinTimeout(limit(clock), () => unheeding);
  clock.advance(5000);
  clock.advance(1000);
  assert.equal(await answer, 'late');
  // An unhandled rejection would fail the test.
  fail(new Error('too late'));
  await new Promise((resolve) => setImmediate(resolve));
});

test('work that heeds its signal says itself how it ended, however far the clock has jumped', async () => {
  const clock = new HandClock(0);
  const answer = withinTimeout(
    limit(clock),
    (signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve('stopped'))),
  );
  clock.advance(86_400_000);
  assert.equal(await answer, 'stopped');
});

test('no alarm is left behind, whether the work was in time or not', async () => {
  const clock = new HandClock(0);
  assert.equal(await withinTimeout(limit(clock), async () => 'done'), 'done');
  assert.equal(clock.nextWake(), undefined);
  const stopped = withinTimeout(
    limit(clock),
    (signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('no')))),
  );
  clock.advance(5000);
  await assert.rejects(stopped, /no/);
  assert.equal(clock.nextWake(), undefined);
});
