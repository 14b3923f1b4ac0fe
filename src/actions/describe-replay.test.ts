import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus, type TestBus } from '../../test/running-bus.ts';
import { until } from '../../test/until.ts';
import { HandClock } from '../domain/clock.ts';
import { REPLAY_STEP_MS } from '../domain/replay.ts';

const arn = (resource: string) => `arn:aws:events:eu-central-1:111111111111:${resource}`;
const given = {
  ReplayName: 'r',
  Description: 'again',
  EventSourceArn: arn('archive/a'),
  Destination: { Arn: arn('event-bus/default'), FilterArns: [arn('rule/x')] },
};

async function replaying(t: Parameters<typeof startTestBus>[0], clock: HandClock): Promise<TestBus> {
  const bus = await startTestBus(t, { clock });
  await bus.call('CreateArchive', { ArchiveName: 'a', EventSourceArn: arn('event-bus/default') });
  await bus.call('StartReplay', {
    ...given,
    EventStartTime: 1_600_000_000.9,
    EventEndTime: 1_600_000_060.9,
  });
  return bus;
}

const untilState = (bus: TestBus, state: string) =>
  until(async () => (await bus.call('DescribeReplay', { ReplayName: 'r' })).json.State === state);

const started = {
  ...given,
  ReplayArn: arn('replay/r'),
  EventStartTime: 1_600_000_000,
  EventEndTime: 1_600_000_060,
  ReplayStartTime: 1_700_000_000,
};

test('serialization: everything that was given, times in whole seconds', async (t) => {
  const bus = await replaying(t, new HandClock(1_700_000_000_987));
  assert.deepEqual((await bus.call('DescribeReplay', { ReplayName: 'r' })).json, {
    ...started,
    State: 'STARTING',
  });
});

test('serialization: without filters and description there are none', async (t) => {
  const bus = await replaying(t, new HandClock(1_700_000_000_987));
  await bus.call('StartReplay', {
    ReplayName: 'q',
    Description: '',
    EventSourceArn: given.EventSourceArn,
    EventStartTime: 1,
    EventEndTime: 2,
    Destination: { Arn: given.Destination.Arn, FilterArns: [] },
  });
  const { json } = await bus.call('DescribeReplay', { ReplayName: 'q' });
  assert.deepEqual(json.Destination, { Arn: given.Destination.Arn });
  assert.equal('Description' in json, false);
});

test('validation: an unknown replay is not found', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('DescribeReplay', { ReplayName: 'nope' });
  assert.deepEqual(json, { __type: 'ResourceNotFoundException', message: 'Replay nope does not exist.' });
});

test('behaviour: a replay of nothing completes after its start, and outlives its archive', async (t) => {
  const clock = new HandClock(1_700_000_000_987);
  const bus = await replaying(t, clock);
  clock.advance(REPLAY_STEP_MS);
  await untilState(bus, 'COMPLETED');
  await bus.call('DeleteArchive', { ArchiveName: 'a' });
  assert.deepEqual((await bus.call('DescribeReplay', { ReplayName: 'r' })).json, {
    ...started,
    State: 'COMPLETED',
    ReplayEndTime: 1_700_000_001,
  });
});

test('behaviour: a replay whose archive is deleted before it begins fails and says why', async (t) => {
  const clock = new HandClock(1_700_000_000_987);
  const bus = await replaying(t, clock);
  await bus.call('DeleteArchive', { ArchiveName: 'a' });
  await bus.call('CreateArchive', { ArchiveName: 'a', EventSourceArn: arn('event-bus/default') });
  clock.advance(REPLAY_STEP_MS);
  await untilState(bus, 'FAILED');
  assert.deepEqual((await bus.call('DescribeReplay', { ReplayName: 'r' })).json, {
    ...started,
    State: 'FAILED',
    StateReason: 'The archive does not exist any more.',
    ReplayEndTime: 1_700_000_001,
  });
});
