import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { HandClock } from '../src/domain/clock.ts';
import type { Limits } from '../src/domain/limits.ts';
import { must } from './api-destination-rule.ts';
import { startEndpoint } from './http-endpoint.ts';
import { startQueues } from './queue.ts';
import { startTestBus, type TestBus } from './running-bus.ts';
import { health, until, untilOwed } from './until.ts';

const START = Date.UTC(2026, 0, 1);

interface RuleTarget {
  readonly Id: string;
  readonly Arn: string;
  readonly RetryPolicy?: object;
}

async function ruleTo(bus: TestBus, Name: string, Targets: readonly RuleTarget[]): Promise<void> {
  await must(bus, 'PutRule', { Name, EventPattern: `{"source":["${Name}"]}` });
  await must(bus, 'PutTargets', { Rule: Name, Targets });
}

async function put(bus: TestBus, Source: string, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent += 10) {
    const Entries = Array.from({ length: Math.min(10, count - sent) }, (_, n) => ({
      Source,
      DetailType: 't',
      Detail: `{"n":${sent + n}}`,
    }));
    await must(bus, 'PutEvents', { Entries });
  }
}

const numbers = (received: readonly { readonly body: string }[]) =>
  received.map(({ body }) => JSON.parse(body).detail.n as number).sort((a, b) => a - b);
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

const limits: Partial<Limits> = { concurrentInvocations: 32, concurrentInvocationsPerTarget: 8 };

// The clock stands still, so that nothing that hangs ever times out.
const startBus = (t: TestContext, clock: HandClock, more: object = {}) =>
  startTestBus(t, { clock, limits, random: () => 1, ...more });

test('targets that hang hold up nobody', { timeout: 30_000 }, async (t) => {
  const hanging = await Promise.all(upTo(5).map(() => startEndpoint(t, () => 'hang')));
  const alive = await startEndpoint(t);
  const clock = new HandClock(START);
  const bus = await startBus(t, clock);
  const targets = hanging.map(({ url }, n) => ({ Id: `hangs${n}`, Arn: url }));
  await ruleTo(bus, 'hangs', targets);
  await ruleTo(bus, 'lives', [{ Id: 'alive', Arn: alive.url }]);
  await put(bus, 'hangs', 100);
  await put(bus, 'lives', 100);
  await alive.arrived(100);
  assert.deepEqual(numbers(alive.received), upTo(100));
  const held = hanging.reduce((sum, { received }) => sum + received.length, 0);
  assert.ok(held < 32, `${held} of 32 places are held`);
  clock.advance(5_000);
});

test('a dead target is asked by one attempt at a time, and gets all when it is back', {
  timeout: 60_000,
}, async (t) => {
  let isDead = true;
  const endpoint = await startEndpoint(t, () => ({ status: isDead ? 503 : 200 }));
  const clock = new HandClock(START);
  const bus = await startBus(t, clock);
  await ruleTo(bus, 'shop', [{ Id: 't', Arn: endpoint.url }]);
  await put(bus, 'shop', 100);
  await untilOwed(bus, 100);
  const first = endpoint.received.length;
  assert.ok(first <= 5 + 8, `${first} attempts before the pause`);
  for (const pauseMs of [1000, 2000, 4000, 8000]) {
    const before = endpoint.received.length;
    clock.advance(pauseMs);
    await endpoint.arrived(before + 1);
    await untilOwed(bus, 100);
    assert.equal(endpoint.received.length, before + 1, `after a pause of ${pauseMs} ms`);
  }
  isDead = false;
  clock.advance(16_000);
  await until(async () => {
    clock.advance(1_000); // those that were tried wait for their next turn
    return (await health(bus)).deliveries.owed === 0;
  });
  const arrived = new Set(numbers(endpoint.received));
  assert.equal(arrived.size, 100);
});

test('what grows too old behind a dead target reaches the dead-letter queue in time', {
  timeout: 60_000,
}, async (t) => {
  const queues = await startQueues(t);
  const dead = await queues.create('dead');
  const endpoint = await startEndpoint(t, () => ({ status: 503 }));
  const clock = new HandClock(START);
  const bus = await startBus(t, clock, { endpoints: { SQS: queues.url } });
  const retry = { RetryPolicy: { MaximumEventAgeInSeconds: 60 }, DeadLetterConfig: { Arn: dead.arn } };
  await ruleTo(bus, 'shop', [{ Id: 't', Arn: endpoint.url, ...retry }]);
  await put(bus, 'shop', 100);
  await untilOwed(bus, 100);
  clock.advance(30_000);
  await put(bus, 'shop', 10);
  await untilOwed(bus, 110);

  clock.advance(30_000);
  await until(async () => (await health(bus)).deliveries.underWay === 0);
  const { owed } = (await health(bus)).deliveries;
  assert.ok(owed >= 109, `${110 - owed} were given up before they were too old`);
  clock.advance(1);
  const messages = await dead.receive(100);
  await untilOwed(bus, 10);
  const attempts = messages.map(({ MessageAttributes = {} }) => {
    assert.equal(MessageAttributes.EXHAUSTED_RETRY_CONDITION?.StringValue, 'MaximumEventAgeInSeconds');
    assert.equal(MessageAttributes.ERROR_CODE?.StringValue, 'SERVER_ERROR');
    return Number(MessageAttributes.RETRY_ATTEMPTS?.StringValue);
  });
  // Attempts are counted where they were made: most of these were never begun.
  assert.ok(attempts.filter((count) => count === 0).length >= 80);
  assert.ok(endpoint.received.length < 30, `${endpoint.received.length} attempts`);

  clock.advance(30_000);
  await dead.receive(10);
  await untilOwed(bus, 0);
  assert.equal((await health(bus)).deliveries.failed, 0);
});

test('a target that is replaced while it is paused is asked at once', { timeout: 30_000 }, async (t) => {
  const dead = await startEndpoint(t, () => ({ status: 503 }));
  const alive = await startEndpoint(t);
  const clock = new HandClock(START);
  const bus = await startBus(t, clock);
  await ruleTo(bus, 'shop', [{ Id: 't', Arn: dead.url }]);
  await put(bus, 'shop', 50);
  await untilOwed(bus, 50);
  const tried = new Set(numbers(dead.received));
  await ruleTo(bus, 'shop', [{ Id: 't', Arn: alive.url }]);
  await put(bus, 'shop', 10);
  await alive.arrived(60 - tried.size);
  assert.ok(tried.size < 20);
});

test('hours with a dead target go by at once, and end with all given up', { timeout: 60_000 }, async (t) => {
  const endpoint = await startEndpoint(t, () => ({ status: 503 }));
  const bus = await startTestBus(t, { flags: ['--clock=hand@2026-01-02T03:04:05Z'] });
  const RetryPolicy = { MaximumEventAgeInSeconds: 2 * 3600 };
  await ruleTo(bus, 'shop', [{ Id: 't', Arn: endpoint.url, RetryPolicy }]);
  await put(bus, 'shop', 30);
  await bus.clock?.advance(3_600_000);
  assert.equal((await health(bus)).deliveries.owed, 30);
  await bus.clock?.advance(3_600_001);
  await untilOwed(bus, 0);
  assert.equal((await health(bus)).deliveries.failed, 30);
  // A pause of a minute at most between two attempts, and of half a minute at least.
  const attempts = endpoint.received.length;
  assert.ok(attempts >= 2 * 60 && attempts < 2 * 60 * 2 + 20, `${attempts} attempts`);
});
