import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  isActive,
  isCancellable,
  NOTHING_ARCHIVED,
  REPLAY_STEP_MS,
  type Replay,
  replayStatus,
} from './replay.ts';

const startedAt = 1_700_000_000_500;
const replay: Replay = {
  name: 'r',
  eventSourceArn: 'arn:aws:events:eu-central-1:111111111111:archive/a',
  destination: { arn: 'arn:aws:events:eu-central-1:111111111111:event-bus/default' },
  eventStartTime: 0,
  eventEndTime: 1000,
  startedAt,
};

test('a replay starts, and then fails with the reason', () => {
  const endedAt = startedAt + REPLAY_STEP_MS;
  assert.deepEqual(replayStatus(replay, startedAt), { state: 'STARTING' });
  assert.deepEqual(replayStatus(replay, endedAt - 1), { state: 'STARTING' });
  assert.deepEqual(replayStatus(replay, endedAt), {
    state: 'FAILED',
    stateReason: NOTHING_ARCHIVED,
    endedAt,
  });
});

test('a replay that was cancelled while it started ends cancelled', () => {
  const cancelledAt = startedAt + 900;
  const cancelled = { ...replay, cancelledAt };
  const endedAt = cancelledAt + REPLAY_STEP_MS;
  assert.deepEqual(replayStatus(cancelled, startedAt + REPLAY_STEP_MS), { state: 'CANCELLING' });
  assert.deepEqual(replayStatus(cancelled, endedAt), { state: 'CANCELLED', endedAt });
});

test('what is ending still counts as active, but can not be cancelled again', () => {
  assert.deepEqual([isCancellable('CANCELLING'), isActive('CANCELLING')], [false, true]);
  assert.deepEqual([isCancellable('RUNNING'), isActive('RUNNING')], [true, true]);
  assert.deepEqual([isCancellable('FAILED'), isActive('FAILED')], [false, false]);
});
