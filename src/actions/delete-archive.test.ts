import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';

const EventSourceArn = 'arn:aws:events:eu-central-1:111111111111:event-bus/default';
const rule = 'Events-Archive-a';

test('serialization: the answer is an empty object', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateArchive', { ArchiveName: 'a', EventSourceArn });
  const { status, text } = await bus.call('DeleteArchive', { ArchiveName: 'a' });
  assert.deepEqual({ status, text }, { status: 200, text: '{}' });
});

test('validation: an unknown archive is not found, also when it was there before', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateArchive', { ArchiveName: 'a', EventSourceArn });
  await bus.call('DeleteArchive', { ArchiveName: 'a' });
  assert.deepEqual((await bus.call('DeleteArchive', { ArchiveName: 'a' })).json, {
    __type: 'ResourceNotFoundException',
    message: 'Archive a does not exist.',
  });
});

test('behaviour: its rule goes with it, and its name is free again', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateArchive', { ArchiveName: 'a', EventSourceArn, Description: 'old' });
  await bus.call('CreateArchive', { ArchiveName: 'b', EventSourceArn });
  await bus.call('DeleteArchive', { ArchiveName: 'a' });
  assert.equal((await bus.call('DescribeArchive', { ArchiveName: 'a' })).status, 400);
  const rules = (await bus.call('ListRules', {})).json.Rules as { Name: string }[];
  assert.deepEqual(
    rules.map(({ Name }) => Name),
    ['Events-Archive-b'],
  );
  assert.equal((await bus.call('CreateArchive', { ArchiveName: 'a', EventSourceArn })).status, 200);
  assert.equal((await bus.call('DescribeArchive', { ArchiveName: 'a' })).json.Description, undefined);
});

test("behaviour: somebody's own rule of that name stays", async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateArchive', { ArchiveName: 'a', EventSourceArn });
  await bus.call('RemoveTargets', { Rule: rule, Ids: [rule], Force: true });
  await bus.call('DeleteRule', { Name: rule, Force: true });
  await bus.call('PutRule', { Name: rule, EventPattern: '{"source":["mine"]}' });
  await bus.call('DeleteArchive', { ArchiveName: 'a' });
  assert.equal((await bus.call('DescribeRule', { Name: rule })).status, 200);
});
