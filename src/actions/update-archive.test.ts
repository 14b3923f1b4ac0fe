import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus, type TestBus } from '../../test/running-bus.ts';
import { HandClock } from '../domain/clock.ts';

const arn = (resource: string) => `arn:aws:events:eu-central-1:111111111111:${resource}`;
const EventSourceArn = arn('event-bus/default');
const rule = 'Events-Archive-a';

async function described(bus: TestBus): Promise<object> {
  const { json } = await bus.call('DescribeArchive', { ArchiveName: 'a' });
  const { Description, EventPattern, RetentionDays, KmsKeyIdentifier, State } = json;
  return { Description, EventPattern, RetentionDays, KmsKeyIdentifier, State };
}

test('serialization: the answer holds ARN, state and when the archive was created', async (t) => {
  const clock = new HandClock(1_700_000_000_987);
  const bus = await startTestBus(t, { clock });
  await bus.call('CreateArchive', { ArchiveName: 'a', EventSourceArn });
  clock.advance(5000);
  const { json } = await bus.call('UpdateArchive', { ArchiveName: 'a', Description: 'd' });
  assert.deepEqual(json, { ArchiveArn: arn('archive/a'), State: 'ENABLED', CreationTime: 1_700_000_000 });
});

test('validation: something must change, even of an archive that there is not', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('UpdateArchive', { ArchiveName: 'nope' });
  assert.deepEqual(json, {
    __type: 'ValidationException',
    message: 'At least one of EventPattern, RetentionDays or Description must be provided.',
  });
});

test('validation: an unknown archive is not found', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('UpdateArchive', { ArchiveName: 'nope', Description: 'd' });
  assert.deepEqual(json, { __type: 'ResourceNotFoundException', message: 'Archive nope does not exist.' });
});

test('validation: an invalid pattern changes nothing', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateArchive', { ArchiveName: 'a', EventSourceArn, Description: 'before' });
  const before = await described(bus);
  const { json } = await bus.call('UpdateArchive', {
    ArchiveName: 'a',
    Description: 'after',
    EventPattern: '{bad',
  });
  assert.equal(json.__type, 'InvalidEventPatternException');
  assert.deepEqual(await described(bus), before);
});

test('behaviour: what is left out stays, and an empty text removes', async (t) => {
  const bus = await startTestBus(t);
  const EventPattern = '{ "source" : [ "a" ] }';
  await bus.call('CreateArchive', { ArchiveName: 'a', EventSourceArn, KmsKeyIdentifier: 'alias/key' });
  await bus.call('UpdateArchive', { ArchiveName: 'a', Description: 'd', EventPattern, RetentionDays: 3 });
  await bus.call('UpdateArchive', { ArchiveName: 'a', Description: 'e' });
  const kept = { Description: 'e', EventPattern, RetentionDays: 3, KmsKeyIdentifier: 'alias/key' };
  assert.deepEqual(await described(bus), { ...kept, State: 'ENABLED' });
  const empty = { Description: '', EventPattern: '', RetentionDays: 0, KmsKeyIdentifier: '' };
  await bus.call('UpdateArchive', { ArchiveName: 'a', ...empty });
  assert.deepEqual(await described(bus), {
    Description: undefined,
    EventPattern: undefined,
    RetentionDays: 0,
    KmsKeyIdentifier: undefined,
    State: 'ENABLED',
  });
});

test('behaviour: the managed rule follows the pattern, and keeps its target', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateArchive', { ArchiveName: 'a', EventSourceArn });
  const targets = async () => (await bus.call('ListTargetsByRule', { Rule: rule })).json.Targets;
  const pattern = async () => (await bus.call('DescribeRule', { Name: rule })).json.EventPattern;
  const before = await targets();
  await bus.call('UpdateArchive', {
    ArchiveName: 'a',
    EventPattern: '{ "replay-name": ["r"], "source": ["a"] }',
  });
  assert.equal(await pattern(), '{"replay-name":[{"exists":false}],"source":["a"]}');
  assert.deepEqual(await targets(), before);
  await bus.call('UpdateArchive', { ArchiveName: 'a', EventPattern: '' });
  assert.equal(await pattern(), '{"replay-name":[{"exists":false}]}');
});

test('behaviour: any update mends an archive whose rule was removed by force', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateArchive', { ArchiveName: 'a', EventSourceArn });
  const before = (await bus.call('ListTargetsByRule', { Rule: rule })).json.Targets;
  await bus.call('RemoveTargets', { Rule: rule, Ids: [rule], Force: true });
  await bus.call('DeleteRule', { Name: rule, Force: true });
  const { json } = await bus.call('UpdateArchive', { ArchiveName: 'a', Description: 'mended' });
  assert.equal(json.State, 'ENABLED');
  assert.deepEqual((await bus.call('ListTargetsByRule', { Rule: rule })).json.Targets, before);
});

test('behaviour: an archive whose bus is gone can not be updated', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateEventBus', { Name: 'orders' });
  await bus.call('CreateArchive', { ArchiveName: 'a', EventSourceArn: arn('event-bus/orders') });
  const EventBusName = 'orders';
  await bus.call('RemoveTargets', { Rule: rule, EventBusName, Ids: [rule], Force: true });
  await bus.call('DeleteRule', { Name: rule, EventBusName, Force: true });
  await bus.call('DeleteEventBus', { Name: 'orders' });
  const { json } = await bus.call('UpdateArchive', { ArchiveName: 'a', Description: 'd' });
  assert.deepEqual(json, {
    __type: 'ResourceNotFoundException',
    message: 'Archive a managed rule does not exist.',
  });
  assert.equal((await bus.call('DescribeArchive', { ArchiveName: 'a' })).json.Description, undefined);
});
