import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { createTestBus } from 'busbar/testkit';
import { type OrderEvents, placeOrder, shipper } from './orders.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:big-orders';
const SHIPPER = 'arn:aws:lambda:us-east-1:000000000000:function:shipper';
const DEAD_LETTERS = 'arn:aws:sqs:us-east-1:000000000000:not-shipped';

/** Any credentials will do. */
function clientOf(url: string): EventBridgeClient {
  return new EventBridgeClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
}

test('a big order goes to the queue, a small one does not', async (t) => {
  const bus = await createTestBus<OrderEvents>();
  const client = clientOf(bus.url);
  t.after(() => [client.destroy(), bus.close()]);
  await bus.rule('big-orders', {
    eventPattern: { source: ['shop'], detail: { total: [{ numeric: ['>=', 100] }] } },
    targets: [QUEUE],
  });

  await placeOrder(client, { orderId: 'o-1', total: 7 });
  await bus.expectNothingDelivered();

  await placeOrder(client, { orderId: 'o-2', total: 250 });
  const { event } = await bus.expectDelivered({ detail: { orderId: ['o-2'] } }, { to: QUEUE });
  assert.equal(event.source, 'shop');
});

test('shipping is tried again for a day, and then its event is a dead letter', async (t) => {
  const bus = await createTestBus<OrderEvents>();
  t.after(() => bus.close());
  await bus.rule('ship', {
    eventPattern: { 'detail-type': ['Order paid'] },
    targets: [{ Arn: SHIPPER, DeadLetterConfig: { Arn: DEAD_LETTERS } }],
  });
  const ship = shipper(async () => {
    throw new Error('The carrier does not answer.');
  });
  bus.onInvocation(SHIPPER, ({ event }) => event['detail-type'] === 'Order paid' && ship(event));

  await bus.put({ source: 'shop', detailType: 'Order paid', detail: { orderId: 'o-3' } });
  // A day passes in a moment.
  const letter = await bus.expectDeadLettered({}, { to: DEAD_LETTERS, within: '25h' });
  assert.equal(letter.errorMessage, 'The carrier does not answer.');
});

test('the nightly report is asked for at midnight', async (t) => {
  const bus = await createTestBus({ startsAt: new Date('2026-01-02T20:00:00Z') });
  t.after(() => bus.close());
  await bus.rule('nightly', { scheduleExpression: 'cron(0 0 * * ? *)', targets: [QUEUE] });
  const { at } = await bus.expectDelivered({ 'detail-type': ['Scheduled Event'] }, { within: '1d' });
  assert.equal(at.toISOString(), '2026-01-03T00:00:00.000Z');
});
