import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Hops } from '../src/domain/event.ts';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.ts';
import { ROLE } from './api-destination-rule.ts';
import { type Endpoint, startEndpoint } from './http-endpoint.ts';
import { type Queue, startQueues } from './queue.ts';
import { startTestBus, type TestBus } from './running-bus.ts';
import { owedEvent } from './store-suite.ts';
import { untilOwed } from './until.ts';

const HOME = { account: '111111111111', region: 'eu-central-1' };
const WEST = { account: '111111111111', region: 'eu-west-1' };
const OTHER = { account: '222222222222', region: 'eu-central-1' };
type Place = typeof HOME;

function busArn({ account, region }: Place, name: string): string {
  return `arn:aws:events:${region}:${account}:event-bus/${name}`;
}

interface Grid {
  readonly bus: TestBus;
  readonly dead: Queue;
  must(operation: string, body: object, place?: Place): Promise<Readonly<Record<string, unknown>>>;
  /** Makes an event bus with an endpoint that gets everything on it. */
  makeBus(name: string, place?: Place): Promise<Endpoint>;
  /** Sends everything of one event bus on to another. */
  connect(from: string, toArn: string, place?: Place): Promise<void>;
  /** Puts one event of source `shop`, and waits until nothing is owed any more; answers its id. */
  put(name: string, entry?: object): Promise<string>;
}

async function startGrid(t: TestContext): Promise<Grid> {
  const queues = await startQueues(t);
  const dead = await queues.create('dead');
  const bus = await startTestBus(t, { endpoints: { SQS: queues.url } });
  const EventPattern = '{"source":[{"exists":true}]}';
  const must: Grid['must'] = async (operation, body, place = HOME) => {
    const { status, text, json } = await bus.call(operation, body, place);
    assert.equal(status, 200, `${operation}: ${text}`);
    return json;
  };
  return {
    bus,
    dead,
    must,
    async makeBus(Name, place) {
      const endpoint = await startEndpoint(t);
      await must('CreateEventBus', { Name }, place);
      await must('PutRule', { Name: 'seen', EventBusName: Name, EventPattern }, place);
      const Targets = [{ Id: 'seen', Arn: endpoint.url }];
      await must('PutTargets', { Rule: 'seen', EventBusName: Name, Targets }, place);
      return endpoint;
    },
    async connect(from, toArn, place) {
      const Name = `to-${toArn.split('/').at(-1)}`;
      await must('PutRule', { Name, EventBusName: from, EventPattern }, place);
      const Targets = [{ Id: 'on', Arn: toArn, RoleArn: ROLE, DeadLetterConfig: { Arn: dead.arn } }];
      await must('PutTargets', { Rule: Name, EventBusName: from, Targets }, place);
    },
    async put(EventBusName, entry = {}) {
      const Entries = [{ EventBusName, Source: 'shop', DetailType: 'order', Detail: '{"n":1.0}', ...entry }];
      const { Entries: results } = await must('PutEvents', { Entries });
      await untilOwed(bus, 0);
      return (results as { EventId: string }[])[0]?.EventId ?? '';
    },
  };
}

async function errorOf(dead: Queue): Promise<{ code: string | undefined; message: string | undefined }> {
  const [letter] = await dead.receive(1);
  const { ERROR_CODE, ERROR_MESSAGE } = letter?.MessageAttributes ?? {};
  return { code: ERROR_CODE?.StringValue, message: ERROR_MESSAGE?.StringValue };
}

test('within an account and region the event arrives as it was, its id too', async (t) => {
  const grid = await startGrid(t);
  const a = await grid.makeBus('a');
  const b = await grid.makeBus('b');
  await grid.connect('a', busArn(HOME, 'b'));
  const id = await grid.put('a', { Time: 1_700_000_000, Resources: ['r'], Detail: '{ "n": 1.0 }' });
  assert.equal(b.received.length, 1);
  assert.equal(b.received[0]?.body, a.received[0]?.body);
  assert.equal(
    b.received[0]?.body,
    `{"version":"0","id":"${id}","detail-type":"order","source":"shop","account":"111111111111","time":"2023-11-14T22:13:20Z","region":"eu-central-1","resources":["r"],"detail":{"n":1.0}}`,
  );
});

test('in another region it has another id, and nothing else changes', async (t) => {
  const grid = await startGrid(t);
  await grid.makeBus('a');
  const west = await grid.makeBus('west', WEST);
  await grid.connect('a', busArn(WEST, 'west'));
  const id = await grid.put('a', { Time: 1_700_000_000 });
  const { id: newId, ...rest } = JSON.parse(west.received[0]?.body ?? '');
  assert.notEqual(newId, id);
  assert.match(newId, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual(rest, {
    version: '0',
    'detail-type': 'order',
    source: 'shop',
    account: HOME.account,
    time: '2023-11-14T22:13:20Z',
    region: HOME.region,
    resources: [],
    detail: { n: 1 },
  });
});

test('another account takes it by the policy of its event bus alone', async (t) => {
  const grid = await startGrid(t);
  await grid.makeBus('a');
  const theirs = await grid.makeBus('theirs', OTHER);
  await grid.connect('a', busArn(OTHER, 'theirs'));
  await grid.put('a');
  const { code, message } = await errorOf(grid.dead);
  assert.equal(code, 'NO_PERMISSIONS');
  assert.match(
    message ?? '',
    /is not authorized to perform: events:PutEvents on resource: .*222222222222:event-bus\/theirs/,
  );

  const Condition = {
    StringEquals: {
      'events:source': 'shop',
      'events:detail-type': 'order',
      'events:eventBusInvocation': 'true',
      'aws:SourceAccount': HOME.account,
    },
    ArnLike: { 'aws:SourceArn': 'arn:aws:events:eu-central-1:111111111111:rule/a/*' },
  };
  const Statement = {
    Sid: 's',
    Effect: 'Allow',
    Principal: { AWS: HOME.account },
    Action: 'events:PutEvents',
    Resource: busArn(OTHER, 'theirs'),
    Condition,
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  await grid.must('PutPermission', { EventBusName: 'theirs', Policy }, OTHER);
  const id = await grid.put('a');
  assert.equal(theirs.received.length, 1);
  assert.equal(JSON.parse(theirs.received[0]?.body ?? '').id, id);
  await grid.put('a', { Source: 'another' });
  assert.equal(theirs.received.length, 1);
  assert.equal((await errorOf(grid.dead)).code, 'NO_PERMISSIONS');
});

test('a deny holds within an account too', async (t) => {
  const grid = await startGrid(t);
  await grid.makeBus('a');
  const b = await grid.makeBus('b');
  await grid.connect('a', busArn(HOME, 'b'));
  const Statement = {
    Sid: 's',
    Effect: 'Deny',
    Principal: '*',
    Action: 'events:PutEvents',
    Resource: busArn(HOME, 'b'),
    Condition: { Bool: { 'events:eventBusInvocation': 'true' } },
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  await grid.must('PutPermission', { EventBusName: 'b', Policy });
  await grid.put('a');
  assert.equal((await errorOf(grid.dead)).code, 'NO_PERMISSIONS');
  await grid.put('b');
  assert.equal(b.received.length, 1);
});

test('an event bus that is gone is missing; one of another account is only closed', async (t) => {
  const grid = await startGrid(t);
  await grid.makeBus('a');
  await grid.connect('a', busArn(HOME, 'never-was'));
  await grid.put('a');
  assert.equal((await errorOf(grid.dead)).code, 'NO_RESOURCE');
  await grid.makeBus('b');
  await grid.connect('b', busArn(OTHER, 'never-was'));
  await grid.put('b');
  assert.equal((await errorOf(grid.dead)).code, 'NO_PERMISSIONS');
});

test('an event goes from bus to bus once within a region, so a circle ends', async (t) => {
  const grid = await startGrid(t);
  const a = await grid.makeBus('a');
  const b = await grid.makeBus('b');
  await grid.connect('a', busArn(HOME, 'b'));
  await grid.connect('b', busArn(HOME, 'a'));
  const id = await grid.put('a');
  assert.deepEqual(await errorOf(grid.dead), {
    code: 'THIRD_ACCOUNT_HOP_DETECTED',
    message: `Event ingestion rejected for event ${id} because an event can be sent to an event bus target only once. This event was previously delivered to an event bus target.`,
  });
  assert.deepEqual([a.received.length, b.received.length], [1, 1]);
});

test('and once across regions: both ways together end after two', async (t) => {
  const grid = await startGrid(t);
  const home = await grid.makeBus('a');
  const b = await grid.makeBus('b');
  const west = await grid.makeBus('west', WEST);
  await grid.connect('a', busArn(HOME, 'b'));
  await grid.connect('b', busArn(WEST, 'west'));
  await grid.connect('west', busArn(HOME, 'a'), WEST);
  await grid.put('a');
  assert.deepEqual([home.received.length, b.received.length, west.received.length], [1, 1, 1]);
  assert.equal((await errorOf(grid.dead)).code, 'THIRD_REGION_HOP_DETECTED');
});

test('the hops of an event outlast a restart', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'busbar-hops-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const store = await openSqliteStore(folder);
  const made: (Hops | undefined)[] = [undefined, 'within-region', 'across-regions', 'both'];
  await store.append(
    made.map((hops, n) => {
      const { event, deliveries } = owedEvent(`e${n}`, n);
      return { event: hops === undefined ? event : { ...event, hops }, deliveries };
    }),
  );
  await store.close();
  const hopsNow = async () => {
    const reopened = await openSqliteStore(folder);
    const leased = await reopened.lease({ max: 9, now: 9, until: 10 });
    await reopened.close();
    return leased.map(({ event }) => event.hops);
  };
  assert.deepEqual(await hopsNow(), made);
});

test('PutTargets refuses what AWS refuses of event buses', async (t) => {
  const grid = await startGrid(t);
  await grid.makeBus('a');
  const refusal = async (target: object) => {
    const Targets = [{ Id: 'on', Arn: busArn(HOME, 'b'), RoleArn: ROLE, ...target }];
    const { json } = await grid.bus.call('PutTargets', { Rule: 'seen', EventBusName: 'a', Targets });
    assert.equal(json.__type, 'ValidationException');
    return json.message;
  };
  const Arn = busArn(HOME, 'b');
  assert.equal(await refusal({ RoleArn: undefined }), `RoleArn is required for target ${Arn}.`);
  assert.equal(
    await refusal({ Arn: busArn(HOME, 'a') }),
    'Source EventBus and Target EventBus must not be the same.',
  );
  for (const input of [
    { Input: '{}' },
    { InputPath: '$.detail' },
    { InputTransformer: { InputTemplate: '{}' } },
  ]) {
    assert.equal(await refusal(input), 'Modifying the input for target on is not supported.');
  }
  assert.equal(
    await refusal({ RetryPolicy: { MaximumRetryAttempts: 0 } }),
    'Retry policy is not supported for Event bus targets.',
  );
  assert.match(
    String(await refusal({ Arn: 'arn:aws:events:eu-central-1:::' })),
    /Busbar does not deliver to events yet/,
  );
});
