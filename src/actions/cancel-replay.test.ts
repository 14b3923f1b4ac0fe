import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus, type TestBus } from '../../test/running-bus.ts';
import { until } from '../../test/until.ts';
import { HandClock } from '../domain/clock.ts';
import { REPLAY_STEP_MS } from '../domain/replay.ts';

const arn = (resource: string) => `arn:aws:events:eu-central-1:111111111111:${resource}`;

async function replaying(t: Parameters<typeof startTestBus>[0], clock: HandClock): Promise<TestBus> {
  const bus = await startTestBus(t, { clock });
  await bus.call('CreateArchive', { ArchiveName: 'a', EventSourceArn: arn('event-bus/default') });
  await bus.call('StartReplay', {
    ReplayName: 'r',
    EventSourceArn: arn('archive/a'),
    EventStartTime: 1_600_000_000,
    EventEndTime: 1_600_000_060,
    Destination: { Arn: arn('event-bus/default') },
  });
  return bus;
}

test('serialization: the answer holds ARN and state', async (t) => {
  const bus = await replaying(t, new HandClock(1_700_000_000_000));
  const { status, json } = await bus.call('CancelReplay', { ReplayName: 'r' });
  assert.equal(status, 200);
  assert.deepEqual(json, { ReplayArn: arn('replay/r'), State: 'CANCELLING' });
});

test('validation: an unknown replay is not found', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('CancelReplay', { ReplayName: 'nope' });
  assert.deepEqual(json, { __type: 'ResourceNotFoundException', message: 'Replay nope does not exist.' });
});

test('behaviour: a cancelled replay ends cancelled, without a reason', async (t) => {
  const clock = new HandClock(1_700_000_000_000);
  const bus = await replaying(t, clock);
  clock.advance(500);
  await bus.call('CancelReplay', { ReplayName: 'r' });
  clock.advance(REPLAY_STEP_MS - 1);
  assert.equal((await bus.call('DescribeReplay', { ReplayName: 'r' })).json.State, 'CANCELLING');
  clock.advance(1);
  const { json } = await bus.call('DescribeReplay', { ReplayName: 'r' });
  assert.equal(json.State, 'CANCELLED');
  assert.equal(json.StateReason, undefined);
  assert.equal(json.ReplayEndTime, 1_700_000_001);
});

test('behaviour: what is being cancelled, was cancelled or has completed can not be cancelled', async (t) => {
  const clock = new HandClock(1_700_000_000_000);
  const refusal = {
    __type: 'IllegalStatusException',
    message: 'Replay r is not in a valid state for this operation.',
  };
  const cancelled = await replaying(t, clock);
  await cancelled.call('CancelReplay', { ReplayName: 'r' });
  assert.deepEqual((await cancelled.call('CancelReplay', { ReplayName: 'r' })).json, refusal);
  clock.advance(REPLAY_STEP_MS);
  assert.deepEqual((await cancelled.call('CancelReplay', { ReplayName: 'r' })).json, refusal);
  const completed = await replaying(t, clock);
  clock.advance(REPLAY_STEP_MS);
  const describe = () => completed.call('DescribeReplay', { ReplayName: 'r' });
  await until(async () => (await describe()).json.State === 'COMPLETED');
  assert.deepEqual((await completed.call('CancelReplay', { ReplayName: 'r' })).json, refusal);
});
