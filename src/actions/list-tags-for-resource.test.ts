import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';

const arn = (resource: string) => `arn:aws:events:eu-central-1:111111111111:${resource}`;
const Tags = [{ Key: 'a', Value: '1' }];

test('serialization: without tags there is an empty list', async (t) => {
  const bus = await startTestBus(t);
  const { status, json } = await bus.call('ListTagsForResource', { ResourceARN: arn('event-bus/default') });
  assert.deepEqual([status, json], [200, { Tags: [] }]);
});

test('validation: what is not there', async (t) => {
  const bus = await startTestBus(t);
  const message = async (resource: string) =>
    (await bus.call('ListTagsForResource', { ResourceARN: arn(resource) })).json.message;
  assert.equal(await message('rule/r'), 'Rule r does not exist on EventBus default.');
  assert.equal(await message('event-bus/nope'), 'Event bus nope does not exist.');
});

test('behaviour: a rule or an event bus that is made again has no tags', async (t) => {
  const bus = await startTestBus(t);
  const rule = { Name: 'r', EventPattern: '{"source":["a"]}' };
  await bus.call('PutRule', { ...rule, Tags });
  await bus.call('CreateEventBus', { Name: 'orders', Tags });
  const tags = async (resource: string) =>
    (await bus.call('ListTagsForResource', { ResourceARN: arn(resource) })).json.Tags;
  assert.deepEqual([await tags('rule/r'), await tags('event-bus/orders')], [Tags, Tags]);
  await bus.call('DeleteRule', { Name: 'r' });
  await bus.call('DeleteEventBus', { Name: 'orders' });
  assert.equal(await tags('rule/r'), undefined);
  await bus.call('PutRule', rule);
  await bus.call('CreateEventBus', { Name: 'orders' });
  assert.deepEqual([await tags('rule/r'), await tags('event-bus/orders')], [[], []]);
});

test('behaviour: other accounts do not see them', async (t) => {
  const bus = await startTestBus(t);
  const caller = { account: '222222222222' };
  const { json } = await bus.call('ListTagsForResource', { ResourceARN: arn('event-bus/default') }, caller);
  assert.equal(json.__type, 'AccessDeniedException');
});
