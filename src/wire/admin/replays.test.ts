import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adminJson } from '../../../test/admin-client.ts';
import { startEndpoint } from '../../../test/http-endpoint.ts';
import { startTestBus, type TestBus } from '../../../test/running-bus.ts';
import { until } from '../../../test/until.ts';
import { HandClock } from '../../domain/clock.ts';

const START = Date.UTC(2026, 0, 2, 3, 4, 5);
const arn = (resource: string) => `arn:aws:events:eu-central-1:111111111111:${resource}`;
const asked = {
  replayName: 'r',
  eventSourceArn: arn('archive/a'),
  eventStartTime: '2026-01-02T00:00:00Z',
  eventEndTime: '2026-01-03T00:00:00Z',
  destination: { arn: arn('event-bus/default') },
};

async function start(t: Parameters<typeof startTestBus>[0], sources: readonly string[]) {
  const clock = new HandClock(START);
  const bus = await startTestBus(t, { clock });
  const EventSourceArn = asked.destination.arn;
  await bus.call('CreateArchive', { ArchiveName: 'a', EventSourceArn });
  for (const [n, Source] of sources.entries()) {
    const Time = START / 1000 + n;
    await bus.call('PutEvents', { Entries: [{ Source, DetailType: 'd', Detail: '{}', Time }] });
  }
  return { bus, clock };
}

async function putRule(bus: TestBus, Name: string, EventPattern: string, targets: readonly string[]) {
  await bus.call('PutRule', { Name, EventPattern });
  const Targets = targets.map((Arn, n) => ({ Id: String(n), Arn }));
  if (targets.length > 0) await bus.call('PutTargets', { Rule: Name, Targets });
}

const post = (bus: TestBus, path: string, body: unknown, status = 200) =>
  adminJson(bus.url, path, { method: 'POST', body, status });

test('a dry run says which rules would get how many events, and delivers nothing', async (t) => {
  const { bus } = await start(t, ['shop', 'bank', 'shop', 'nobody']);
  const endpoint = await startEndpoint(t);
  await putRule(bus, 'shop', '{"source":["shop"]}', [endpoint.url, `${endpoint.url}2`]);
  await putRule(bus, 'both', '{"source":["shop","bank"]}', [endpoint.url]);
  await putRule(bus, 'live', '{"source":["shop"],"replay-name":[{"exists":false}]}', [endpoint.url]);
  assert.deepEqual(await post(bus, '/_busbar/replays/dry-run', asked), {
    events: 4,
    unmatchedEvents: 1,
    deliveries: 7,
    rules: [
      { arn: arn('rule/both'), events: 3, deliveries: 3 },
      { arn: arn('rule/shop'), events: 2, deliveries: 4 },
    ],
    missingRules: [],
    firstEventTime: '2026-01-02T03:04:05.000Z',
    lastEventTime: '2026-01-02T03:04:08.000Z',
  });
  const filterArns = [arn('rule/shop'), arn('rule/live'), arn('rule/gone')];
  const narrowed = await post(bus, '/_busbar/replays/dry-run', {
    ...asked,
    eventStartTime: '2026-01-02T03:04:06Z',
    destination: { ...asked.destination, filterArns },
  });
  assert.deepEqual(narrowed, {
    events: 3,
    unmatchedEvents: 2,
    deliveries: 2,
    rules: [
      { arn: arn('rule/shop'), events: 1, deliveries: 2 },
      { arn: arn('rule/gone'), events: 0, deliveries: 0 },
      { arn: arn('rule/live'), events: 0, deliveries: 0 },
    ],
    missingRules: [arn('rule/gone')],
    firstEventTime: '2026-01-02T03:04:06.000Z',
    lastEventTime: '2026-01-02T03:04:08.000Z',
  });
  assert.deepEqual((await bus.call('ListReplays', {})).json, { Replays: [] });
  assert.equal(endpoint.received.length, 0);
});

test('a replay goes at the pace that it was given, and tells how far it is', async (t) => {
  const { bus, clock } = await start(t, ['s', 's', 's']);
  const endpoint = await startEndpoint(t);
  await putRule(bus, 'all', '{"source":["s"]}', [endpoint.url]);
  const pace = { eventsPerSecond: 2 };
  assert.deepEqual(await post(bus, '/_busbar/replays', { ...asked, pace }), {
    replayArn: arn('replay/r'),
    state: 'STARTING',
    replayStartTime: '2026-01-02T03:04:05.000Z',
  });
  const look = () => adminJson(bus.url, '/_busbar/replays/r');
  clock.advance(1000);
  await until(async () => (await look()).events === 1);
  clock.advance(500);
  await until(async () => (await look()).events === 2);
  assert.equal((await bus.call('DescribeReplay', { ReplayName: 'r' })).json.State, 'RUNNING');
  clock.advance(500);
  await until(async () => (await look()).state === 'COMPLETED');
  assert.deepEqual(await look(), {
    replayName: 'r',
    state: 'COMPLETED',
    eventSourceArn: asked.eventSourceArn,
    destination: asked.destination,
    pace,
    eventStartTime: '2026-01-02T00:00:00.000Z',
    eventEndTime: '2026-01-03T00:00:00.000Z',
    eventLastReplayedTime: '2026-01-02T03:04:07.000Z',
    events: 3,
    replayStartTime: '2026-01-02T03:04:05.000Z',
    replayEndTime: '2026-01-02T03:04:07.000Z',
  });
  await endpoint.arrived(3);
});

const refusals: readonly (readonly [string, unknown, number, RegExp])[] = [
  ['no JSON', '{', 400, /The body is not JSON/],
  ['no object', [], 400, /The body must be a JSON object/],
  ['no window', { ...asked, eventEndTime: undefined }, 400, /eventEndTime must be a time in ISO 8601/],
  ['seconds', { ...asked, eventStartTime: 1_700_000_000 }, 400, /eventStartTime must be a time/],
  ['no destination', { ...asked, destination: undefined }, 400, /destination must be a JSON object/],
  ['an odd name', { ...asked, replayName: 'a b' }, 400, /'replayName' failed to satisfy constraint/],
  ['two paces', { ...asked, pace: { eventsPerSecond: 1, timesRealTime: 1 } }, 400, /pace must be/],
  ['no pace', { ...asked, pace: {} }, 400, /pace must be/],
  ['a pace of nothing', { ...asked, pace: { eventsPerSecond: 0 } }, 400, /pace must be/],
  ['an unknown pace', { ...asked, pace: { perHour: 3 } }, 400, /pace must be/],
  ['an unknown archive', { ...asked, eventSourceArn: arn('archive/x') }, 400, /Archive x does not exist/],
  [
    'an unknown event bus',
    { ...asked, destination: { arn: arn('event-bus/x') } },
    404,
    /Event bus x does not exist/,
  ],
];

for (const [what, body, status, message] of refusals) {
  test(`a replay with ${what} is refused`, async (t) => {
    const { bus } = await start(t, []);
    assert.match(String((await post(bus, '/_busbar/replays', body, status)).message), message);
  });
}

test('a name that is taken is a conflict, and an unknown one is not found', async (t) => {
  const { bus } = await start(t, []);
  await post(bus, '/_busbar/replays', asked);
  assert.deepEqual(await post(bus, '/_busbar/replays', asked, 409), { message: 'Replay r already exists.' });
  const missing = await adminJson(bus.url, '/_busbar/replays/q', { status: 404 });
  assert.deepEqual(missing, { message: 'Replay q does not exist.' });
});
