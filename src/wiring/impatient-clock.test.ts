import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HandClock } from '../domain/clock.ts';
import { ImpatientClock } from './impatient-clock.ts';

test('an alarm rings once: when its time comes, or when all ring, unless it was called off', () => {
  const hand = new HandClock(0);
  const clock = new ImpatientClock(hand);
  const rung: string[] = [];
  clock.at(10, () => rung.push('a'));
  clock.at(20, () => rung.push('b'))();
  hand.moveTo(10);
  assert.deepEqual(rung, ['a']);
  clock.at(99, () => {
    rung.push('c');
    clock.at(99, () => rung.push('d'));
  });
  clock.ringAll();
  assert.deepEqual(rung, ['a', 'c']);
  hand.moveTo(99);
  assert.deepEqual(rung, ['a', 'c', 'd']);
  assert.equal(hand.nextWake(), undefined);
});
