import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HandClock } from '../domain/clock.ts';
import { CutOff } from './cut-off.ts';
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

test('work that is cut off is answered for, and only then told to stop', async () => {
  const clock = new HandClock(0);
  const by = new CutOff();
  const stopped: string[] = [];
  const cutOff = { by, answer: 'cut off' };
  const heeding = (signal: AbortSignal) =>
    new Promise<string>((resolve) => {
      signal.addEventListener('abort', () => {
        stopped.push('heeding');
        resolve('stopped');
      });
    });
  const failing = (signal: AbortSignal) =>
    new Promise<string>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('no')));
    });
  const answers = Promise.all([
    withinTimeout({ ...limit(clock), cutOff }, heeding),
    withinTimeout({ ...limit(clock), cutOff }, failing),
    withinTimeout({ ...limit(clock), cutOff }, () => new Promise<string>(() => undefined)),
  ]);
  by.now();
  assert.deepEqual(stopped, ['heeding']);
  assert.deepEqual(await answers, ['cut off', 'cut off', 'cut off']);
  assert.equal(clock.nextWake(), undefined);
});

test('work that was told to stop and is cut off before its last words is answered for at once', async () => {
  const clock = new HandClock(0);
  const by = new CutOff();
  const answer = withinTimeout(
    { ...limit(clock), cutOff: { by, answer: 'cut off' } },
    () => new Promise<string>(() => undefined),
  );
  clock.advance(5000);
  by.now();
  assert.equal(await answer, 'cut off');
  assert.equal(clock.nextWake(), undefined);
});

test('work does not begin when it is cut off already', async () => {
  const by = new CutOff();
  by.now();
  const answer = await withinTimeout({ ...limit(new HandClock(0)), cutOff: { by, answer: 'cut off' } }, () =>
    assert.fail('it began'),
  );
  assert.equal(answer, 'cut off');
});

test('work that was in time leaves nothing behind to be ended', async () => {
  const by = new CutOff();
  let signal: AbortSignal | undefined;
  const limit = { clock: new HandClock(0), timeoutMs: 5000, late: 'late', cutOff: { by, answer: 'cut off' } };
  const answer = await withinTimeout(limit, async (given) => {
    signal = given;
    return 'done';
  });
  by.now();
  assert.equal(answer, 'done');
  assert.equal(signal?.aborted, false);
});
