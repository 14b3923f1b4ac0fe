import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';

const Arn = 'http://127.0.0.1:1/';

test('serialization: nothing failed', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('PutRule', { Name: 'r', EventPattern: '{"source":["a"]}' });
  const { json } = await bus.call('RemoveTargets', { Rule: 'r', Ids: ['a'] });
  assert.deepEqual(json, { FailedEntryCount: 0, FailedEntries: [] });
});

test('validation: an unknown rule is refused, and so is a call that names no target', async (t) => {
  const bus = await startTestBus(t);
  const unknown = await bus.call('RemoveTargets', { Rule: 'r', Ids: ['a'] });
  assert.equal(unknown.json.message, 'Rule r does not exist on EventBus default.');
  const none = await bus.call('RemoveTargets', { Rule: 'r', Ids: [] });
  assert.match(String(none.json.message), /at 'ids' failed .* length greater than or equal to 1$/);
});

test('behaviour: the named ones go, the others stay', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('PutRule', { Name: 'r', EventPattern: '{"source":["a"]}' });
  await bus.call('PutTargets', { Rule: 'r', Targets: ['a', 'b', 'c'].map((Id) => ({ Id, Arn })) });
  await bus.call('RemoveTargets', { Rule: 'r', Ids: ['a', 'c', 'never-was'] });
  assert.deepEqual((await bus.call('ListTargetsByRule', { Rule: 'r' })).json, {
    Targets: [{ Id: 'b', Arn }],
  });
});
