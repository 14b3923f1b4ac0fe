import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { adminJson } from '../../../test/admin-client.ts';
import { openStream } from '../../../test/event-stream.ts';
import { type Endpoint, startEndpoint } from '../../../test/http-endpoint.ts';
import { startTestBus, type TestBus } from '../../../test/running-bus.ts';
import { health, until } from '../../../test/until.ts';
import { HandClock } from '../../domain/clock.ts';

const START = Date.UTC(2026, 0, 2, 3, 4, 5);

interface Failed {
  readonly id: string;
  readonly eventId: string;
  readonly targetId: string;
}

/** A bus with two rules whose targets refuse everything until `mend` is called. */
async function brokenBus(
  t: TestContext,
  events: number,
): Promise<{ bus: TestBus; clock: HandClock; endpoint: Endpoint; mend: () => void }> {
  let status = 400;
  const clock = new HandClock(START);
  const bus = await startTestBus(t, { clock });
  const endpoint = await startEndpoint(t, () => ({ status }));
  for (const rule of ['a', 'b']) {
    await bus.call('PutRule', { Name: rule, EventPattern: '{"source":["shop"]}' });
    const Targets = ['one', 'two'].map((Id) => ({ Id, Arn: endpoint.url }));
    await bus.call('PutTargets', { Rule: rule, Targets });
  }
  for (let n = 0; n < events; n += 1) {
    await bus.call('PutEvents', {
      Entries: [{ Source: 'shop', DetailType: 't', Detail: '{"n":1.0}' }],
    });
  }
  await until(async () => (await health(bus)).deliveries.failed === events * 4);
  return {
    bus,
    clock,
    endpoint,
    mend: () => {
      status = 200;
    },
  };
}

const list = async ({ url }: TestBus, query = '') =>
  (await adminJson(url, `/_busbar/failed${query}`)) as unknown as { failed: Failed[]; next?: string };
const post = (bus: TestBus, path: string, body: unknown, status = 200) =>
  adminJson(bus.url, `/_busbar/${path}`, { method: 'POST', body, status });

test('failed deliveries are listed by rule, target and error, page by page', async (t) => {
  const { bus } = await brokenBus(t, 3);
  const { failed } = await list(bus);
  assert.equal(failed.length, 12);
  const { id, eventId, ...rest } = failed[0] ?? { id: '', eventId: '' };
  assert.match(eventId, /^[0-9a-f-]{36}$/);
  assert.deepEqual(rest, {
    eventBusArn: 'arn:aws:events:eu-central-1:111111111111:event-bus/default',
    ruleArn: 'arn:aws:events:eu-central-1:111111111111:rule/a',
    targetId: 'one',
    attempts: 1,
    failedAt: '2026-01-02T03:04:05.000Z',
    error: { code: 'SDK_CLIENT_ERROR', message: 'The endpoint answered 400.' },
  });
  const count = async (query: string) => (await list(bus, query)).failed.length;
  assert.equal(await count('?rule=a'), 6);
  assert.equal(await count('?rule=arn:aws:events:eu-central-1:111111111111:rule/b&target=two'), 3);
  assert.equal(await count('?rule=a&bus=other'), 0);
  assert.equal(await count('?error=TIMEOUT'), 0);
  assert.equal(await count('?error=SDK_CLIENT_ERROR&target=one'), 6);
  const paged: string[] = [];
  let after: string | undefined;
  do {
    const page = await list(bus, `?max=5${after === undefined ? '' : `&after=${after}`}`);
    assert.ok(page.failed.length <= 5);
    paged.push(...page.failed.map((one) => one.id));
    after = page.next;
  } while (after !== undefined);
  assert.deepEqual(
    paged,
    failed.map((one) => one.id),
  );
});

test('one of them is shown with its event', async (t) => {
  const { bus, endpoint } = await brokenBus(t, 1);
  const [one] = (await list(bus)).failed;
  const { event, targetArn } = await adminJson(bus.url, `/_busbar/failed/${one?.id}`);
  assert.equal((event as { id: string }).id, one?.eventId);
  assert.equal(targetArn, endpoint.url);
  await adminJson(bus.url, '/_busbar/failed/nothing', { status: 404 });
  await adminJson(bus.url, '/_busbar/failed?max=0', { status: 400 });
});

test('those that are named are owed once more, and those that are not there are named too', async (t) => {
  const { bus, endpoint, mend } = await brokenBus(t, 1);
  const ids = (await list(bus)).failed.map(({ id }) => id);
  mend();
  const named = [ids[0], 'nothing', ids[0], ids[1]];
  assert.deepEqual(await post(bus, 'redrive', { ids: named }), { redriven: 2, unknown: ['nothing'] });
  await endpoint.arrived(6);
  await until(async () => (await health(bus)).deliveries.owed === 0);
  assert.equal((await list(bus)).failed.length, 2);
});

test('a redrive is part of the story of its event', async (t) => {
  const { bus, clock, mend } = await brokenBus(t, 1);
  const [one] = (await list(bus)).failed;
  const states = async () => {
    const story = await adminJson(bus.url, `/_busbar/events/${one?.eventId}`);
    const [receipt] = story.receipts as { deliveries: { state: string; attempts: object[] }[] }[];
    return receipt?.deliveries.map(({ state, attempts }) => `${state} ${attempts.length}`);
  };
  mend();
  clock.advance(1000);
  await post(bus, 'redrive', { ids: [one?.id] });
  await until(async () => (await states())?.[0] === 'delivered 2');
  assert.deepEqual(await states(), ['delivered 2', 'failed 1', 'failed 1', 'failed 1']);
  const stream = await openStream(bus.url, '/_busbar/tail?since=1h&deliveries=true');
  const turns = await stream.take(6, 'delivery');
  stream.close();
  assert.deepEqual(
    turns.slice(4).map(({ data }) => (data as { state: string }).state),
    ['redriven', 'delivered'],
  );
});

test('all that a filter finds are redriven in the background', async (t) => {
  const { bus, mend } = await brokenBus(t, 3);
  mend();
  const started = await post(bus, 'redrive', { all: true, rule: 'a', error: 'SDK_CLIENT_ERROR' }, 202);
  const { redriveId, state, redriven, ...rest } = started;
  assert.deepEqual([state, redriven], ['running', 0]);
  assert.deepEqual(rest, {
    startedAt: '2026-01-02T03:04:05.000Z',
    ruleArn: 'arn:aws:events:eu-central-1:111111111111:rule/a',
    errorCode: 'SDK_CLIENT_ERROR',
  });
  const now = () => adminJson(bus.url, `/_busbar/redrives/${redriveId}`);
  await until(async () => (await now()).state === 'done');
  assert.equal((await now()).redriven, 6);
  await until(async () => (await health(bus)).deliveries.owed === 0);
  assert.equal((await list(bus)).failed.length, 6);
  const { redrives } = await adminJson(bus.url, '/_busbar/redrives');
  assert.deepEqual(redrives, [await now()]);
  await post(bus, `redrives/${redriveId}/cancel`, '', 409);
});

test('what fails again is not taken up again', async (t) => {
  const { bus, endpoint } = await brokenBus(t, 2);
  const { redriveId } = await post(bus, 'redrive', { all: true }, 202);
  await until(async () => (await adminJson(bus.url, `/_busbar/redrives/${redriveId}`)).state === 'done');
  await until(async () => (await health(bus)).deliveries.failed === 8);
  assert.equal(endpoint.received.length, 16);
});

test('a rate is kept by the clock, and a cancelled redrive goes no further', async (t) => {
  const { bus, clock } = await brokenBus(t, 2);
  const { redriveId } = await post(bus, 'redrive', { all: true, rate: 2 }, 202);
  const now = () => adminJson(bus.url, `/_busbar/redrives/${redriveId}`);
  await until(async () => (await now()).redriven === 1 && clock.nextWake() === START + 500);
  clock.advance(500);
  await until(async () => (await now()).redriven === 2);
  const { state } = await post(bus, `redrives/${redriveId}/cancel`, '');
  assert.ok(state === 'running' || state === 'cancelled');
  await until(async () => (await now()).state === 'cancelled');
  clock.advance(60_000);
  const { redriven, endedAt } = await now();
  assert.deepEqual([redriven, endedAt], [2, '2026-01-02T03:04:05.500Z']);
});

test('a stop ends redrives, and only so many run at once', async (t) => {
  const { bus } = await brokenBus(t, 1);
  const slow = { all: true, rate: 0.001 };
  for (let n = 0; n < 8; n += 1) await post(bus, 'redrive', slow, 202);
  const { message } = await post(bus, 'redrive', slow, 429);
  assert.match(String(message), /8 redrives run already/);
  await bus.close();
});

test('an order that can not be understood is refused', async (t) => {
  const bus = await startTestBus(t);
  for (const body of ['', '[]', {}, { all: false }, { ids: 'x' }, { ids: [5] }, { ids: [], all: true }]) {
    await post(bus, 'redrive', body, 400);
  }
  for (const more of [{ rate: 0 }, { rate: '5' }, { rule: 5 }, { what: 'x' }]) {
    await post(bus, 'redrive', { all: true, ...more }, 400);
  }
  await post(bus, 'redrive', { ids: Array(1001).fill('x') }, 400);
  await adminJson(bus.url, '/_busbar/redrives/none', { status: 404 });
});
