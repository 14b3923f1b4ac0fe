import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus, type TestBus } from '../../test/running-bus.ts';
import { until } from '../../test/until.ts';
import { HandClock } from '../domain/clock.ts';
import { REPLAY_STEP_MS } from '../domain/replay.ts';

const arn = (resource: string) => `arn:aws:events:eu-central-1:111111111111:${resource}`;
const Destination = { Arn: arn('event-bus/default') };

async function busWithArchives(t: Parameters<typeof startTestBus>[0], clock: HandClock): Promise<TestBus> {
  const bus = await startTestBus(t, { clock });
  for (const ArchiveName of ['a', 'b']) {
    await bus.call('CreateArchive', { ArchiveName, EventSourceArn: Destination.Arn });
  }
  return bus;
}

const start = (bus: TestBus, ReplayName: string, archive = 'a') =>
  bus.call('StartReplay', {
    ReplayName,
    Description: 'again',
    EventSourceArn: arn(`archive/${archive}`),
    EventStartTime: 1_600_000_000,
    EventEndTime: 1_600_000_060,
    Destination,
  });

const untilCompleted = (bus: TestBus, ReplayName: string) =>
  until(async () => (await bus.call('DescribeReplay', { ReplayName })).json.State === 'COMPLETED');

async function list(bus: TestBus, request: object): Promise<{ names: string[]; token: unknown }> {
  const { json } = await bus.call('ListReplays', request);
  const replays = json.Replays as { ReplayName: string }[];
  return { names: replays.map(({ ReplayName }) => ReplayName), token: json.NextToken };
}

test('serialization: items have neither ARN, nor description, nor destination', async (t) => {
  const clock = new HandClock(1_700_000_000_987);
  const bus = await busWithArchives(t, clock);
  await start(bus, 'r');
  clock.advance(REPLAY_STEP_MS);
  await untilCompleted(bus, 'r');
  assert.deepEqual((await bus.call('ListReplays', {})).json, {
    Replays: [
      {
        ReplayName: 'r',
        EventSourceArn: arn('archive/a'),
        State: 'COMPLETED',
        EventStartTime: 1_600_000_000,
        EventEndTime: 1_600_000_060,
        ReplayStartTime: 1_700_000_000,
        ReplayEndTime: 1_700_000_001,
      },
    ],
  });
});

test('serialization: no replays are an empty list', async (t) => {
  const bus = await startTestBus(t);
  assert.deepEqual((await bus.call('ListReplays', {})).json, { Replays: [] });
});

test('validation: at most one filter', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('ListReplays', { NamePrefix: 'r', State: 'FAILED' });
  assert.deepEqual(json, {
    __type: 'ValidationException',
    message:
      'At most one filter is allowed for ListReplays. Use either : State, EventSourceArn, or NamePrefix.',
  });
});

test('behaviour: prefix, archive and state pick; pages are in order of names', async (t) => {
  const clock = new HandClock(1_700_000_000_000);
  const bus = await busWithArchives(t, clock);
  await start(bus, 'r2');
  await start(bus, 'q', 'b');
  clock.advance(REPLAY_STEP_MS);
  for (const name of ['r2', 'q']) await untilCompleted(bus, name);
  await start(bus, 'r1');
  assert.deepEqual((await list(bus, { NamePrefix: 'r' })).names, ['r1', 'r2']);
  assert.deepEqual((await list(bus, { EventSourceArn: arn('archive/b') })).names, ['q']);
  assert.deepEqual((await list(bus, { EventSourceArn: arn('archive/nope') })).names, []);
  assert.deepEqual((await list(bus, { State: 'STARTING' })).names, ['r1']);
  assert.deepEqual((await list(bus, { State: 'COMPLETED' })).names, ['q', 'r2']);

  const first = await list(bus, { Limit: 2 });
  assert.deepEqual(first.names, ['q', 'r1']);
  assert.deepEqual(await list(bus, { NextToken: first.token }), { names: ['r2'], token: undefined });
});
