import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Breaker } from './breaker.ts';
import { delivered, type Outcome, permanent, retryable } from './targets/target-kind.ts';

const limits = {
  concurrentInvocationsPerTarget: 16,
  failuresBeforePause: 3,
  firstPauseMs: 1000,
  longestPauseMs: 60_000,
};
const refused = retryable('CONNECTION_FAILURE', 'connect ECONNREFUSED');

/** Attempts take no time, each begun at `now` unless `begunAt` says otherwise. */
function recorder(breaker: Breaker) {
  let number = 0;
  return (outcome: Outcome, now: number, { deliveryId = `d${number++}`, begunAt = now } = {}) =>
    breaker.record({ deliveryId, outcome, begunAt, now });
}

function pausedBreaker(random = 1) {
  const breaker = new Breaker(limits, () => random);
  const record = recorder(breaker);
  for (const now of [1, 2, 3]) record(refused, now);
  return { breaker, record };
}

test('a target is paused after some failures in a row, and asked by one attempt when the pause is over', () => {
  const breaker = new Breaker(limits, () => 1);
  const record = recorder(breaker);
  record(refused, 1);
  record(refused, 2);
  assert.equal(breaker.allowed(2), 10);
  record(refused, 3);
  assert.deepEqual(breaker.pause, { until: 1003, failures: 3, error: refused.error });
  assert.equal(breaker.allowed(1002), 0);
  assert.equal(breaker.allowed(1003), 1);
});

test('every fault of the endpoint counts, and no other', () => {
  const opens = (outcome: Outcome) => {
    const breaker = new Breaker(limits, () => 1);
    const record = recorder(breaker);
    for (const now of [1, 2, 3, 4]) record(outcome, now);
    return breaker.pause !== undefined;
  };
  for (const code of ['CONNECTION_FAILURE', 'TIMEOUT', 'SERVER_ERROR', 'THROTTLING']) {
    assert.ok(opens(retryable(code, '')), code);
  }
  assert.ok(!opens(retryable('INTERNAL_ERROR', '')));
  assert.ok(!opens(permanent('SDK_CLIENT_ERROR', '')));
  assert.ok(!opens({ kind: 'postponed', dueAt: 9, error: { code: 'THROTTLING', message: '' } }));
  assert.ok(!opens(delivered));
});

test('any answer between failures begins the count anew', () => {
  const breaker = new Breaker(limits, () => 1);
  const record = recorder(breaker);
  for (const answer of [delivered, permanent('SDK_CLIENT_ERROR', 'bad')]) {
    record(refused, 1);
    record(refused, 2);
    record(answer, 3);
    assert.ok(breaker.isUnused);
  }
});

test('one event that its target can’t stomach pauses nothing', () => {
  const breaker = new Breaker(limits, () => 1);
  const record = recorder(breaker);
  for (let now = 1; now < 50; now++) record(retryable('SERVER_ERROR', ''), now, { deliveryId: 'poison' });
  assert.equal(breaker.pause, undefined);
});

test('pauses double up to the longest, with jitter that leaves them half', () => {
  const lengths = (random: number) => {
    const { breaker, record } = pausedBreaker(random);
    let from = 3;
    return Array.from({ length: 8 }, () => {
      const until = breaker.pause?.until ?? 0;
      const length = until - from;
      from = until;
      record(refused, from, { deliveryId: 'the same probe' });
      return length;
    });
  };
  assert.deepEqual(lengths(1), [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
  assert.deepEqual(lengths(0), [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
});

test('what was under way when the pause began does not prolong it', () => {
  const { breaker, record } = pausedBreaker();
  const { pause } = breaker;
  for (const now of [3, 4, 5, 900]) record(refused, now, { begunAt: 2 });
  record(refused, 3, { begunAt: 3 });
  assert.equal(breaker.pause, pause);
});

test('a wait that the target asks for is kept, up to the longest pause', () => {
  const untilAfter = (retryAfterMs: number) => {
    const breaker = new Breaker(limits, () => 1);
    const record = recorder(breaker);
    for (let failures = 0; failures < 3; failures++) record(retryable('THROTTLING', '', retryAfterMs), 0);
    return breaker.pause?.until;
  };
  assert.deepEqual([0, 30_000, 3_600_000].map(untilAfter), [1000, 30_000, 60_000]);
});

test('a target of which nothing is known yet is trusted with a few attempts at once', () => {
  const breaker = new Breaker({ ...limits, concurrentInvocationsPerTarget: 48 }, () => 1);
  const record = recorder(breaker);
  const allowed = [0, 1, 2].map((now) => {
    const before = breaker.allowed(now);
    record(delivered, now);
    return before;
  });
  assert.deepEqual([...allowed, breaker.allowed(3)], [10, 20, 40, 48]);
});

test('the first answer ends the pause, and each further one allows twice as much', () => {
  const { breaker, record } = pausedBreaker();
  const allowed = () => {
    record(delivered, 2000);
    return breaker.allowed(2000);
  };
  assert.deepEqual([allowed(), allowed(), allowed(), allowed()], [2, 4, 8, 16]);
  assert.ok(breaker.isUnused);
});
