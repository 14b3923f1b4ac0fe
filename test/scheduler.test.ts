import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { HandClock } from '../src/domain/clock.ts';
import { type Endpoint, startEndpoint } from './http-endpoint.ts';
import { startTestBus, type TestBus } from './running-bus.ts';

const START = '2026-01-15T10:30:07.250Z';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A bus whose clock stands at START, and an endpoint to be called. */
async function start(t: TestContext): Promise<{ bus: TestBus; clock: HandClock; endpoint: Endpoint }> {
  const clock = new HandClock(Date.parse(START));
  return { clock, endpoint: await startEndpoint(t), bus: await startTestBus(t, { clock }) };
}

/** Puts a rule that calls the endpoint; several rules are told apart by the `resources` of what arrives. */
async function put(bus: TestBus, endpoint: Endpoint, rule: Readonly<Record<string, string>>): Promise<void> {
  assert.equal((await bus.call('PutRule', { Name: 'r', ...rule })).status, 200);
  const Targets = [{ Id: 't', Arn: endpoint.url }];
  const { json } = await bus.call('PutTargets', { Rule: rule.Name ?? 'r', Targets });
  assert.equal(json.FailedEntryCount, 0);
}

interface Arrived {
  readonly id: string;
  readonly source: string;
  readonly time: string;
  readonly rule: string;
}

/** What the endpoint got, in order of time and rule. */
function arrived(endpoint: Endpoint): readonly Arrived[] {
  const events = endpoint.received.map(({ body }) => {
    const { id, source, time, resources } = JSON.parse(body);
    return { id, source, time, rule: String(resources[0]).replace(/.*\//, '') };
  });
  return events.sort((a, b) => (a.time + a.rule < b.time + b.rule ? -1 : 1));
}

const times = (endpoint: Endpoint) => arrived(endpoint).map(({ time }) => time.slice(11, -1));
const rules = (endpoint: Endpoint) => arrived(endpoint).map(({ rule }) => rule);

/** Resolves when that many have arrived in all and nothing is owed any more: then the clock may move on. */
async function delivered(bus: TestBus, endpoint: Endpoint, count: number): Promise<void> {
  await endpoint.arrived(count);
  for (;;) {
    const response = await fetch(new URL('/_busbar/health', bus.url));
    const { deliveries } = (await response.json()) as { deliveries: { owed: number; underWay: number } };
    if (deliveries.owed === 0 && deliveries.underWay === 0) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('a rule with a cron expression sends its targets the event that AWS sends', async (t) => {
  const { bus, clock, endpoint } = await start(t);
  await put(bus, endpoint, { ScheduleExpression: 'cron(0 12 * * ? *)' });
  assert.equal(clock.nextWake(), Date.parse('2026-01-15T12:00:00Z'));
  clock.moveTo(Date.parse('2026-01-15T12:00:00Z'));
  await delivered(bus, endpoint, 1);
  const { body = '', headers = {} } = endpoint.received[0] ?? {};
  const { id, ...event } = JSON.parse(body);
  assert.equal(headers['busbar-event-id'], id);
  assert.deepEqual(event, {
    version: '0',
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: '111111111111',
    time: '2026-01-15T12:00:00Z',
    region: 'eu-central-1',
    resources: ['arn:aws:events:eu-central-1:111111111111:rule/r'],
    detail: {},
  });
});

test('a rate fires as soon as the rule has targets, then once in a period counted from its creation', async (t) => {
  const { bus, clock, endpoint } = await start(t);
  assert.equal((await bus.call('PutRule', { Name: 'r', ScheduleExpression: 'rate(1 minute)' })).status, 200);
  clock.advance(20_000);
  await put(bus, endpoint, { ScheduleExpression: 'rate(1 minute)' });
  await delivered(bus, endpoint, 1);
  clock.advance(40_000);
  await delivered(bus, endpoint, 2);
  clock.advance(MINUTE_MS);
  await delivered(bus, endpoint, 3);
  assert.deepEqual(times(endpoint), ['10:30:07', '10:31:07', '10:32:07']);
});

test('a rule that has no targets for a minute goes without its first event', async (t) => {
  const { bus, clock, endpoint } = await start(t);
  assert.equal((await bus.call('PutRule', { Name: 'r', ScheduleExpression: 'rate(1 hour)' })).status, 200);
  clock.advance(MINUTE_MS);
  await put(bus, endpoint, { ScheduleExpression: 'rate(1 hour)' });
  clock.advance(HOUR_MS - MINUTE_MS);
  await delivered(bus, endpoint, 1);
  assert.deepEqual(times(endpoint), ['11:30:07']);
});

test('a day that passes at once fires every tick in it, each once', async (t) => {
  const { bus, clock, endpoint } = await start(t);
  await put(bus, endpoint, { ScheduleExpression: 'rate(10 minutes)' });
  await delivered(bus, endpoint, 1);
  clock.advance(DAY_MS);
  await delivered(bus, endpoint, 145);
  const expected = Array.from({ length: 145 }, (_, n) =>
    new Date(Date.parse(START) + n * 10 * MINUTE_MS).toISOString().replace('.250', ''),
  );
  assert.deepEqual(
    arrived(endpoint).map(({ time }) => time),
    expected,
  );
  assert.equal(new Set(arrived(endpoint).map(({ id }) => id)).size, 145);
});

test('a scheduled event goes to the targets of its own rule alone', async (t) => {
  const { bus, clock, endpoint } = await start(t);
  const other = await startEndpoint(t);
  await put(bus, other, { Name: 'listener', EventPattern: '{"source":["aws.events"]}' });
  await put(bus, endpoint, { ScheduleExpression: 'cron(* * * * ? *)' });
  clock.advance(MINUTE_MS);
  await delivered(bus, endpoint, 1);
  assert.equal(other.received.length, 0);
});

test('events that are put reach a rule with a schedule by its pattern only', async (t) => {
  const { bus, clock, endpoint } = await start(t);
  await put(bus, endpoint, { Name: 'schedule', ScheduleExpression: 'cron(31 * * * ? *)' });
  await put(bus, endpoint, {
    Name: 'both',
    ScheduleExpression: 'cron(31 * * * ? *)',
    EventPattern: '{"source":["shop"]}',
  });
  await bus.call('PutEvents', { Entries: [{ Source: 'shop', DetailType: 'd', Detail: '{}' }] });
  await delivered(bus, endpoint, 1);
  assert.deepEqual(
    arrived(endpoint).map(({ source }) => source),
    ['shop'],
  );
  clock.advance(MINUTE_MS);
  await delivered(bus, endpoint, 3);
  assert.deepEqual(rules(endpoint).slice(1), ['both', 'schedule']);
});

test('a disabled rule does not fire; enabled again it starts anew and makes nothing up', async (t) => {
  const { bus, clock, endpoint } = await start(t);
  await put(bus, endpoint, { ScheduleExpression: 'rate(1 hour)' });
  await put(bus, endpoint, { Name: 'witness', ScheduleExpression: 'cron(0 * * * ? *)' });
  await delivered(bus, endpoint, 1);
  await bus.call('DisableRule', { Name: 'r' });
  clock.advance(2 * HOUR_MS);
  await delivered(bus, endpoint, 3);
  clock.advance(20 * MINUTE_MS);
  await bus.call('EnableRule', { Name: 'r' });
  await delivered(bus, endpoint, 4);
  // Enabling what is enabled already changes nothing.
  clock.advance(5 * MINUTE_MS);
  await bus.call('EnableRule', { Name: 'r' });
  clock.advance(55 * MINUTE_MS);
  await delivered(bus, endpoint, 6);
  assert.deepEqual(
    arrived(endpoint).map(({ time, rule }) => `${time.slice(11, -1)} ${rule}`),
    ['10:30:07 r', '11:00:00 witness', '12:00:00 witness', '12:50:07 r', '13:00:00 witness', '13:50:07 r'],
  );
});

test('another schedule counts at once, the same one put again goes on', async (t) => {
  const { bus, clock, endpoint } = await start(t);
  await put(bus, endpoint, { ScheduleExpression: 'cron(0 0 * * ? *)' });
  await bus.call('PutRule', { Name: 'r', ScheduleExpression: 'rate(1 minute)' });
  await delivered(bus, endpoint, 1);
  clock.advance(30_000);
  await bus.call('PutRule', { Name: 'r', ScheduleExpression: 'rate(1 minute)', Description: 'again' });
  clock.advance(30_000);
  await delivered(bus, endpoint, 2);
  await bus.call('PutRule', { Name: 'r', ScheduleExpression: 'cron(45 10 * * ? *)' });
  clock.advance(HOUR_MS);
  await delivered(bus, endpoint, 3);
  assert.deepEqual(times(endpoint), ['10:30:07', '10:31:07', '10:45:00']);
});

test('a deleted rule does not fire, and one put under its name is a new one', async (t) => {
  const { bus, clock, endpoint } = await start(t);
  await put(bus, endpoint, { ScheduleExpression: 'rate(2 minutes)' });
  await delivered(bus, endpoint, 1);
  await bus.call('RemoveTargets', { Rule: 'r', Ids: ['t'] });
  await bus.call('DeleteRule', { Name: 'r' });
  assert.equal(clock.nextWake(), undefined);
  clock.advance(3 * MINUTE_MS);
  await put(bus, endpoint, { ScheduleExpression: 'rate(2 minutes)' });
  await delivered(bus, endpoint, 2);
  clock.advance(2 * MINUTE_MS);
  await delivered(bus, endpoint, 3);
  assert.deepEqual(times(endpoint), ['10:30:07', '10:33:07', '10:35:07']);
});

test('targets are those that the rule has when it fires', async (t) => {
  const { bus, clock, endpoint } = await start(t);
  const second = await startEndpoint(t);
  await put(bus, endpoint, { ScheduleExpression: 'rate(1 minute)' });
  await delivered(bus, endpoint, 1);
  await bus.call('PutTargets', { Rule: 'r', Targets: [{ Id: 't2', Arn: second.url }] });
  await bus.call('RemoveTargets', { Rule: 'r', Ids: ['t'] });
  clock.advance(MINUTE_MS);
  await delivered(bus, second, 1);
  assert.deepEqual(times(endpoint), ['10:30:07']);
  assert.deepEqual(times(second), ['10:31:07']);
});

test('each account and Region has its own schedules', async (t) => {
  const { bus, clock, endpoint } = await start(t);
  await put(bus, endpoint, { ScheduleExpression: 'cron(* * * * ? *)' });
  const elsewhere = { account: '222222222222', region: 'us-east-1' };
  await bus.call('PutRule', { Name: 'r', ScheduleExpression: 'cron(* * * * ? *)' }, elsewhere);
  await bus.call('PutTargets', { Rule: 'r', Targets: [{ Id: 't', Arn: endpoint.url }] }, elsewhere);
  await bus.call('DisableRule', { Name: 'r' });
  clock.advance(MINUTE_MS);
  await delivered(bus, endpoint, 1);
  const events = endpoint.received.map(({ body }) => JSON.parse(body));
  assert.deepEqual(
    events.map(({ account, region, resources }) => ({ account, region, resources })),
    [{ ...elsewhere, resources: ['arn:aws:events:us-east-1:222222222222:rule/r'] }],
  );
});

test('a restart keeps the rhythm and makes nothing up', async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'busbar-test-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const endpoint = await startEndpoint(t);
  const clock = new HandClock(Date.parse(START));
  const first = await startTestBus(t, { clock, data });
  await put(first, endpoint, { ScheduleExpression: 'rate(10 minutes)' });
  await put(first, endpoint, { Name: 'cron', ScheduleExpression: 'cron(0/15 * * * ? *)' });
  await delivered(first, endpoint, 1);
  await first.close();
  assert.equal(clock.nextWake(), undefined);

  clock.advance(25 * MINUTE_MS);
  const second = await startTestBus(t, { clock, data });
  clock.advance(5 * MINUTE_MS);
  await delivered(second, endpoint, 3);
  assert.deepEqual(
    arrived(endpoint).map(({ time, rule }) => `${time.slice(11, -1)} ${rule}`),
    ['10:30:07 r', '11:00:00 cron', '11:00:07 r'],
  );
});

test('what has fired is delivered after a restart, too', async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'busbar-test-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const endpoint = await startEndpoint(t, (n) => ({ status: n === 0 ? 503 : 200 }));
  const clock = new HandClock(Date.parse(START));
  const first = await startTestBus(t, { clock, data, random: () => 1 });
  await put(first, endpoint, { ScheduleExpression: 'rate(1 day)' });
  await endpoint.arrived(1);
  await first.close();

  const second = await startTestBus(t, { clock, data });
  clock.advance(MINUTE_MS);
  await delivered(second, endpoint, 2);
  const [once, again] = arrived(endpoint);
  assert.equal(once?.id, again?.id);
});
