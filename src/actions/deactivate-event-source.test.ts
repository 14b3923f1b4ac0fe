import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus, type TestBus } from '../../test/running-bus.ts';
import { HandClock } from '../domain/clock.ts';

const Name = 'aws.partner/example.com/shop/orders';
const Account = '222222222222';
const customer = { account: Account };
const DAY_MS = 24 * 60 * 60 * 1000;

async function matched(bus: TestBus): Promise<void> {
  await bus.call('CreatePartnerEventSource', { Name, Account });
  await bus.call('CreateEventBus', { Name, EventSourceName: Name }, customer);
}

test('serialization: the answer is empty', async (t) => {
  const bus = await startTestBus(t);
  await matched(bus);
  const { status, text } = await bus.call('DeactivateEventSource', { Name }, customer);
  assert.deepEqual([status, text], [200, '']);
});

test('validation: without a source or an event bus', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('DeactivateEventSource', { Name }, customer);
  assert.deepEqual(json, {
    __type: 'ResourceNotFoundException',
    message: `Event source ${Name} or event bus ${Name} does not exist.`,
  });
});

test('behaviour: it waits for two weeks from then, and is deleted; the event bus stays', async (t) => {
  const clock = new HandClock(0);
  const bus = await startTestBus(t, { clock });
  const describe = async () => (await bus.call('DescribeEventSource', { Name }, customer)).json;
  await matched(bus);
  clock.advance(100 * DAY_MS);
  await bus.call('DeactivateEventSource', { Name }, customer);
  clock.advance(13 * DAY_MS);
  // A second time changes nothing.
  await bus.call('DeactivateEventSource', { Name }, customer);
  const { State, ExpirationTime } = await describe();
  assert.deepEqual([State, ExpirationTime], ['PENDING', (114 * DAY_MS) / 1000]);
  clock.advance(DAY_MS);
  assert.equal((await describe()).State, 'DELETED');
  assert.equal((await bus.call('DescribeEventBus', { Name }, customer)).status, 200);
});
