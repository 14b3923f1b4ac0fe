import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { HandClock } from '../src/domain/clock.ts';
import { startEndpoint } from './http-endpoint.ts';
import { startQueues } from './queue.ts';
import { startTestBus } from './running-bus.ts';

function clientFor(t: TestContext, endpoint: string): EventBridgeClient {
  const credentials = { accessKeyId: '111111111111', secretAccessKey: 'secret' };
  const client = new EventBridgeClient({ endpoint, region: 'eu-central-1', credentials });
  t.after(() => client.destroy());
  return client;
}

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'busbar-test-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

for (const kept of ['in memory', 'on disk'] as const) {
  test(`ten entries put with the official client arrive in a queue and at an endpoint, ${kept}`, async (t) => {
    const queues = await startQueues(t);
    const queue = await queues.create('orders');
    const endpoint = await startEndpoint(t);
    const bus = await startTestBus(t, {
      endpoints: { SQS: queues.url },
      ...(kept === 'on disk' ? { data: folder(t) } : {}),
    });
    const client = clientFor(t, bus.url);

    await client.send(new CreateEventBusCommand({ Name: 'shop' }));
    await client.send(
      new PutRuleCommand({
        Name: 'big-orders',
        EventBusName: 'shop',
        EventPattern: JSON.stringify({ source: ['shop'], detail: { total: [{ numeric: ['>=', 5] }] } }),
      }),
    );
    const put = await client.send(
      new PutTargetsCommand({
        Rule: 'big-orders',
        EventBusName: 'shop',
        Targets: [
          { Id: 'queue', Arn: queue.arn },
          { Id: 'endpoint', Arn: endpoint.url },
        ],
      }),
    );
    assert.equal(put.FailedEntryCount, 0);

    const Entries = Array.from({ length: 10 }, (_, total) => ({
      EventBusName: 'shop',
      Source: 'shop',
      DetailType: 'Order placed',
      Detail: JSON.stringify({ total }),
    }));
    const answer = await client.send(new PutEventsCommand({ Entries }));
    assert.equal(answer.FailedEntryCount, 0);
    const expected = answer.Entries?.slice(5).map(({ EventId }) => EventId) ?? [];

    await endpoint.arrived(5);
    const bodies = [
      endpoint.received.map(({ body }) => body),
      (await queue.receive(5)).map(({ Body }) => Body ?? ''),
    ];
    for (const received of bodies) {
      assert.deepEqual(received.map((body) => JSON.parse(body).id).sort(), [...expected].sort());
    }
    assert.equal(endpoint.received[0]?.headers['content-type'], 'application/json; charset=utf-8');
  });
}

test('a FIFO queue receives messages of the group that the target names', async (t) => {
  const queues = await startQueues(t);
  const queue = await queues.create('q.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' });
  const bus = await startTestBus(t, { endpoints: { SQS: queues.url } });
  await bus.call('PutRule', { Name: 'r', EventPattern: '{"source":["a"]}' });
  const target = { Id: 'q', Arn: queue.arn, SqsParameters: { MessageGroupId: 'group-1' } };
  await bus.call('PutTargets', { Rule: 'r', Targets: [target] });
  await bus.call('PutEvents', { Entries: [{ Source: 'a', DetailType: 't', Detail: '{}' }] });
  const [message] = await queue.receive(1);
  assert.equal(message?.Attributes?.MessageGroupId, 'group-1');
});

test('rules that are disabled, deleted or of another bus get nothing', async (t) => {
  const endpoint = await startEndpoint(t);
  const bus = await startTestBus(t);
  await bus.call('CreateEventBus', { Name: 'other' });
  const rule = async (Name: string, EventBusName = 'default') => {
    await bus.call('PutRule', { Name, EventBusName, EventPattern: '{"source":["a"]}' });
    const Arn = `${endpoint.url}${Name}`;
    await bus.call('PutTargets', {
      Rule: Name,
      EventBusName,
      Targets: [{ Id: 't', Arn, Input: `"${Name}"` }],
    });
  };
  for (const name of ['disabled', 'deleted', 'kept']) await rule(name);
  await rule('elsewhere', 'other');
  await bus.call('DisableRule', { Name: 'disabled' });
  await bus.call('RemoveTargets', { Rule: 'deleted', Ids: ['t'] });
  await bus.call('DeleteRule', { Name: 'deleted' });
  await bus.call('PutEvents', { Entries: [{ Source: 'a', DetailType: 't', Detail: '{}' }] });
  await endpoint.arrived(1);
  await bus.close();
  assert.deepEqual(
    endpoint.received.map(({ body }) => body),
    ['"kept"'],
  );
});

test('what fails for now is tried again when the clock says so, until it is taken', async (t) => {
  const answers = [{ status: 500 }, 'reset', { status: 429, headers: { 'Retry-After': '100' } }] as const;
  const endpoint = await startEndpoint(t, (n) => answers[n] ?? { status: 200 });
  const clock = new HandClock(Date.UTC(2026, 0, 1));
  const bus = await startTestBus(t, { clock, random: () => 1 });
  await bus.call('PutRule', { Name: 'r', EventPattern: '{"source":["a"]}' });
  await bus.call('PutTargets', { Rule: 'r', Targets: [{ Id: 't', Arn: endpoint.url }] });
  await bus.call('PutEvents', { Entries: [{ Source: 'a', DetailType: 't', Detail: '{}' }] });

  for (const [attempts, waitMs] of [
    [1, 1000],
    [2, 2000],
    [3, 100_000],
  ] as const) {
    await endpoint.arrived(attempts);
    await untilOwed(bus.url, 1);
    clock.advance(waitMs);
  }
  await endpoint.arrived(4);
  await untilOwed(bus.url, 0);
  assert.deepEqual(
    endpoint.received.map(({ headers }) => headers['busbar-attempt']),
    ['1', '2', '3', '4'],
  );
  assert.equal(new Set(endpoint.received.map(({ body }) => body)).size, 1);
});

test('what can never succeed goes to the dead-letter queue at once, with the reason', async (t) => {
  const queues = await startQueues(t);
  const dead = await queues.create('dead');
  const endpoint = await startEndpoint(t, () => ({ status: 400, body: 'no such thing' }));
  const bus = await startTestBus(t, { endpoints: { SQS: queues.url } });
  await bus.call('PutRule', { Name: 'r', EventPattern: '{"source":["a"]}' });
  const missing = 'arn:aws:sqs:eu-central-1:000000000000:never-was';
  const DeadLetterConfig = { Arn: dead.arn };
  await bus.call('PutTargets', {
    Rule: 'r',
    Targets: [
      { Id: 'http', Arn: endpoint.url, DeadLetterConfig },
      { Id: 'queue', Arn: missing, DeadLetterConfig },
    ],
  });
  const { json } = await bus.call('PutEvents', {
    Entries: [{ Source: 'a', DetailType: 't', Detail: '{"k":1}' }],
  });
  const messages = await dead.receive(2);
  const [result] = json.Entries as { EventId: string }[];
  const told = messages.map(({ Body, MessageAttributes = {} }) => {
    assert.equal(JSON.parse(Body ?? '').id, result?.EventId);
    return Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, value]) => [name, value.StringValue]),
    );
  });
  told.sort((a, b) => ((a.TARGET_ARN ?? '') < (b.TARGET_ARN ?? '') ? -1 : 1));
  const RULE_ARN = 'arn:aws:events:eu-central-1:111111111111:rule/r';
  assert.equal(told[0]?.TARGET_ARN, missing);
  assert.equal(told[0]?.ERROR_CODE, 'NO_RESOURCE');
  assert.deepEqual(told[1], {
    RULE_ARN,
    TARGET_ARN: endpoint.url,
    ERROR_CODE: 'SDK_CLIENT_ERROR',
    ERROR_MESSAGE: 'The endpoint answered 400: no such thing',
    RETRY_ATTEMPTS: '0',
  });
  assert.equal(endpoint.received.length, 1);
});

test('retries that run out end in the dead-letter queue too, and say what ran out', async (t) => {
  const queues = await startQueues(t);
  const dead = await queues.create('dead');
  const endpoint = await startEndpoint(t, () => ({ status: 503 }));
  const clock = new HandClock(Date.UTC(2026, 0, 1));
  const bus = await startTestBus(t, { endpoints: { SQS: queues.url }, clock, random: () => 1 });
  await bus.call('PutRule', { Name: 'r', EventPattern: '{"source":["a"]}' });
  await bus.call('PutTargets', {
    Rule: 'r',
    Targets: [
      {
        Id: 't',
        Arn: endpoint.url,
        RetryPolicy: { MaximumRetryAttempts: 2 },
        DeadLetterConfig: { Arn: dead.arn },
      },
    ],
  });
  await bus.call('PutEvents', { Entries: [{ Source: 'a', DetailType: 't', Detail: '{}' }] });
  for (const attempts of [1, 2]) {
    await endpoint.arrived(attempts);
    await untilOwed(bus.url, 1);
    clock.advance(10_000);
  }
  const [message] = await dead.receive(1);
  assert.equal(message?.MessageAttributes?.EXHAUSTED_RETRY_CONDITION?.StringValue, 'MaximumRetryAttempts');
  assert.equal(message?.MessageAttributes?.RETRY_ATTEMPTS?.StringValue, '2');
  assert.equal(endpoint.received.length, 3);
});

test('without a dead-letter queue, what is given up stays where it can be counted', async (t) => {
  const endpoint = await startEndpoint(t, () => ({ status: 404 }));
  const bus = await startTestBus(t);
  await bus.call('PutRule', { Name: 'r', EventPattern: '{"source":["a"]}' });
  await bus.call('PutTargets', { Rule: 'r', Targets: [{ Id: 't', Arn: endpoint.url }] });
  await bus.call('PutEvents', { Entries: [{ Source: 'a', DetailType: 't', Detail: '{}' }] });
  await endpoint.arrived(1);
  await untilOwed(bus.url, 0);
  const health = await (await fetch(new URL('/_busbar/health', bus.url))).json();
  assert.deepEqual(health, { status: 'ok', deliveries: { owed: 0, failed: 1, underWay: 0 } });
});

test('a target that never answers is given up after the timeout, by the clock', async (t) => {
  const endpoint = await startEndpoint(t, (n) => (n === 0 ? 'hang' : { status: 200 }));
  const clock = new HandClock(Date.UTC(2026, 0, 1));
  const bus = await startTestBus(t, { clock, random: () => 0 });
  await bus.call('PutRule', { Name: 'r', EventPattern: '{"source":["a"]}' });
  await bus.call('PutTargets', { Rule: 'r', Targets: [{ Id: 't', Arn: endpoint.url }] });
  await bus.call('PutEvents', { Entries: [{ Source: 'a', DetailType: 't', Detail: '{}' }] });
  await endpoint.arrived(1);
  clock.advance(5000);
  await endpoint.arrived(2);
  await untilOwed(bus.url, 0);
});

/** Resolves when no attempt is under way any more and that many deliveries are owed. */
async function untilOwed(url: string, owed: number): Promise<void> {
  for (;;) {
    const response = await fetch(new URL('/_busbar/health', url));
    const { deliveries } = (await response.json()) as { deliveries: { owed: number; underWay: number } };
    if (deliveries.underWay === 0 && deliveries.owed === owed) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
