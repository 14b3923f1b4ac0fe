import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEndpoint } from '../../test/http-endpoint.ts';
import { startTestBus } from '../../test/running-bus.ts';
import { HandClock } from '../domain/clock.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const entry = { Source: 'com.example', DetailType: 'Test', Detail: '{}' };

interface Result {
  readonly EventId?: string;
  readonly ErrorCode?: string;
  readonly ErrorMessage?: string;
}

test('serialization: an id for each entry', async (t) => {
  const bus = await startTestBus(t);
  const { status, json } = await bus.call('PutEvents', { Entries: [entry, entry] });
  assert.equal(status, 200);
  assert.equal(json.FailedEntryCount, 0);
  const entries = json.Entries as Result[];
  assert.equal(entries.length, 2);
  for (const result of entries) {
    assert.deepEqual(Object.keys(result), ['EventId']);
    assert.match(result.EventId ?? '', UUID);
  }
});

test('serialization: the envelope as AWS writes it, with the detail as it came', async (t) => {
  const endpoint = await startEndpoint(t);
  const bus = await startTestBus(t, { clock: new HandClock(Date.UTC(2026, 0, 2, 3, 4, 5, 999)) });
  await bus.call('PutRule', { Name: 'r', EventPattern: '{"source":["com.example"]}' });
  await bus.call('PutTargets', { Rule: 'r', Targets: [{ Id: 'a', Arn: endpoint.url }] });
  const { json } = await bus.call('PutEvents', {
    Entries: [
      { ...entry, Detail: '{ "z": 1.0, "a": 12345678901234567890,\n"s": " x " }' },
      { ...entry, Time: 1_700_000_000.9, Resources: ['r1', 'r"2'] },
    ],
  });
  await endpoint.arrived(2);
  const [first, second] = (json.Entries as Result[]).map(({ EventId }) => EventId);
  const head = (id: string | undefined) =>
    `{"version":"0","id":"${id}","detail-type":"Test","source":"com.example"`;
  const place = '"region":"eu-central-1"';
  const account = '"account":"111111111111"';
  assert.deepEqual(
    endpoint.received.map(({ body }) => body).sort(),
    [
      `${head(first)},${account},"time":"2026-01-02T03:04:05Z",${place},"resources":[],"detail":{"z":1.0,"a":12345678901234567890,"s":" x "}}`,
      `${head(second)},${account},"time":"2023-11-14T22:13:20Z",${place},"resources":["r1","r\\"2"],"detail":{}}`,
    ].sort(),
  );
});

test('validation: one to ten entries', async (t) => {
  const bus = await startTestBus(t);
  const none = await bus.call('PutEvents', { Entries: [] });
  assert.match(String(none.json.message), /at 'entries' .* length greater than or equal to 1$/);
  const many = await bus.call('PutEvents', { Entries: Array(11).fill(entry) });
  assert.equal(many.status, 400);
  assert.match(
    String(many.json.message),
    /^1 validation error detected: Value '\[PutEventsRequestEntry\(time=null, source=com\.example, .* at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10$/,
  );
});

test('validation: entries fail one by one, in their place, and the others are taken in', async (t) => {
  const bus = await startTestBus(t);
  const { status, json } = await bus.call('PutEvents', {
    Entries: [
      { ...entry, Source: undefined },
      { ...entry, DetailType: '' },
      entry,
      { ...entry, Detail: undefined },
      { ...entry, Detail: '[1]' },
      { ...entry, Detail: '"text"' },
      { ...entry, Detail: '{"broken"' },
      { ...entry, Source: 'aws.ec2' },
    ],
  });
  assert.equal(status, 200);
  assert.equal(json.FailedEntryCount, 7);
  const missing = (member: string) => ({
    ErrorCode: 'InvalidArgument',
    ErrorMessage: `Parameter ${member} is not valid. Reason: ${member} is a required argument.`,
  });
  const malformed = { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  const entries = json.Entries as Result[];
  assert.deepEqual(
    [...entries.slice(0, 2), ...entries.slice(3)],
    [
      missing('Source'),
      missing('DetailType'),
      missing('Detail'),
      malformed,
      malformed,
      malformed,
      { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' },
    ],
  );
  assert.match(entries[2]?.EventId ?? '', UUID);
});

test('validation: the sizes of all entries together have a limit, counted in bytes of UTF-8', async (t) => {
  const bus = await startTestBus(t, { limits: { putEventsBytes: 100 } });
  const fixed = 'com.example'.length + 'Test'.length;
  const sized = (bytes: number) => ({ ...entry, Detail: `{"a":"${'é'.repeat((bytes - fixed - 8) / 2)}"}` });
  assert.equal((await bus.call('PutEvents', { Entries: [sized(99)] })).status, 200);
  const over = await bus.call('PutEvents', { Entries: [sized(101)] });
  assert.deepEqual(over.json, {
    __type: 'ValidationException',
    message: 'Total size of the entries in the request is over the limit.',
  });
  const timed = await bus.call('PutEvents', { Entries: [{ ...sized(99), Time: 1_700_000_000 }] });
  assert.equal(timed.status, 400);
});

test('behaviour: an event for an unknown bus gets an id, and goes nowhere', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('PutEvents', { Entries: [{ ...entry, EventBusName: 'nope' }] });
  assert.match((json.Entries as Result[])[0]?.EventId ?? '', UUID);
});

test('behaviour: a bus may be named by ARN; one of another account lets nobody in', async (t) => {
  const endpoint = await startEndpoint(t);
  const bus = await startTestBus(t);
  await bus.call('CreateEventBus', { Name: 'orders' });
  await bus.call('PutRule', {
    Name: 'r',
    EventBusName: 'orders',
    EventPattern: '{"source":["com.example"]}',
  });
  await bus.call('PutTargets', {
    Rule: 'r',
    EventBusName: 'orders',
    Targets: [{ Id: 'a', Arn: endpoint.url }],
  });
  const arn = (account: string) => `arn:aws:events:eu-central-1:${account}:event-bus/orders`;
  const { json } = await bus.call('PutEvents', {
    Entries: [
      { ...entry, EventBusName: arn('222222222222') },
      { ...entry, EventBusName: arn('111111111111') },
    ],
  });
  await endpoint.arrived(1);
  const [denied, taken] = json.Entries as Result[];
  assert.equal(denied?.ErrorCode, 'AccessDeniedException');
  assert.equal(JSON.parse(endpoint.received[0]?.body ?? '').id, taken?.EventId);
});
