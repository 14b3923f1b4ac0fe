import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LeasedDelivery } from '../domain/delivery.ts';
import { defaultLimits } from '../domain/limits.ts';
import { QueueStates } from './queue-states.ts';
import { delivered, retryable } from './targets/target-kind.ts';

const queue = (targetId: string) => ({ owner: 'rule', targetId });
const refused = retryable('CONNECTION_FAILURE', 'connect ECONNREFUSED');
const delivery = (id: string, receivedAt = 0): LeasedDelivery => ({
  ...queue('t'),
  id,
  attempts: 0,
  event: { id: 'e', busArn: 'b', receivedAt, envelope: '{}' },
});

function statesOf({ ordered = false, total = 64, perTarget = 16, retries = 185 } = {}) {
  const retryPolicy = { maximumEventAgeInSeconds: 60, maximumRetryAttempts: retries };
  const target = { id: 't', arn: 'arn:first', retryPolicy };
  const states = new QueueStates({
    limits: {
      ...defaultLimits,
      concurrentInvocations: total,
      concurrentInvocationsPerTarget: perTarget,
      failuresBeforePause: 3,
    },
    random: () => 1,
    findTarget: () => target,
    isOrdered: () => ordered,
  });
  const pause = () => {
    const state = states.begin(queue('t'), 3);
    for (const id of ['1', '2', '3']) {
      states.record(state, delivery(id), { deliveryId: id, outcome: refused, begunAt: 0, now: 100 });
      states.end(state);
    }
    return state;
  };
  return { states, target, pause };
}

test('a queue has no more under way than its target may get', () => {
  const { states } = statesOf({ total: 256 });
  assert.equal(states.roomFor(queue('t'), 0), 10);
  const state = states.begin(queue('t'), 6);
  assert.equal(states.roomFor(queue('t'), 0), 4);
  states.record(state, delivery('1'), { deliveryId: '1', outcome: delivered, begunAt: 0, now: 1 });
  assert.equal(states.roomFor(queue('t'), 0), 10); // of 16
  assert.equal(states.roomFor(queue('u'), 0), 10);
});

test('some tens of targets that hang leave room for others', () => {
  const { states } = statesOf({ total: 256, perTarget: 64 });
  for (let n = 0; n < 30; n++) {
    // Each takes what it is given, again and again.
    for (let m = 0; m <= n; m++) {
      states.begin(queue(`hangs ${m}`), states.roomFor(queue(`hangs ${m}`), 0));
    }
    assert.ok(states.roomFor(queue('alive'), 0) > 0, `${n + 1} targets that hang leave no room`);
  }
});

test('a queue that has much under way leaves most of what is free to others', () => {
  const { states } = statesOf({ total: 64, perTarget: 64 });
  const state = states.begin(queue('busy'), 1);
  for (let n = 0; n < 9; n++) {
    const ended = { deliveryId: String(n), outcome: delivered, begunAt: 0, now: 1 };
    states.record(state, delivery(String(n)), ended);
    states.begin(queue('busy'), states.roomFor(queue('busy'), 0));
  }
  assert.ok(states.underWay <= 16, `${states.underWay} of 64 are under way`);
  assert.ok(states.underWay >= 12, `only ${states.underWay} of 64 are under way`);
});

test('what must keep its order has one lot under way', () => {
  const { states } = statesOf({ ordered: true });
  assert.equal(states.roomFor(queue('t'), 0), 10);
  const state = states.begin(queue('t'), 3);
  assert.equal(states.roomFor(queue('t'), 0), 0);
  for (let n = 0; n < 3; n++) states.end(state);
  assert.equal(states.roomFor(queue('t'), 0), 10);
});

test('nothing is kept of queues that do well', () => {
  const { states } = statesOf();
  const state = states.begin(queue('t'), 1);
  assert.equal(states.views().length, 1);
  states.record(state, delivery('1'), { deliveryId: '1', outcome: delivered, begunAt: 0, now: 1 });
  states.end(state);
  assert.deepEqual(states.views(), []);
  assert.equal(states.underWay, 0);
});

test('a paused queue can be seen, with the reason', () => {
  const { states, pause } = statesOf();
  pause();
  assert.deepEqual(states.views(), [
    { ...queue('t'), underWay: 0, pause: { until: 1100, failures: 3, error: refused.error } },
  ]);
  assert.equal(states.roomFor(queue('t'), 1099), 0);
  assert.equal(states.roomFor(queue('t'), 1100), 1);
});

test('a target that is replaced begins anew', () => {
  const { states, target, pause } = statesOf();
  pause();
  target.arn = 'arn:second';
  assert.equal(states.roomFor(queue('t'), 200), 10);
  assert.deepEqual(states.views(), []);
});

test('what is gone is not shown as paused', () => {
  const { states, target, pause } = statesOf();
  pause();
  assert.equal(states.views().length, 1);
  target.arn = 'arn:of another';
  assert.deepEqual(states.views(), []);
});

test('a paused queue is looked through at each pause, and again when what came back is too old', () => {
  const { states, pause } = statesOf();
  const state = pause();
  assert.equal(state.agedAt, 100);
  state.agedAt = 500_000; // looked through
  states.begin(queue('t'), 1);
  // It was in hand since before the pause, and comes back.
  states.record(state, delivery('1', 7), { deliveryId: '1', outcome: refused, begunAt: 50, now: 120 });
  assert.equal(state.agedAt, 60_008);
});

test('what is given up for its age takes nothing from the attempts of its queue', () => {
  const { states, pause } = statesOf();
  const state = pause();
  assert.equal(states.roomToGiveUp(state), 16);
  states.beginGivingUp(state, 16);
  assert.equal(states.roomToGiveUp(state), 0);
  assert.equal(states.underWay, 16);
  assert.equal(states.roomFor(queue('t'), 1100), 1);
});

test('a target with few retries is not paused: its deliveries would be over before', () => {
  const few = statesOf({ retries: 2 });
  assert.equal(few.pause().breaker.pause, undefined);
  const { pause } = statesOf({ retries: 3 });
  assert.notEqual(pause().breaker.pause, undefined);
});
