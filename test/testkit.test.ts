import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { type CreateTestBusOptions, createTestBus, PermanentFailure } from '../src/testkit/index.ts';
import { startEndpoint } from './http-endpoint.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:big-orders';
const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:shipper';
const DEAD_LETTERS = 'arn:aws:sqs:us-east-1:000000000000:not-shipped';
const BIG_ORDERS = { source: ['shop'], detail: { total: [{ numeric: ['>=', 100] }] } };

interface Events {
  readonly 'Order placed': { readonly orderId: string; readonly total: number };
  readonly 'Order paid': { readonly orderId: string };
}

async function testBus(t: TestContext, options: CreateTestBusOptions = {}) {
  const bus = await createTestBus<Events>({ startsAt: new Date('2026-01-02T03:04:05Z'), ...options });
  t.after(() => bus.close());
  return bus;
}

const order = (total: number) =>
  ({ source: 'shop', detailType: 'Order placed', detail: { orderId: `o-${total}`, total } }) as const;
const payment = { source: 'shop', detailType: 'Order paid', detail: { orderId: 'o-1' } } as const;

/** What an expectation that is not met says, with ids and ports taken out. */
async function complaint(expectation: Promise<unknown>): Promise<string> {
  const error = await expectation.then(
    () => assert.fail('the expectation was met'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Error && error.name === 'ExpectationError', String(error));
  return error.message.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID');
}

test('a delivery is found by what its event holds and where it goes', async (t) => {
  const bus = await testBus(t);
  await bus.rule('big', { eventPattern: BIG_ORDERS, targets: [{ Arn: QUEUE, Id: 'queue' }] });
  const [, bigId] = await bus.put(order(7), order(250));
  for (const to of [QUEUE, 'queue', 'big']) {
    const found = await bus.expectDelivered({ detail: { total: [250] } }, { to });
    assert.equal(found.event.id, bigId);
  }
  const { at, ...found } = await bus.expectDelivered(({ source }) => source === 'shop');
  assert.equal(at.toISOString(), '2026-01-02T03:04:05.000Z');
  assert.deepEqual(found, {
    to: QUEUE,
    targetId: 'queue',
    rule: 'big',
    ruleArn: 'arn:aws:events:us-east-1:000000000000:rule/big',
    event: found.event,
    input: found.event,
    attempt: 1,
  });
  assert.equal(bus.delivered.length, 1);
});

test('an SDK client of the program under test is served', async (t) => {
  const bus = await testBus(t);
  await bus.rule('all', { eventPattern: { source: ['shop'] }, targets: [QUEUE] });
  const client = new EventBridgeClient({
    endpoint: bus.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  t.after(() => client.destroy());
  await client.send(
    new PutEventsCommand({ Entries: [{ Source: 'shop', DetailType: 'x', Detail: '{"a":1}' }] }),
  );
  await bus.expectDelivered({ detail: { a: [1] } });
});

test('what a program puts a little later is waited for', async (t) => {
  const bus = await testBus(t);
  await bus.rule('all', { eventPattern: { source: ['shop'] }, targets: [QUEUE] });
  const expected = bus.expectDelivered();
  setTimeout(() => bus.put(payment), 50);
  await expected;
});

test('an expectation that is not met tells what came, and what stood in the way', async (t) => {
  const bus = await testBus(t);
  await bus.rule('big', { eventPattern: BIG_ORDERS, targets: [QUEUE] });
  await bus.rule('mine', { eventPattern: { source: ['my.shop'] }, targets: [QUEUE] });
  assert.equal(
    await complaint(bus.expectDelivered({}, { to: QUEUE })),
    `Expected any event to ${QUEUE}, but none was delivered.\n\nNo event came to this bus.`,
  );
  await bus.put(order(7), order(250));
  assert.equal(
    await complaint(bus.expectDelivered({ detail: { total: [7] } }, { to: QUEUE })),
    `Expected an event that matches {"detail":{"total":[7]}} to ${QUEUE}, but none was delivered.

2 events came to this bus:

1. "Order placed" from shop, to default at 2026-01-02T03:04:05.000Z (ID)
   It is what was asked for.
   No rule of 2 matched it; the nearest:
      big: detail.total: Found 7; the pattern asks for a value that is a number >= 100.
      mine: source: Found "shop"; the pattern asks for a value that is "my.shop".

2. "Order placed" from shop, to default at 2026-01-02T03:04:05.000Z (ID)
   It is not what was asked for:
      The event does not match.

      ✗ detail.total: Found 250; the pattern asks for a value that is 7.
   By the rule big to ${QUEUE}: delivered (tried once).`,
  );
});

test('a handler is the target: it may answer late, fail for a while, or for good', async (t) => {
  const bus = await testBus(t);
  await bus.rule('ship', {
    eventPattern: { 'detail-type': ['Order paid'] },
    targets: [{ Arn: FUNCTION, DeadLetterConfig: { Arn: DEAD_LETTERS } }],
  });
  let calls = 0;
  bus.onInvocation(FUNCTION, async ({ event }) => {
    calls += 1;
    assert.equal(event['detail-type'], 'Order paid');
    if (calls < 3) throw new Error('The carrier does not answer.');
  });
  await bus.put(payment);
  await bus.expectNothingDelivered();
  assert.match(
    await complaint(bus.expectDelivered()),
    /By the rule ship to arn:.*: tried once, to be tried again at 2026-.*: SERVER_ERROR: The carrier does not answer\./,
  );
  const { attempt } = await bus.expectDelivered({}, { within: '1h' });
  assert.equal(attempt, 3);

  bus.onInvocation(FUNCTION, () => {
    throw new PermanentFailure('No such order.');
  });
  await bus.put(payment);
  const letter = await bus.expectDeadLettered({}, { to: DEAD_LETTERS });
  assert.equal(letter.errorMessage, 'No such order.');
  assert.equal(letter.exhausted, undefined);
  assert.deepEqual([letter.target, letter.rule], [FUNCTION, 'ship']);

  bus.onInvocation(FUNCTION, undefined);
  await bus.put(payment);
  await bus.settled();
  assert.equal(bus.delivered.length, 2);
});

test('a day of retries ends in a dead letter within a moment', async (t) => {
  const bus = await testBus(t);
  await bus.rule('ship', {
    eventPattern: { 'detail-type': ['Order paid'] },
    targets: [{ Arn: FUNCTION, DeadLetterConfig: { Arn: DEAD_LETTERS } }],
  });
  bus.onInvocation(FUNCTION, () => {
    throw new Error('no');
  });
  await bus.put(payment);
  assert.match(await complaint(bus.settled()), /1 deliveries are still owed .* The next thing falls due at/);
  const { exhausted, event } = await bus.expectDeadLettered({ source: ['shop'] }, { within: '25h' });
  assert.ok(exhausted === 'MaximumEventAgeInSeconds' || exhausted === 'MaximumRetryAttempts');
  assert.equal(event.source, 'shop');
  await bus.settled();
});

test('no delivery can be expected, at once or for a while', async (t) => {
  const bus = await testBus(t);
  await bus.rule('nightly', { scheduleExpression: 'cron(0 0 * * ? *)', targets: [QUEUE] });
  await bus.expectNothingDelivered({}, { within: '20h' });
  assert.equal(bus.clock.now().toISOString(), '2026-01-02T23:04:05.000Z');
  assert.match(
    await complaint(bus.expectNothingDelivered({}, { within: '1h' })),
    /Expected no delivery of any event within 1h, but event ID went to .*big-orders \(rule nightly\)\./,
  );
});

test('events go on from bus to bus for real', async (t) => {
  const bus = await testBus(t);
  const region = 'us-east-1';
  await bus.rule('forward', {
    eventPattern: { source: ['shop'] },
    targets: [
      {
        Arn: `arn:aws:events:${region}:000000000000:event-bus/warehouse`,
        RoleArn: 'arn:aws:iam::000000000000:role/forward',
      },
    ],
  });
  const client = new EventBridgeClient({
    endpoint: bus.url,
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  t.after(() => client.destroy());
  const { CreateEventBusCommand } = await import('@aws-sdk/client-eventbridge');
  await client.send(new CreateEventBusCommand({ Name: 'warehouse' }));
  await bus.rule('pick', {
    eventPattern: { source: ['shop'] },
    eventBusName: 'warehouse',
    targets: [QUEUE],
  });
  await bus.put(payment);
  await bus.expectDelivered({}, { to: QUEUE });
});

test('real targets are invoked, and looked on at', async (t) => {
  const endpoint = await startEndpoint(t);
  const bus = await testBus(t, { targets: 'real' });
  await bus.rule('hook', { eventPattern: { source: ['shop'] }, targets: [endpoint.url] });
  await bus.put(payment);
  await bus.expectDelivered({}, { to: endpoint.url });
  assert.equal(endpoint.received.length, 1);
});

test('buses of tests that run at the same time know nothing of each other', async (t) => {
  const buses = await Promise.all(Array.from({ length: 8 }, () => testBus(t)));
  await Promise.all(
    buses.map(async (bus, index) => {
      await bus.rule('all', { eventPattern: { source: ['shop'] }, targets: [QUEUE] });
      await bus.put(order(index));
      await bus.clock.advance(index * 1000);
      const { event } = await bus.expectDelivered();
      assert.deepEqual(event.detail, { orderId: `o-${index}`, total: index });
      assert.equal(bus.clock.now().getTime(), Date.UTC(2026, 0, 2, 3, 4, 5 + index));
      assert.equal(bus.delivered.length, 1);
    }),
  );
});

test('what the bus does not take is an error that says why', async (t) => {
  const bus = await testBus(t);
  await assert.rejects(bus.put({ ...payment, source: 'aws.mine' }), /did not take entry 0: NotAuthorized/);
  await assert.rejects(bus.rule('r', { eventPattern: { source: 'shop' } }), /PutRule: InvalidEventPattern/);
  await assert.rejects(
    bus.rule('r', { eventPattern: { source: ['shop'] }, targets: ['arn:aws:nothing:us-east-1:1:x'] }),
    /not valid/,
  );
  await assert.rejects(bus.expectDelivered({ source: 'shop' }), /Event pattern is not valid/);
  await assert.rejects(bus.expectDelivered({}, { within: 'soon' }), /is no duration/);
});

test('a target that never answers does not keep a bus from closing', { timeout: 30_000 }, async (t) => {
  const bus = await testBus(t);
  const called = new Promise<void>((resolve) => {
    bus.onInvocation(FUNCTION, () => {
      resolve();
      return new Promise(() => undefined);
    });
  });
  await bus.rule('r', { eventPattern: { source: ['shop'] }, targets: [FUNCTION] });
  await bus.put(payment);
  await called;
  await bus.close();
});
