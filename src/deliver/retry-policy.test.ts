import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decideRetry } from './retry-policy.ts';

const first = { attempts: 1, receivedAt: 0, now: 0 };
const HOUR_MS = 3_600_000;

test('the wait doubles up to a quarter of an hour, and jitter takes any part of it', () => {
  const waits = (random: number) =>
    [1, 2, 3, 10, 11, 100].map((attempts) => {
      const decision = decideRetry({ ...first, attempts }, undefined, () => random);
      return decision.kind === 'retry' ? decision.dueAt : undefined;
    });
  assert.deepEqual(waits(1), [1000, 2000, 4000, 512_000, 900_000, 900_000]);
  assert.deepEqual(waits(0.5), [500, 1000, 2000, 256_000, 450_000, 450_000]);
  assert.deepEqual(waits(0), [0, 0, 0, 0, 0, 0]);
});

test('what the target asked for is the least wait', () => {
  const decision = decideRetry({ ...first, retryAfterMs: 30_000 }, undefined, () => 0.5);
  assert.deepEqual(decision, { kind: 'retry', dueAt: 30_000 });
});

test('185 retries follow the first attempt, unless the policy says otherwise', () => {
  const decide = (attempts: number, maximumRetryAttempts?: number) =>
    decideRetry({ ...first, attempts }, { maximumRetryAttempts }, () => 0);
  assert.equal(decide(185).kind, 'retry');
  assert.deepEqual(decide(186), { kind: 'exhausted', condition: 'MaximumRetryAttempts' });
  assert.equal(decide(2, 2).kind, 'retry');
  assert.deepEqual(decide(3, 2), { kind: 'exhausted', condition: 'MaximumRetryAttempts' });
  assert.deepEqual(decide(1, 0), { kind: 'exhausted', condition: 'MaximumRetryAttempts' });
});

test('no retry comes after the event is too old', () => {
  const decide = (now: number, maximumEventAgeInSeconds?: number) =>
    decideRetry({ ...first, now }, { maximumEventAgeInSeconds }, () => 0);
  assert.equal(decide(24 * HOUR_MS).kind, 'retry');
  assert.deepEqual(decide(24 * HOUR_MS + 1), { kind: 'exhausted', condition: 'MaximumEventAgeInSeconds' });
  assert.deepEqual(decide(60_001, 60), { kind: 'exhausted', condition: 'MaximumEventAgeInSeconds' });
});

test('a retry is never in the past', () => {
  fc.assert(
    fc.property(
      fc.nat(200),
      fc.nat(90_000_000),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (n, now, random) => {
        const decision = decideRetry({ attempts: n + 1, receivedAt: 0, now }, undefined, () => random);
        if (decision.kind === 'retry') assert.ok(decision.dueAt >= now && decision.dueAt <= now + 900_000);
      },
    ),
  );
});
