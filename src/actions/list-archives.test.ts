import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus, type TestBus } from '../../test/running-bus.ts';
import { HandClock } from '../domain/clock.ts';

const arn = (resource: string) => `arn:aws:events:eu-central-1:111111111111:${resource}`;
const EventSourceArn = arn('event-bus/default');

async function list(bus: TestBus, request: object): Promise<{ names: string[]; token: unknown }> {
  const { json } = await bus.call('ListArchives', request);
  const archives = json.Archives as { ArchiveName: string }[];
  return { names: archives.map(({ ArchiveName }) => ArchiveName), token: json.NextToken };
}

test('serialization: items have neither ARN, nor description, nor pattern', async (t) => {
  const bus = await startTestBus(t, { clock: new HandClock(1_700_000_000_987) });
  await bus.call('CreateArchive', {
    ArchiveName: 'a',
    EventSourceArn,
    Description: 'd',
    EventPattern: '{"source":["a"]}',
  });
  assert.deepEqual((await bus.call('ListArchives', {})).json, {
    Archives: [
      {
        ArchiveName: 'a',
        EventSourceArn,
        State: 'ENABLED',
        RetentionDays: 0,
        SizeBytes: 0,
        EventCount: 0,
        CreationTime: 1_700_000_000,
      },
    ],
  });
});

test('serialization: no archives are an empty list', async (t) => {
  const bus = await startTestBus(t);
  assert.deepEqual((await bus.call('ListArchives', {})).json, { Archives: [] });
});

test('validation: at most one filter', async (t) => {
  const bus = await startTestBus(t);
  for (const request of [
    { NamePrefix: 'a', EventSourceArn },
    { NamePrefix: 'a', State: 'ENABLED' },
    { EventSourceArn, State: 'ENABLED' },
  ]) {
    assert.deepEqual((await bus.call('ListArchives', request)).json, {
      __type: 'ValidationException',
      message:
        'At most one filter is allowed for ListArchives. Use either : State, EventSourceArn, or NamePrefix.',
    });
  }
});

test('validation: a source must be an event bus that there is', async (t) => {
  const bus = await startTestBus(t);
  const unknown = await bus.call('ListArchives', { EventSourceArn: arn('event-bus/nope') });
  assert.deepEqual(unknown.json, {
    __type: 'ResourceNotFoundException',
    message: 'Event bus nope does not exist.',
  });
  const rule = await bus.call('ListArchives', { EventSourceArn: arn('rule/nope') });
  assert.equal(
    rule.json.message,
    'Parameter EventSourceArn is not valid. Reason: Must contain an event bus ARN.',
  );
});

test('behaviour: prefix, source and state pick; pages are in order of names', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateEventBus', { Name: 'orders' });
  for (const ArchiveName of ['b', 'a2', 'a1']) {
    await bus.call('CreateArchive', { ArchiveName, EventSourceArn });
  }
  await bus.call('CreateArchive', { ArchiveName: 'a3', EventSourceArn: arn('event-bus/orders') });
  assert.deepEqual((await list(bus, { NamePrefix: 'a' })).names, ['a1', 'a2', 'a3']);
  assert.deepEqual((await list(bus, { EventSourceArn })).names, ['a1', 'a2', 'b']);
  assert.deepEqual((await list(bus, { State: 'DISABLED' })).names, []);
  const Rule = 'Events-Archive-a2';
  await bus.call('RemoveTargets', { Rule, Ids: [Rule], Force: true });
  assert.deepEqual((await list(bus, { State: 'DISABLED' })).names, ['a2']);

  const first = await list(bus, { Limit: 3 });
  assert.deepEqual(first.names, ['a1', 'a2', 'a3']);
  assert.deepEqual(await list(bus, { Limit: 3, NextToken: first.token }), { names: ['b'], token: undefined });
});
