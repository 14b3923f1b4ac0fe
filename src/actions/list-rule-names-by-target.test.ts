import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus, type TestBus } from '../../test/running-bus.ts';

const QUEUE = 'arn:aws:sqs:eu-central-1:111111111111:orders';
const OTHER = 'arn:aws:sqs:eu-central-1:111111111111:other';

async function rule(bus: TestBus, Name: string, { bus: EventBusName = 'default', targets = [QUEUE] } = {}) {
  await bus.call('PutRule', { Name, EventBusName, EventPattern: '{"source":["a"]}' });
  const Targets = targets.map((Arn, index) => ({ Id: `t${index}`, Arn }));
  const { status, text } = await bus.call('PutTargets', { Rule: Name, EventBusName, Targets });
  assert.equal(status, 200, text);
}

test('serialization: names, and no token on the last page', async (t) => {
  const bus = await startTestBus(t);
  await rule(bus, 'r');
  const { status, json } = await bus.call('ListRuleNamesByTarget', { TargetArn: QUEUE });
  assert.deepEqual([status, json], [200, { RuleNames: ['r'] }]);
});

test('serialization: an unknown target has an empty list', async (t) => {
  const bus = await startTestBus(t);
  assert.deepEqual((await bus.call('ListRuleNamesByTarget', { TargetArn: QUEUE })).json, { RuleNames: [] });
});

test('validation: an unknown event bus, a token that nobody gave out', async (t) => {
  const bus = await startTestBus(t);
  const unknown = await bus.call('ListRuleNamesByTarget', { TargetArn: QUEUE, EventBusName: 'nope' });
  assert.deepEqual(unknown.json, {
    __type: 'ResourceNotFoundException',
    message: 'Event bus nope does not exist.',
  });
  const token = await bus.call('ListRuleNamesByTarget', { TargetArn: QUEUE, NextToken: 'x' });
  assert.equal(token.json.__type, 'ValidationException');
});

test('behaviour: each rule once, in order of names, on one event bus', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateEventBus', { Name: 'orders' });
  await rule(bus, 'b', { targets: [OTHER, QUEUE, QUEUE] });
  await rule(bus, 'a');
  await rule(bus, 'c', { targets: [OTHER] });
  await rule(bus, 'd', { bus: 'orders' });
  const names = async (request: object) =>
    (await bus.call('ListRuleNamesByTarget', { TargetArn: QUEUE, ...request })).json.RuleNames;
  assert.deepEqual(await names({}), ['a', 'b']);
  assert.deepEqual(await names({ EventBusName: 'orders' }), ['d']);
  const arn = 'arn:aws:events:eu-central-1:111111111111:event-bus/orders';
  assert.deepEqual(await names({ EventBusName: arn }), ['d']);
});

test('behaviour: pages of the size that is asked for', async (t) => {
  const bus = await startTestBus(t);
  for (const name of ['c', 'a', 'b']) await rule(bus, name);
  const first = (await bus.call('ListRuleNamesByTarget', { TargetArn: QUEUE, Limit: 2 })).json;
  assert.deepEqual(first.RuleNames, ['a', 'b']);
  const { NextToken } = first;
  const second = await bus.call('ListRuleNamesByTarget', { TargetArn: QUEUE, Limit: 2, NextToken });
  assert.deepEqual(second.json, { RuleNames: ['c'] });
});
