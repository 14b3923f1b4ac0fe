import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';

const BUS = 'arn:aws:events:eu-central-1:111111111111:event-bus/orders';
const Tags = [
  { Key: 'a', Value: '1' },
  { Key: 'b', Value: '' },
];

test('serialization: an empty structure', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateEventBus', { Name: 'orders', Tags });
  const { status, text } = await bus.call('UntagResource', { ResourceARN: BUS, TagKeys: ['a'] });
  assert.deepEqual([status, text], [200, '{}']);
});

test('validation: an unknown resource', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('UntagResource', { ResourceARN: BUS, TagKeys: ['a'] });
  assert.deepEqual(json, {
    __type: 'ResourceNotFoundException',
    message: 'Event bus orders does not exist.',
  });
});

test('behaviour: named keys go, absent ones are no error', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateEventBus', { Name: 'orders', Tags });
  const { status } = await bus.call('UntagResource', { ResourceARN: BUS, TagKeys: ['a', 'nope'] });
  assert.equal(status, 200);
  const { json } = await bus.call('ListTagsForResource', { ResourceARN: BUS });
  assert.deepEqual(json, { Tags: [{ Key: 'b', Value: '' }] });
});

test('behaviour: the tags of a rule go too', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('PutRule', { Name: 'r', EventPattern: '{"source":["a"]}', Tags });
  const ResourceARN = 'arn:aws:events:eu-central-1:111111111111:rule/r';
  await bus.call('UntagResource', { ResourceARN, TagKeys: ['a', 'b'] });
  assert.deepEqual((await bus.call('ListTagsForResource', { ResourceARN })).json, { Tags: [] });
});
