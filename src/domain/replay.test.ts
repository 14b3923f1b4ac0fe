import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  isActive,
  isCancellable,
  isForgotten,
  isGoingOn,
  REPLAY_STEP_MS,
  type Replay,
  replayStatus,
} from './replay.ts';

const startedAt = 1_700_000_000_500;
const DAY_MS = 86_400_000;
const replay: Replay = {
  name: 'r',
  eventSourceArn: 'arn:aws:events:eu-central-1:111111111111:archive/a',
  archiveId: 'id',
  destination: { arn: 'arn:aws:events:eu-central-1:111111111111:event-bus/default' },
  eventStartTime: 0,
  eventEndTime: 1000,
  startedAt,
};

test('a replay starts, and then runs for as long as nothing ended it', () => {
  assert.deepEqual(replayStatus(replay, startedAt), { state: 'STARTING' });
  assert.deepEqual(replayStatus(replay, startedAt + REPLAY_STEP_MS - 1), { state: 'STARTING' });
  assert.deepEqual(replayStatus(replay, startedAt + REPLAY_STEP_MS), { state: 'RUNNING' });
  assert.deepEqual(replayStatus(replay, startedAt + 99 * DAY_MS), { state: 'RUNNING' });
});

test('a replay that ended is as it ended, with a reason where there is one', () => {
  const at = startedAt + 5000;
  const completed = { ...replay, ending: { state: 'COMPLETED', at } } as const;
  assert.deepEqual(replayStatus(completed, at), { state: 'COMPLETED', endedAt: at });
  const failed = { ...replay, ending: { state: 'FAILED', reason: 'why', at } } as const;
  assert.deepEqual(replayStatus(failed, at), { state: 'FAILED', stateReason: 'why', endedAt: at });
});

test('a replay that was cancelled ends cancelled after a moment', () => {
  const cancelledAt = startedAt + 900;
  const cancelled = { ...replay, cancelledAt };
  const endedAt = cancelledAt + REPLAY_STEP_MS;
  assert.deepEqual(replayStatus(cancelled, startedAt + REPLAY_STEP_MS), { state: 'CANCELLING' });
  assert.deepEqual(replayStatus(cancelled, endedAt), { state: 'CANCELLED', endedAt });
  assert.equal(isGoingOn(replay), true);
  assert.equal(isGoingOn(cancelled), false);
});

test('what is ending still counts as active, but can not be cancelled again', () => {
  assert.deepEqual([isCancellable('CANCELLING'), isActive('CANCELLING')], [false, true]);
  assert.deepEqual([isCancellable('RUNNING'), isActive('RUNNING')], [true, true]);
  assert.deepEqual([isCancellable('FAILED'), isActive('FAILED')], [false, false]);
});

test('a replay is forgotten 90 days after its end, and never before it', () => {
  const at = startedAt + 5000;
  const completed = { ...replay, ending: { state: 'COMPLETED', at } } as const;
  assert.equal(isForgotten(completed, at + 90 * DAY_MS - 1), false);
  assert.equal(isForgotten(completed, at + 90 * DAY_MS), true);
  assert.equal(isForgotten(replay, startedAt + 999 * DAY_MS), false);
});
