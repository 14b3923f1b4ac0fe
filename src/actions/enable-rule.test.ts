import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';

const EventPattern = '{"source":["a"]}';

test('serialization: the answer is empty', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('PutRule', { Name: 'r', EventPattern });
  const { status, text } = await bus.call('EnableRule', { Name: 'r' });
  assert.deepEqual({ status, text }, { status: 200, text: '' });
});

test('validation: an unknown rule is refused', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('EnableRule', { Name: 'r' });
  assert.equal(json.message, 'Rule r does not exist on EventBus default.');
});

test('behaviour: the state changes, twice is as good as once', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('PutRule', { Name: 'r', EventPattern, State: 'DISABLED' });
  for (let n = 0; n < 2; n++) {
    await bus.call('EnableRule', { Name: 'r' });
    assert.equal((await bus.call('DescribeRule', { Name: 'r' })).json.State, 'ENABLED');
  }
});
