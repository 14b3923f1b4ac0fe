import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus, type TestBus } from '../../test/running-bus.ts';

async function names(bus: TestBus, request: object): Promise<{ names: string[]; token: unknown }> {
  const { json } = await bus.call('ListEventBuses', request);
  const buses = json.EventBuses as { Name: string }[];
  return { names: buses.map(({ Name }) => Name), token: json.NextToken };
}

test('serialization: the default bus is there from the beginning', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('ListEventBuses', {});
  const [only] = json.EventBuses as { CreationTime: number; LastModifiedTime: number }[];
  assert.deepEqual(json, {
    EventBuses: [
      {
        Name: 'default',
        Arn: 'arn:aws:events:eu-central-1:111111111111:event-bus/default',
        CreationTime: only?.CreationTime,
        LastModifiedTime: only?.LastModifiedTime,
      },
    ],
  });
});

test('validation: a token that we never gave is refused', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('ListEventBuses', { NextToken: 'made up' });
  assert.equal(json.__type, 'ValidationException');
});

test('behaviour: pages are in order of names, and neither skip nor repeat while buses come and go', async (t) => {
  const bus = await startTestBus(t);
  for (const Name of ['b', 'd', 'f', 'h']) await bus.call('CreateEventBus', { Name });
  const first = await names(bus, { Limit: 2 });
  assert.deepEqual(first.names, ['b', 'd']);
  await bus.call('DeleteEventBus', { Name: 'd' });
  await bus.call('CreateEventBus', { Name: 'a' });
  const second = await names(bus, { Limit: 2, NextToken: first.token });
  assert.deepEqual(second.names, ['default', 'f']);
  const third = await names(bus, { Limit: 2, NextToken: second.token });
  assert.deepEqual(third, { names: ['h'], token: undefined });
});

test('behaviour: a prefix picks, also by leaving out the default bus', async (t) => {
  const bus = await startTestBus(t);
  for (const Name of ['orders', 'orders-eu', 'users']) await bus.call('CreateEventBus', { Name });
  assert.deepEqual(await names(bus, { NamePrefix: 'orders' }), {
    names: ['orders', 'orders-eu'],
    token: undefined,
  });
  assert.deepEqual(await names(bus, { NamePrefix: 'x' }), { names: [], token: undefined });
});
