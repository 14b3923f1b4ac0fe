import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PaceMaker } from './replay-pace.ts';

test('without a pace everything is due when the first event is', () => {
  const pace = new PaceMaker(undefined);
  assert.equal(pace.dueAt(5_000, { ahead: 0, now: 100 }), 100);
  assert.equal(pace.dueAt(99_000, { ahead: 50, now: 100 }), 100);
  pace.passed(51);
  assert.equal(pace.dueAt(99_000, { ahead: 0, now: 300 }), 100);
});

test('so many events a second, counted from the first', () => {
  const pace = new PaceMaker({ eventsPerSecond: 4 });
  assert.deepEqual(
    [0, 1, 2].map((ahead) => pace.dueAt(0, { ahead, now: 1_000 })),
    [1_000, 1_250, 1_500],
  );
  pace.passed(2);
  assert.deepEqual(
    [0, 1].map((ahead) => pace.dueAt(0, { ahead, now: 1_300 })),
    [1_500, 1_750],
  );
});

test('less than one event a second', () => {
  const pace = new PaceMaker({ eventsPerSecond: 0.1 });
  assert.deepEqual(
    [0, 1].map((ahead) => pace.dueAt(0, { ahead, now: 0 })),
    [0, 10_000],
  );
});

test('so many times as fast as the events came, slower too', () => {
  const dues = (timesRealTime: number) => {
    const pace = new PaceMaker({ timesRealTime });
    return [7_000, 8_000, 67_000].map((time, ahead) => pace.dueAt(time, { ahead, now: 500 }));
  };
  assert.deepEqual(dues(60), [500, 517, 1_500]);
  assert.deepEqual(dues(0.5), [500, 2_500, 120_500]);
});
