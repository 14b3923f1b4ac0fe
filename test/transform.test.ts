import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import {
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { startEndpoint } from './http-endpoint.ts';
import { startQueues } from './queue.ts';
import { startTestBus, type TestBus } from './running-bus.ts';
import { untilSettled } from './transform-settled.ts';

/** A bus with one rule for everything from `shop`, and its targets. */
async function busWith(t: TestContext, Targets: readonly object[]): Promise<TestBus> {
  const bus = await startTestBus(t);
  await bus.call('PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
  const { status, json } = await bus.call('PutTargets', { Rule: 'r', Targets });
  assert.equal(status, 200, String(json.message));
  return bus;
}

async function send(bus: TestBus, Detail: string): Promise<void> {
  const { json } = await bus.call('PutEvents', {
    Entries: [{ Source: 'shop', DetailType: 'Order', Detail }],
  });
  assert.equal(json.FailedEntryCount, 0);
}

test('the official client puts a transformer, and its endpoint and queue get what it makes', async (t) => {
  const queues = await startQueues(t);
  const queue = await queues.create('orders');
  const endpoint = await startEndpoint(t);
  const bus = await startTestBus(t, { endpoints: { SQS: queues.url } });
  const credentials = { accessKeyId: '111111111111', secretAccessKey: 'secret' };
  const client = new EventBridgeClient({ endpoint: bus.url, region: 'eu-central-1', credentials });
  t.after(() => client.destroy());
  await client.send(new PutRuleCommand({ Name: 'orders', EventPattern: '{"source":["shop"]}' }));
  const InputTransformer = {
    InputPathsMap: { id: '$.detail.id', items: '$.detail.items[*].sku' },
    InputTemplate: '{"order": "<id>", "skus": <items>, "rule": <aws.events.rule-name>}',
  };
  await client.send(
    new PutTargetsCommand({
      Rule: 'orders',
      Targets: [
        { Id: 'queue', Arn: queue.arn, InputTransformer },
        { Id: 'endpoint', Arn: endpoint.url, InputTransformer },
      ],
    }),
  );
  const Detail = '{"id": 9007199254740993, "items": [{"sku": "mug"}, {"sku": "pen"}]}';
  await client.send(new PutEventsCommand({ Entries: [{ Source: 'shop', DetailType: 'Order', Detail }] }));

  const expected = '{"order": "9007199254740993", "skus": ["mug","pen"], "rule": "orders"}';
  await endpoint.arrived(1);
  assert.equal(endpoint.received[0]?.body, expected);
  assert.equal((await queue.receive(1))[0]?.Body, expected);
});

test('each target of a rule gets its own form of the same event', async (t) => {
  const bodies = new Map<string, string>();
  const endpoint = await startEndpoint(t);
  const targets: [string, object][] = [
    ['Input', { Input: '{ "fixed": [] }' }],
    ['InputPath', { InputPath: '$.detail' }],
    ['InputTransformer', { InputTransformer: { InputTemplate: '"<aws.events.rule-name>"' } }],
  ];
  for (const [name, choice] of targets) {
    const bus = await busWith(t, [{ Id: name, Arn: endpoint.url, ...choice }]);
    await send(bus, '{ "b": 1.0, "a": "\\u00e9", "b": 2 }');
    await endpoint.arrived(bodies.size + 1);
    bodies.set(name, endpoint.received.at(-1)?.body ?? '');
  }
  assert.deepEqual(Object.fromEntries(bodies), {
    Input: '{ "fixed": [] }',
    InputPath: '{"b":1.0,"a":"\\u00e9","b":2}',
    InputTransformer: '"r"',
  });
});

test('without a dead-letter queue, an input that is not JSON stays where it can be counted', async (t) => {
  const endpoint = await startEndpoint(t);
  const InputTransformer = { InputPathsMap: { o: '$.detail' }, InputTemplate: '{"o":"<o>"}' };
  const bus = await busWith(t, [{ Id: 't', Arn: endpoint.url, InputTransformer }]);
  await send(bus, '{"k":"v"}');
  assert.deepEqual(await untilSettled(bus.url), { failed: 1 });
  assert.equal(endpoint.received.length, 0);
});

test('a template that makes nothing settles the delivery, and its target hears nothing', async (t) => {
  const endpoint = await startEndpoint(t);
  const InputTransformer = { InputPathsMap: { m: '$.detail.m' }, InputTemplate: '<m>' };
  const bus = await busWith(t, [{ Id: 't', Arn: endpoint.url, InputTransformer }]);
  await send(bus, '{}');
  assert.deepEqual(await untilSettled(bus.url), { failed: 0 });
  await send(bus, '{"m":7}');
  await endpoint.arrived(1);
  assert.deepEqual(
    endpoint.received.map(({ body }) => body),
    ['7'],
  );
});

test('a large event named thousands of times ends as failed, and nothing else is held up', async (t) => {
  const endpoint = await startEndpoint(t);
  const InputTransformer = { InputPathsMap: { s: '$.detail.s' }, InputTemplate: `"${'<s>'.repeat(2500)}"` };
  const bus = await busWith(t, [
    { Id: 'huge', Arn: endpoint.url, InputTransformer },
    { Id: 'other', Arn: endpoint.url, Input: '"still here"' },
  ]);
  await send(bus, JSON.stringify({ s: 'x'.repeat(200_000) }));
  assert.deepEqual(await untilSettled(bus.url), { failed: 1 });
  assert.deepEqual(
    endpoint.received.map(({ body }) => body),
    ['"still here"'],
  );
});
