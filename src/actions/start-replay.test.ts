import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus, type TestBus } from '../../test/running-bus.ts';
import { until } from '../../test/until.ts';
import { HandClock } from '../domain/clock.ts';
import { REPLAY_STEP_MS } from '../domain/replay.ts';

const arn = (resource: string) => `arn:aws:events:eu-central-1:111111111111:${resource}`;
const request = {
  ReplayName: 'r',
  EventSourceArn: arn('archive/a'),
  EventStartTime: 1_600_000_000,
  EventEndTime: 1_600_000_060,
  Destination: { Arn: arn('event-bus/default') },
};

async function busWithArchive(
  t: Parameters<typeof startTestBus>[0],
  clock = new HandClock(1_700_000_000_987),
): Promise<TestBus> {
  const bus = await startTestBus(t, { clock });
  await bus.call('CreateArchive', { ArchiveName: 'a', EventSourceArn: arn('event-bus/default') });
  return bus;
}

test('serialization: the answer holds ARN, state and the time in whole seconds', async (t) => {
  const bus = await busWithArchive(t);
  const { status, json } = await bus.call('StartReplay', request);
  assert.equal(status, 200);
  assert.deepEqual(json, {
    ReplayArn: arn('replay/r'),
    State: 'STARTING',
    ReplayStartTime: 1_700_000_000,
  });
});

const refusals: readonly (readonly [string, object, string])[] = [
  [
    'a destination that is no event bus',
    { Destination: { Arn: arn('rule/r') } },
    'Parameter Destination.Arn is not valid. Reason: Must contain an event bus ARN.',
  ],
  [
    'a destination without an ARN',
    { Destination: { Arn: 'default' } },
    'Parameter Destination.Arn is not valid. Reason: Must contain an event bus ARN.',
  ],
  [
    'another event bus than the archive has',
    { Destination: { Arn: arn('event-bus/orders') } },
    'Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.',
  ],
  [
    'an archive that there is not',
    { EventSourceArn: arn('archive/nope') },
    'Parameter EventSourceArn is not valid. Reason: Archive nope does not exist.',
  ],
  [
    'an archive of another region',
    { EventSourceArn: arn('archive/a').replace('eu-central-1', 'us-west-2') },
    'Parameter EventSourceArn is not valid. Reason: Archive a does not exist.',
  ],
  [
    'a source that is no archive',
    { EventSourceArn: arn('event-bus/default') },
    'Parameter EventSourceArn is not valid. Reason: Must contain an archive ARN.',
  ],
  [
    'a window that ends where it starts',
    { EventEndTime: request.EventStartTime },
    'Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.',
  ],
  [
    'a window that ends before it starts',
    { EventEndTime: request.EventStartTime - 1 },
    'Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.',
  ],
];

for (const [what, change, message] of refusals) {
  test(`validation: ${what} is refused`, async (t) => {
    const bus = await busWithArchive(t);
    await bus.call('CreateEventBus', { Name: 'orders' });
    const { status, json } = await bus.call('StartReplay', { ...request, ...change });
    assert.equal(status, 400);
    assert.deepEqual(json, { __type: 'ValidationException', message });
    assert.equal((await bus.call('DescribeReplay', { ReplayName: 'r' })).status, 400);
  });
}

test('validation: an unknown destination is not found', async (t) => {
  const bus = await busWithArchive(t);
  const Destination = { Arn: arn('event-bus/nope') };
  const { json } = await bus.call('StartReplay', { ...request, Destination });
  assert.deepEqual(json, {
    __type: 'ResourceNotFoundException',
    message: 'Event bus nope does not exist.',
  });
});

test('behaviour: a name is taken once, whatever the archive, until 90 days after the end', async (t) => {
  const clock = new HandClock(1_700_000_000_000);
  const bus = await busWithArchive(t, clock);
  await bus.call('CreateArchive', { ArchiveName: 'b', EventSourceArn: arn('event-bus/default') });
  await bus.call('StartReplay', request);
  clock.advance(86_400_000);
  const startOther = () => bus.call('StartReplay', { ...request, EventSourceArn: arn('archive/b') });
  assert.deepEqual((await startOther()).json, {
    __type: 'ResourceAlreadyExistsException',
    message: 'Replay r already exists.',
  });
  const state = async () => (await bus.call('DescribeReplay', { ReplayName: 'r' })).json.State;
  await until(async () => (await state()) === 'COMPLETED');
  clock.advance(90 * 86_400_000);
  assert.equal((await startOther()).status, 200);
});

test('behaviour: ten replays may be active, and more after they ended', async (t) => {
  const clock = new HandClock(1_700_000_000_000);
  const bus = await busWithArchive(t, clock);
  for (let n = 0; n < 10; n++) {
    assert.equal((await bus.call('StartReplay', { ...request, ReplayName: `r${n}` })).status, 200);
  }
  const { json } = await bus.call('StartReplay', request);
  assert.deepEqual(json, {
    __type: 'LimitExceededException',
    message: 'The requested resource exceeds the maximum number allowed.',
  });
  clock.advance(REPLAY_STEP_MS);
  await until(async () => (await bus.call('StartReplay', request)).status === 200);
});
