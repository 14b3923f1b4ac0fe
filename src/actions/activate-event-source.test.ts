import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';
import { HandClock } from '../domain/clock.ts';

const Name = 'aws.partner/example.com/shop/orders';
const Account = '222222222222';
const customer = { account: Account };
const unmatched = {
  __type: 'ResourceNotFoundException',
  message: `Event source ${Name} or event bus ${Name} does not exist.`,
};

test('serialization: the answer is empty', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreatePartnerEventSource', { Name, Account });
  await bus.call('CreateEventBus', { Name, EventSourceName: Name }, customer);
  const { status, text } = await bus.call('ActivateEventSource', { Name }, customer);
  assert.deepEqual([status, text], [200, '']);
});

test('validation: without a source, or without an event bus', async (t) => {
  const bus = await startTestBus(t);
  assert.deepEqual((await bus.call('ActivateEventSource', { Name }, customer)).json, unmatched);
  await bus.call('CreatePartnerEventSource', { Name, Account });
  assert.deepEqual((await bus.call('ActivateEventSource', { Name }, customer)).json, unmatched);
});

test('validation: what the partner deleted stays deleted', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreatePartnerEventSource', { Name, Account });
  await bus.call('CreateEventBus', { Name, EventSourceName: Name }, customer);
  await bus.call('DeletePartnerEventSource', { Name, Account });
  const { json } = await bus.call('ActivateEventSource', { Name }, customer);
  assert.equal(json.__type, 'InvalidStateException');
});

test('behaviour: what was deactivated is active again, and its waiting is over', async (t) => {
  const clock = new HandClock(0);
  const bus = await startTestBus(t, { clock });
  await bus.call('CreatePartnerEventSource', { Name, Account });
  await bus.call('CreateEventBus', { Name, EventSourceName: Name }, customer);
  await bus.call('DeactivateEventSource', { Name }, customer);
  await bus.call('ActivateEventSource', { Name }, customer);
  clock.advance(30 * 24 * 60 * 60 * 1000);
  assert.equal((await bus.call('DescribeEventSource', { Name }, customer)).json.State, 'ACTIVE');
});
