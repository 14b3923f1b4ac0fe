import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';

const EventBusArn = 'arn:aws:events:eu-central-1:111111111111:event-bus/default';
const Name = 'Events-Archive-all';

test('a managed rule is changed by nobody, and deleted or emptied by force alone', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateArchive', { ArchiveName: 'all', EventSourceArn: EventBusArn });
  const refusal = async (operation: string, request: object) => {
    const { json } = await bus.call(operation, request);
    return `${json.__type}: ${json.message}`;
  };
  const plain = `ManagedRuleException: ${Name} is a managed rule.`;
  const forcible = `${plain} Set 'force' parameter to true to override.`;
  const tags = `ManagedRuleException: Tag related operations on the managed rule ${Name} is not allowed.`;
  const ResourceARN = `arn:aws:events:eu-central-1:111111111111:rule/${Name}`;
  const target = { Id: 'a', Arn: 'http://127.0.0.1:1/' };

  assert.equal(await refusal('PutRule', { Name, EventPattern: '{"source":["a"]}' }), plain);
  assert.equal(await refusal('EnableRule', { Name }), plain);
  assert.equal(await refusal('DisableRule', { Name }), plain);
  assert.equal(await refusal('PutTargets', { Rule: Name, Targets: [target] }), plain);
  assert.equal(await refusal('TagResource', { ResourceARN, Tags: [{ Key: 'k', Value: 'v' }] }), tags);
  assert.equal(await refusal('UntagResource', { ResourceARN, TagKeys: ['k'] }), tags);
  assert.equal(await refusal('DeleteRule', { Name }), forcible);
  assert.equal(await refusal('RemoveTargets', { Rule: Name, Ids: ['a'] }), forcible);

  const targets = (await bus.call('ListTargetsByRule', { Rule: Name })).json.Targets as { Id: string }[];
  const Ids = targets.map(({ Id }) => Id);
  assert.equal((await bus.call('RemoveTargets', { Rule: Name, Ids, Force: true })).status, 200);
  assert.equal((await bus.call('DeleteRule', { Name, Force: true })).status, 200);
});
