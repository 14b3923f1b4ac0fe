import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';

const EventPattern = '{"source":["a"]}';

test('serialization: the answer is empty', async (t) => {
  const bus = await startTestBus(t);
  const { status, text } = await bus.call('DeleteRule', { Name: 'never-was' });
  assert.deepEqual({ status, text }, { status: 200, text: '' });
});

test('validation: an unknown bus is refused, an unknown rule is not', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('DeleteRule', { Name: 'r', EventBusName: 'nope' });
  assert.equal(json.message, 'Event bus nope does not exist.');
  assert.equal((await bus.call('DeleteRule', { Name: 'r' })).status, 200);
});

test('behaviour: a rule with targets stays; without them it goes', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('PutRule', { Name: 'r', EventPattern });
  await bus.call('PutTargets', { Rule: 'r', Targets: [{ Id: 'a', Arn: 'http://127.0.0.1:1/' }] });
  const { json } = await bus.call('DeleteRule', { Name: 'r' });
  assert.equal(json.message, "Rule can't be deleted since it has targets.");
  await bus.call('RemoveTargets', { Rule: 'r', Ids: ['a'] });
  assert.equal((await bus.call('DeleteRule', { Name: 'r' })).status, 200);
  assert.equal((await bus.call('DescribeRule', { Name: 'r' })).status, 400);
});
