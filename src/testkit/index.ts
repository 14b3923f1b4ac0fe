/**
 * `busbar/testkit`: an event bus for each of your tests, in memory, with a clock that you move. Works in every
 * test runner; tests that run at the same time don't disturb one another.
 *
 * @example
 * import { createTestBus } from 'busbar/testkit';
 *
 * const bus = await createTestBus();
 * await bus.rule('orders', { eventPattern: { source: ['shop'] }, targets: ['arn:aws:sqs:us-east-1:000000000000:orders'] });
 * await bus.put({ source: 'shop', detailType: 'Order placed', detail: { total: 7 } });
 * await bus.expectDelivered({ detail: { total: [7] } }, { to: 'orders' });
 * await bus.close();
 */

export type { Duration } from '../domain/duration.ts';
export { type CreateTestBusOptions, createTestBus } from './create-test-bus.ts';
export type { EventTypes, TestEntry, TestEvent } from './events.ts';
export type { EventMatch } from './expectation.ts';
export type { DeadLettered, Delivered, Invoked } from './invocation-log.ts';
export { type InvocationHandler, PermanentFailure } from './stand-in.ts';
export {
  ExpectationError,
  type TestBus,
  type TestClock,
  type TestRule,
  type TestTarget,
  type Where,
} from './test-bus.ts';
