import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';
import { HandClock } from '../domain/clock.ts';

const arn = (resource: string) => `arn:aws:events:eu-central-1:111111111111:${resource}`;
const EventSourceArn = arn('event-bus/default');

test('serialization: everything that was given, the pattern as it was written, and no events yet', async (t) => {
  const bus = await startTestBus(t, { clock: new HandClock(1_700_000_000_987) });
  const given = {
    ArchiveName: 'a',
    EventSourceArn,
    Description: 'all orders',
    EventPattern: '{ "source" : [ "a" ] }',
    RetentionDays: 3,
    KmsKeyIdentifier: 'alias/key',
  };
  await bus.call('CreateArchive', given);
  assert.deepEqual((await bus.call('DescribeArchive', { ArchiveName: 'a' })).json, {
    ArchiveArn: arn('archive/a'),
    ...given,
    State: 'ENABLED',
    SizeBytes: 0,
    EventCount: 0,
    CreationTime: 1_700_000_000,
  });
});

test('serialization: what was left out or empty is left out, but for the retention', async (t) => {
  const bus = await startTestBus(t);
  const empty = { Description: '', EventPattern: '', KmsKeyIdentifier: '' };
  await bus.call('CreateArchive', { ArchiveName: 'a', EventSourceArn });
  await bus.call('CreateArchive', { ArchiveName: 'b', EventSourceArn, ...empty });
  for (const ArchiveName of ['a', 'b']) {
    const { json } = await bus.call('DescribeArchive', { ArchiveName });
    assert.deepEqual(json, {
      ArchiveArn: arn(`archive/${ArchiveName}`),
      ArchiveName,
      EventSourceArn,
      State: 'ENABLED',
      RetentionDays: 0,
      SizeBytes: 0,
      EventCount: 0,
      CreationTime: json.CreationTime,
    });
  }
});

test('validation: an archive is named, not given by ARN', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('DescribeArchive', { ArchiveName: arn('archive/a') });
  assert.equal(json.__type, 'ValidationException');
});

test('behaviour: an unknown archive is not found, nor one of another region', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateArchive', { ArchiveName: 'a', EventSourceArn });
  const { status, json } = await bus.call('DescribeArchive', { ArchiveName: 'a' }, { region: 'us-west-2' });
  assert.equal(status, 400);
  assert.deepEqual(json, { __type: 'ResourceNotFoundException', message: 'Archive a does not exist.' });
});
