import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';

test('serialization: all of the rule, with its bus and its creator', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateEventBus', { Name: 'orders' });
  const rule = {
    Name: 'r',
    EventPattern: '{"source":["a"]}',
    State: 'DISABLED',
    Description: 'd',
    RoleArn: 'arn:aws:iam::111111111111:role/x',
    EventBusName: 'orders',
  };
  await bus.call('PutRule', rule);
  assert.deepEqual((await bus.call('DescribeRule', { Name: 'r', EventBusName: 'orders' })).json, {
    ...rule,
    Arn: 'arn:aws:events:eu-central-1:111111111111:rule/orders/r',
    CreatedBy: '111111111111',
  });
});

test('validation: an unknown rule is refused with the bus on which it was looked for', async (t) => {
  const bus = await startTestBus(t);
  const { status, json } = await bus.call('DescribeRule', { Name: 'r' });
  assert.equal(status, 400);
  assert.deepEqual(json, {
    __type: 'ResourceNotFoundException',
    message: 'Rule r does not exist on EventBus default.',
  });
});

test('behaviour: other accounts and regions do not see it', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('PutRule', { Name: 'r', EventPattern: '{"source":["a"]}' });
  for (const caller of [{ region: 'us-west-2' }, { account: '222222222222' }]) {
    assert.equal((await bus.call('DescribeRule', { Name: 'r' }, caller)).status, 400);
  }
});
