import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import Database from 'better-sqlite3';
import { HandClock } from '../src/domain/clock.ts';
import { startEndpoint } from './http-endpoint.ts';
import { startTestBus, type TestBus } from './running-bus.ts';
import { until, untilOwed } from './until.ts';

const START = Date.parse('2026-01-15T10:30:07.250Z');
const DAY_MS = 86_400_000;
const arn = (resource: string) => `arn:aws:events:eu-central-1:111111111111:${resource}`;
const busArn = arn('event-bus/default');

const create = (bus: TestBus, ArchiveName: string, more: object = {}) =>
  bus.call('CreateArchive', { ArchiveName, EventSourceArn: busArn, ...more });

interface Put {
  readonly source?: string;
  readonly time?: number;
  readonly detail?: string;
  readonly bus?: string;
}

/** Puts one event and answers its id. */
async function put(bus: TestBus, { source = 'orders', time, detail = '{}', bus: name }: Put = {}) {
  const entry = { Source: source, DetailType: 'd', Detail: detail, EventBusName: name };
  const { json } = await bus.call('PutEvents', {
    Entries: [time === undefined ? entry : { ...entry, Time: time / 1000 }],
  });
  return (json.Entries as { EventId: string }[])[0]?.EventId ?? '';
}

async function holds(bus: TestBus, ArchiveName: string): Promise<number> {
  return Number((await bus.call('DescribeArchive', { ArchiveName })).json.EventCount);
}

/** Replays a whole archive and resolves when that is over. */
async function replay(
  bus: TestBus,
  clock: HandClock,
  { archive = 'a', name = 'r', filter = [] as string[] },
) {
  const { status, json } = await bus.call('StartReplay', {
    ReplayName: name,
    EventSourceArn: arn(`archive/${archive}`),
    EventStartTime: 0,
    EventEndTime: 4_000_000_000,
    Destination: filter.length === 0 ? { Arn: busArn } : { Arn: busArn, FilterArns: filter },
  });
  assert.equal(status, 200, JSON.stringify(json));
  clock.advance(1000);
  await until(async () => (await describe(bus, name)).State === 'COMPLETED');
  await untilOwed(bus, 0);
}

const describe = async (bus: TestBus, ReplayName: string) =>
  (await bus.call('DescribeReplay', { ReplayName })).json;

/** A rule for every event, to an endpoint. */
async function sendAllTo(
  bus: TestBus,
  url: string,
  Name = 'all',
  EventPattern = '{"account":[{"exists":true}]}',
) {
  await bus.call('PutRule', { Name, EventPattern });
  await bus.call('PutTargets', { Rule: Name, Targets: [{ Id: 't', Arn: url }] });
}

function temporaryFolder(t: TestContext): string {
  const data = mkdtempSync(join(tmpdir(), 'busbar-archive-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  return data;
}

test('an archive retains the events of its pattern and counts them, whatever rules there are', async (t) => {
  const bus = await startTestBus(t, { clock: new HandClock(START) });
  await create(bus, 'orders', { EventPattern: '{"source":["orders"]}' });
  await create(bus, 'all');
  await put(bus);
  await put(bus, { source: 'bills', detail: '{"text":"Grüße"}' });
  assert.equal(await holds(bus, 'orders'), 1);
  const { json } = await bus.call('DescribeArchive', { ArchiveName: 'all' });
  assert.equal(json.EventCount, 2);
  const id = '00000000-0000-4000-8000-000000000000';
  const envelopes = [
    `{"version":"0","id":"${id}","detail-type":"d","source":"orders","account":"111111111111","time":"2026-01-15T10:30:07Z","region":"eu-central-1","resources":[],"detail":{}}`,
    `{"version":"0","id":"${id}","detail-type":"d","source":"bills","account":"111111111111","time":"2026-01-15T10:30:07Z","region":"eu-central-1","resources":[],"detail":{"text":"Grüße"}}`,
  ];
  assert.equal(json.SizeBytes, Buffer.byteLength(envelopes.join('')));
  const { Archives } = (await bus.call('ListArchives', {})).json as { Archives: object[] };
  assert.deepEqual(
    Archives.map((archive) => ('EventCount' in archive ? archive.EventCount : undefined)),
    [2, 1],
  );
});

test('an archive hears of its own event bus alone, in its own account and Region', async (t) => {
  const bus = await startTestBus(t, { clock: new HandClock(START) });
  await bus.call('CreateEventBus', { Name: 'custom' });
  await create(bus, 'a');
  await create(bus, 'c', { EventSourceArn: arn('event-bus/custom') });
  await put(bus, { bus: 'custom' });
  const Entries = [{ Source: 's', DetailType: 'd', Detail: '{}' }];
  await bus.call('PutEvents', { Entries }, { region: 'us-west-2' });
  await bus.call('PutEvents', { Entries }, { account: '222222222222' });
  assert.deepEqual([await holds(bus, 'a'), await holds(bus, 'c')], [0, 1]);
});

test('archived events are delivered as ever, and replayed with the name of the replay', async (t) => {
  const clock = new HandClock(START);
  const bus = await startTestBus(t, { clock });
  const endpoint = await startEndpoint(t);
  await sendAllTo(bus, endpoint.url);
  await create(bus, 'a');
  const id = await put(bus, { detail: '{ "price": 1.50 }', time: START - 5000 });
  await endpoint.arrived(1);
  await untilOwed(bus, 0);
  clock.advance(10 * DAY_MS);
  await replay(bus, clock, {});
  const [first, again, ...more] = endpoint.received.map(({ body }) => body);
  assert.deepEqual(more, []);
  assert.equal(JSON.parse(again ?? '').id, id);
  assert.equal(again, first?.replace('"resources"', '"replay-name":"r","resources"'));
  const { State, EventLastReplayedTime, ReplayStartTime, ReplayEndTime } = await describe(bus, 'r');
  assert.deepEqual(
    { State, EventLastReplayedTime, ReplayStartTime, ReplayEndTime },
    {
      State: 'COMPLETED',
      EventLastReplayedTime: Math.floor((START - 5000) / 1000),
      ReplayStartTime: Math.floor((START + 10 * DAY_MS) / 1000),
      ReplayEndTime: Math.floor((START + 10 * DAY_MS + 1000) / 1000),
    },
  );
  assert.equal(await holds(bus, 'a'), 1, 'the replayed event was archived again');
});

test('a replay may be repeated, and may leave out rules', async (t) => {
  const clock = new HandClock(START);
  const bus = await startTestBus(t, { clock });
  const [one, two, live] = await Promise.all([startEndpoint(t), startEndpoint(t), startEndpoint(t)]);
  await create(bus, 'a');
  await put(bus);
  await sendAllTo(bus, one.url, 'one');
  await sendAllTo(bus, two.url, 'two');
  await sendAllTo(bus, live.url, 'live', '{"source":["orders"],"replay-name":[{"exists":false}]}');
  await replay(bus, clock, { name: 'first', filter: [arn('rule/two'), arn('rule/live')] });
  assert.deepEqual(
    [one, two, live].map(({ received }) => received.length),
    [0, 1, 0],
  );
  await replay(bus, clock, { name: 'second' });
  assert.deepEqual(
    [one, two, live].map(({ received }) => received.length),
    [1, 2, 0],
  );
});

test('a replay to a rule of a custom event bus', async (t) => {
  const clock = new HandClock(START);
  const bus = await startTestBus(t, { clock });
  const endpoint = await startEndpoint(t);
  await bus.call('CreateEventBus', { Name: 'custom' });
  await create(bus, 'c', { EventSourceArn: arn('event-bus/custom') });
  await put(bus, { bus: 'custom' });
  const EventPattern = '{"source":["orders"]}';
  await bus.call('PutRule', { Name: 'r', EventBusName: 'custom', EventPattern });
  const Targets = [{ Id: 't', Arn: endpoint.url }];
  await bus.call('PutTargets', { Rule: 'r', EventBusName: 'custom', Targets });
  await bus.call('StartReplay', {
    ReplayName: 'r',
    EventSourceArn: arn('archive/c'),
    EventStartTime: 0,
    EventEndTime: 4_000_000_000,
    Destination: { Arn: arn('event-bus/custom'), FilterArns: [arn('rule/custom/r')] },
  });
  clock.advance(1000);
  await endpoint.arrived(1);
});

test('a changed pattern counts from then on', async (t) => {
  const bus = await startTestBus(t, { clock: new HandClock(START) });
  await create(bus, 'a', { EventPattern: '{"source":["orders"]}' });
  await put(bus, { source: 'bills' });
  await bus.call('UpdateArchive', { ArchiveName: 'a', EventPattern: '{"source":["bills"]}' });
  await put(bus, { source: 'bills' });
  await put(bus);
  assert.equal(await holds(bus, 'a'), 1);
  await bus.call('UpdateArchive', { ArchiveName: 'a', EventPattern: '' });
  await put(bus);
  assert.equal(await holds(bus, 'a'), 2);
});

test('without its rule an archive retains nothing more, and keeps what it has', async (t) => {
  const bus = await startTestBus(t, { clock: new HandClock(START) });
  const Rule = 'Events-Archive-a';
  await create(bus, 'a');
  await put(bus);
  await bus.call('RemoveTargets', { Rule, Ids: [Rule], Force: true });
  await put(bus);
  await bus.call('DeleteRule', { Name: Rule, Force: true });
  await put(bus);
  const { State, EventCount } = (await bus.call('DescribeArchive', { ArchiveName: 'a' })).json;
  assert.deepEqual({ State, EventCount }, { State: 'DISABLED', EventCount: 1 });
  await bus.call('UpdateArchive', { ArchiveName: 'a', Description: 'mended' });
  await put(bus);
  assert.equal(await holds(bus, 'a'), 2);
});

test('an archive of the same name is another archive', async (t) => {
  const clock = new HandClock(START);
  const bus = await startTestBus(t, { clock });
  await create(bus, 'a');
  await put(bus);
  await bus.call('DeleteArchive', { ArchiveName: 'a' });
  await create(bus, 'a');
  assert.equal(await holds(bus, 'a'), 0);
  const endpoint = await startEndpoint(t);
  await sendAllTo(bus, endpoint.url);
  await replay(bus, clock, {});
  assert.equal(endpoint.received.length, 0);
});

test('an event bus with archives is not deleted', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateEventBus', { Name: 'custom' });
  await create(bus, 'c', { EventSourceArn: arn('event-bus/custom') });
  assert.deepEqual((await bus.call('DeleteEventBus', { Name: 'custom' })).json, {
    __type: 'ValidationException',
    message: "EventBus can't be deleted since it has rules.",
  });
  await bus.call('DeleteArchive', { ArchiveName: 'c' });
  assert.equal((await bus.call('DeleteEventBus', { Name: 'custom' })).status, 200);
});

test('events go when their retention is over, by the clock', async (t) => {
  const clock = new HandClock(START);
  const bus = await startTestBus(t, { clock });
  await create(bus, 'a', { RetentionDays: 2 });
  await create(bus, 'forever');
  await put(bus, { time: START - 30 * DAY_MS });
  clock.advance(DAY_MS);
  await put(bus);
  clock.advance(DAY_MS / 2);
  assert.equal(await holds(bus, 'a'), 2, 'the time of an event says nothing of its retention');
  for (let hours = 0; hours < 14; hours++) {
    clock.advance(DAY_MS / 24);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await until(async () => (await holds(bus, 'a')) === 1);
  assert.equal(await holds(bus, 'forever'), 2);
  await bus.call('UpdateArchive', { ArchiveName: 'forever', RetentionDays: 1 });
  await until(async () => (await holds(bus, 'forever')) === 0);
});

test('what a deleted archive held leaves the disk, also after a restart', async (t) => {
  const clock = new HandClock(START);
  const data = temporaryFolder(t);
  const first = await startTestBus(t, { clock, data });
  for (const name of ['a', 'b']) await create(first, name);
  const Entries = Array.from({ length: 10 }, () => ({ Source: 's', DetailType: 'd', Detail: '{}' }));
  for (let n = 0; n < 120; n++) await first.call('PutEvents', { Entries });
  await first.call('DeleteArchive', { ArchiveName: 'a' });
  await first.close();
  assert.equal(rows(data, 'event'), 1200);

  const second = await startTestBus(t, { clock, data });
  await second.call('DeleteArchive', { ArchiveName: 'b' });
  await second.clock?.advance(60_000);
  await second.close();
  assert.deepEqual([rows(data, 'archived'), rows(data, 'event')], [0, 0]);
  const removals = inspect(data, "SELECT count(*) FROM configuration WHERE kind = 'archive-removal'");
  assert.equal(removals, 0);
});

const rows = (folder: string, table: string) => inspect(folder, `SELECT count(*) FROM ${table}`);

function inspect(folder: string, sql: string): unknown {
  const database = new Database(join(folder, 'busbar.sqlite'), { readonly: true });
  try {
    return database.prepare(sql).pluck().get();
  } finally {
    database.close();
  }
}

test('archives and replays go on after a restart in the middle', async (t) => {
  const clock = new HandClock(START);
  const data = temporaryFolder(t);
  const endpoint = await startEndpoint(t);
  const first = await startTestBus(t, { clock, data });
  await create(first, 'a');
  const ids: string[] = [];
  for (let n = 0; n < 250; n++) ids.push(await put(first, { time: START + n * 1000 }));
  await sendAllTo(first, endpoint.url);
  await first.call('StartReplay', {
    ReplayName: 'r',
    EventSourceArn: arn('archive/a'),
    EventStartTime: Math.floor(START / 1000) + 10,
    EventEndTime: Math.floor(START / 1000) + 240,
    Destination: { Arn: busArn },
  });
  clock.advance(1000);
  await endpoint.arrived(1);
  await first.close();

  const second = await startTestBus(t, { clock, data });
  await until(async () => (await describe(second, 'r')).State === 'COMPLETED');
  await untilOwed(second, 0);
  const arrived = new Set(endpoint.received.map(({ body }) => JSON.parse(body).id as string));
  assert.deepEqual([...arrived].sort(), ids.slice(10, 240).sort());
  assert.equal(await holds(second, 'a'), 250);
});
