import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HandClock, SystemClock } from './clock.ts';

test('a hand clock wakes sleepers in the order of their times, when their times have come', async () => {
  const clock = new HandClock(1000);
  const woken: string[] = [];
  const sleeps = [
    clock.sleepUntil(3000).then(() => woken.push('late')),
    clock.sleepUntil(2000).then(() => woken.push('early')),
    clock.sleepUntil(500).then(() => woken.push('past')),
  ];
  await sleeps[2];
  assert.deepEqual(woken, ['past']);
  assert.equal(clock.nextWake(), 2000);
  clock.advance(1999);
  await sleeps[1];
  assert.deepEqual(woken, ['past', 'early']);
  clock.moveTo(3000);
  await sleeps[0];
  assert.deepEqual(woken, ['past', 'early', 'late']);
  assert.equal(clock.nextWake(), undefined);
});

test('a hand clock refuses to go back', () => {
  assert.throws(() => new HandClock(1000).moveTo(999), /can't go back/);
});

test('sleepers of both clocks wake early when their signal says so, and leave nothing behind', async () => {
  for (const clock of [new HandClock(0), new SystemClock()]) {
    const abort = new AbortController();
    const sleep = clock.sleepUntil(clock.now() + 1e12, abort.signal);
    abort.abort();
    await sleep;
    await clock.sleepUntil(clock.now() + 1e12, abort.signal);
    if (clock instanceof HandClock) assert.equal(clock.nextWake(), undefined);
  }
});

test('the system clock does not wake before its time', async () => {
  const clock = new SystemClock();
  const until = clock.now() + 20;
  await clock.sleepUntil(until);
  assert.ok(clock.now() >= until);
});

test('the system clock is not late by the time for which the machine slept', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
  const clock = new SystemClock();
  let rung = 0;
  clock.at(1_000_000 + 3_600_000, () => {
    rung += 1;
  });
  t.mock.timers.tick(10_000);
  t.mock.timers.setTime(1_000_000 + 7_200_000);
  t.mock.timers.tick(30_000);
  assert.equal(rung, 1);
});

test('alarms ring once, in order, and not when they were called off', async () => {
  const clock = new HandClock(0);
  const rung: string[] = [];
  clock.at(20, () => rung.push('second'));
  clock.at(10, () => rung.push('first'));
  const callOff = clock.at(15, () => rung.push('never'));
  clock.at(0, () => rung.push('at once'));
  assert.deepEqual(rung, []);
  await Promise.resolve();
  assert.deepEqual(rung, ['at once']);
  callOff();
  clock.moveTo(100);
  clock.moveTo(200);
  assert.deepEqual(rung, ['at once', 'first', 'second']);
});

test('the system clock rings alarms too, and calls them off', async () => {
  const clock = new SystemClock();
  const never = clock.at(clock.now() + 5, () => assert.fail('it was called off'));
  never();
  const until = clock.now() + 20;
  // Timers of this clock keep no process alive, so something else must.
  const alive = setInterval(() => undefined, 1000);
  await new Promise<void>((resolve) => clock.at(until, resolve));
  clearInterval(alive);
  assert.ok(clock.now() >= until);
});
