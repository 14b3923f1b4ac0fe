import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';

const Name = 'aws.partner/example.com/shop/orders';
const Account = '222222222222';
const customer = { account: Account };

test('serialization: the answer is empty', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreatePartnerEventSource', { Name, Account });
  const { status, text } = await bus.call('DeletePartnerEventSource', { Name, Account });
  assert.deepEqual([status, text], [200, '']);
});

test('validation: an unknown source is deleted already', async (t) => {
  const bus = await startTestBus(t);
  assert.equal((await bus.call('DeletePartnerEventSource', { Name, Account })).status, 200);
});

test('behaviour: what nobody used is gone', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreatePartnerEventSource', { Name, Account });
  await bus.call('DeletePartnerEventSource', { Name, Account });
  assert.deepEqual((await bus.call('ListEventSources', {}, customer)).json, { EventSources: [] });
  assert.equal((await bus.call('DescribePartnerEventSource', { Name })).status, 400);
});

test('behaviour: with its event bus the account sees that it was deleted, until that goes too', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreatePartnerEventSource', { Name, Account });
  await bus.call('CreateEventBus', { Name, EventSourceName: Name }, customer);
  await bus.call('DeletePartnerEventSource', { Name, Account });
  assert.equal((await bus.call('DescribeEventSource', { Name }, customer)).json.State, 'DELETED');
  await bus.call('DeleteEventBus', { Name }, customer);
  assert.equal((await bus.call('DescribeEventSource', { Name }, customer)).status, 400);
});

test('behaviour: nobody takes back what another partner offers', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreatePartnerEventSource', { Name, Account });
  await bus.call('DeletePartnerEventSource', { Name, Account }, { account: '333333333333' });
  assert.equal((await bus.call('DescribePartnerEventSource', { Name })).status, 200);
});
