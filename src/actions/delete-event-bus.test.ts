import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';

test('serialization: the answer is empty', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateEventBus', { Name: 'orders' });
  const { status, text } = await bus.call('DeleteEventBus', { Name: 'orders' });
  assert.deepEqual({ status, text }, { status: 200, text: '' });
});

test('validation: the default bus stays', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('DeleteEventBus', { Name: 'default' });
  assert.deepEqual(json, { __type: 'ValidationException', message: 'Cannot delete event bus default.' });
});

test('behaviour: what is deleted is gone; what never was, can be deleted too', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateEventBus', { Name: 'orders' });
  await bus.call('DeleteEventBus', { Name: 'orders' });
  assert.equal((await bus.call('DescribeEventBus', { Name: 'orders' })).status, 400);
  assert.equal((await bus.call('DeleteEventBus', { Name: 'orders' })).status, 200);
});

test('behaviour: a bus with rules stays', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateEventBus', { Name: 'orders' });
  await bus.call('PutRule', { Name: 'r', EventBusName: 'orders', EventPattern: '{"source":["a"]}' });
  const { json } = await bus.call('DeleteEventBus', { Name: 'orders' });
  assert.equal(json.message, "EventBus can't be deleted since it has rules.");
  assert.equal((await bus.call('DescribeEventBus', { Name: 'orders' })).status, 200);
});
