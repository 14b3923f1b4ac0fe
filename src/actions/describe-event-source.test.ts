import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';
import { HandClock } from '../domain/clock.ts';

const Name = 'aws.partner/example.com/shop/orders';
const Account = '222222222222';
const customer = { account: Account };
const DAY_S = 24 * 60 * 60;

test('serialization: who offers it, until when', async (t) => {
  const bus = await startTestBus(t, { clock: new HandClock(1_700_000_000_000) });
  await bus.call('CreatePartnerEventSource', { Name, Account });
  const { json } = await bus.call('DescribeEventSource', { Name }, customer);
  const source = {
    Arn: `arn:aws:events:eu-central-1::event-source/${Name}`,
    CreatedBy: 'example.com',
    CreationTime: 1_700_000_000,
    Name,
  };
  const ExpirationTime = 1_700_000_000 + 14 * DAY_S;
  assert.deepEqual(json, { ...source, ExpirationTime, State: 'PENDING' });
  await bus.call('CreateEventBus', { Name, EventSourceName: Name }, customer);
  const active = await bus.call('DescribeEventSource', { Name }, customer);
  assert.deepEqual(active.json, { ...source, State: 'ACTIVE' });
});

test('validation: an unknown source', async (t) => {
  const bus = await startTestBus(t);
  const { status, json } = await bus.call('DescribeEventSource', { Name }, customer);
  assert.deepEqual(
    [status, json],
    [400, { __type: 'ResourceNotFoundException', message: `Event source ${Name} does not exist.` }],
  );
});

test('behaviour: unused it is gone after two weeks, by the clock', async (t) => {
  const clock = new HandClock(0);
  const bus = await startTestBus(t, { clock });
  await bus.call('CreatePartnerEventSource', { Name, Account });
  clock.advance(14 * DAY_S * 1000 - 1);
  assert.equal((await bus.call('DescribeEventSource', { Name }, customer)).json.State, 'PENDING');
  clock.advance(1);
  assert.equal((await bus.call('DescribeEventSource', { Name }, customer)).status, 400);
});

test('behaviour: it waits again when its event bus goes', async (t) => {
  const clock = new HandClock(0);
  const bus = await startTestBus(t, { clock });
  await bus.call('CreatePartnerEventSource', { Name, Account });
  await bus.call('CreateEventBus', { Name, EventSourceName: Name }, customer);
  clock.advance(100 * DAY_S * 1000);
  await bus.call('DeleteEventBus', { Name }, customer);
  assert.equal((await bus.call('DescribeEventSource', { Name }, customer)).json.State, 'PENDING');
});
