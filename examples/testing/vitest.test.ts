import { createTestBus, type TestBus } from 'busbar/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OrderEvents } from './orders.ts';

const SHIPPER = 'arn:aws:lambda:us-east-1:000000000000:function:shipper';

let bus: TestBus<OrderEvents>;

beforeEach(async () => {
  bus = await createTestBus<OrderEvents>();
  await bus.rule('ship', { eventPattern: { 'detail-type': ['Order paid'] }, targets: [SHIPPER] });
});

afterEach(() => bus.close());

test('an order is shipped once the carrier answers again', async () => {
  let calls = 0;
  bus.onInvocation(SHIPPER, () => {
    calls += 1;
    if (calls < 3) throw new Error('The carrier does not answer.');
  });
  await bus.put({ source: 'shop', detailType: 'Order paid', detail: { orderId: 'o-1' } });
  const { attempt } = await bus.expectDelivered({}, { to: SHIPPER, within: '1h' });
  expect(attempt).toBe(3);
});

test('what was only placed is not shipped', async () => {
  await bus.put({ source: 'shop', detailType: 'Order placed', detail: { orderId: 'o-2', total: 7 } });
  await bus.expectNothingDelivered();
  await bus.settled();
});
