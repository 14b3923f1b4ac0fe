import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEndpoint } from '../../test/http-endpoint.ts';
import { startTestBus, type TestBus } from '../../test/running-bus.ts';
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
      { ...entry, Detail: '{},"injected":{}' },
      { ...entry, Detail: `${'{"a":'.repeat(5000)}{}${'}'.repeat(5000)}` },
      { ...entry, Source: 'aws.ec2' },
    ],
  });
  assert.equal(status, 200);
  assert.equal(json.FailedEntryCount, 9);
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

const busArn = (account: string, { region = 'eu-central-1', name = 'orders' } = {}) =>
  `arn:aws:events:${region}:${account}:event-bus/${name}`;

/** An event bus `orders` of account 1111…, with a rule that sends everything to a URL. */
async function ordersBus(bus: TestBus, url: string, region = 'eu-central-1'): Promise<void> {
  const owner = { region };
  await bus.call('CreateEventBus', { Name: 'orders' }, owner);
  const EventBusName = 'orders';
  const EventPattern = '{"source":[{"prefix":"com."}]}';
  await bus.call('PutRule', { Name: 'r', EventBusName, EventPattern }, owner);
  await bus.call('PutTargets', { Rule: 'r', EventBusName, Targets: [{ Id: 'a', Arn: url }] }, owner);
}

test('behaviour: an event bus of the own account may be named by ARN, in every region', async (t) => {
  const endpoint = await startEndpoint(t);
  const bus = await startTestBus(t);
  await ordersBus(bus, endpoint.url, 'us-west-2');
  const EventBusName = busArn('111111111111', { region: 'us-west-2' });
  const { json } = await bus.call('PutEvents', { Entries: [{ ...entry, EventBusName }] });
  await endpoint.arrived(1);
  const { id, account, region } = JSON.parse(endpoint.received[0]?.body ?? '');
  assert.equal(id, (json.Entries as Result[])[0]?.EventId);
  assert.deepEqual([account, region], ['111111111111', 'eu-central-1']);
});

test("behaviour: another account's event bus takes what its policy allows, entry by entry", async (t) => {
  const endpoint = await startEndpoint(t);
  const bus = await startTestBus(t);
  await ordersBus(bus, endpoint.url);
  const put = async (...sources: string[]) => {
    const Entries = sources.map((Source) => ({
      ...entry,
      Source,
      EventBusName: busArn('111111111111'),
    }));
    return (await bus.call('PutEvents', { Entries }, { account: '222222222222' })).json;
  };
  const denied = {
    ErrorCode: 'AccessDeniedException',
    ErrorMessage: `User: arn:aws:iam::222222222222:root is not authorized to perform: events:PutEvents on resource: ${busArn('111111111111')} because no resource-based policy allows the events:PutEvents action`,
  };
  assert.deepEqual(await put('com.a'), { FailedEntryCount: 1, Entries: [denied] });
  const Statement = {
    Effect: 'Allow',
    Principal: { AWS: '222222222222' },
    Action: 'events:PutEvents',
    Resource: busArn('111111111111'),
    Condition: {
      StringEquals: { 'events:source': ['com.a', 'com.b'], 'events:detail-type': 'Test' },
      Bool: { 'events:eventBusInvocation': 'false' },
    },
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  assert.equal((await bus.call('PutPermission', { EventBusName: 'orders', Policy })).status, 200);
  const { FailedEntryCount, Entries } = await put('com.a', 'com.c', 'com.b');
  const [first, second, third] = Entries as Result[];
  assert.equal(FailedEntryCount, 1);
  assert.deepEqual(second, denied);
  await endpoint.arrived(2);
  const events = endpoint.received.map(({ body }) => JSON.parse(body));
  assert.deepEqual(events.map(({ id }) => id).sort(), [first?.EventId, third?.EventId].sort());
  assert.ok(events.every(({ account }) => account === '222222222222'));
});

test('behaviour: what PutPermission opens, RemovePermission closes', async (t) => {
  const bus = await startTestBus(t);
  const allowed = async () => {
    const EventBusName = busArn('111111111111', { name: 'default' });
    const caller = { account: '222222222222' };
    const { json } = await bus.call('PutEvents', { Entries: [{ ...entry, EventBusName }] }, caller);
    return json.FailedEntryCount === 0;
  };
  const permission = { Action: 'events:PutEvents', StatementId: 's' };
  await bus.call('PutPermission', { ...permission, Principal: '333333333333' });
  assert.equal(await allowed(), false);
  await bus.call('PutPermission', { ...permission, Principal: '*' });
  assert.equal(await allowed(), true);
  await bus.call('RemovePermission', { StatementId: 's' });
  assert.equal(await allowed(), false);
});

test('behaviour: an organization opens to nobody, for Busbar knows of none', async (t) => {
  const bus = await startTestBus(t);
  const Condition = { Type: 'StringEquals', Key: 'aws:PrincipalOrgID', Value: 'o-1234567890' };
  const permission = { Action: 'events:PutEvents', StatementId: 's', Principal: '*', Condition };
  assert.equal((await bus.call('PutPermission', permission)).status, 200);
  const EventBusName = busArn('111111111111', { name: 'default' });
  const caller = { account: '222222222222' };
  const { json } = await bus.call('PutEvents', { Entries: [{ ...entry, EventBusName }] }, caller);
  assert.equal((json.Entries as Result[])[0]?.ErrorCode, 'AccessDeniedException');
});

test('behaviour: an explicit Deny stops the own account too', async (t) => {
  const bus = await startTestBus(t);
  const Statement = {
    Effect: 'Deny',
    Principal: '*',
    Action: 'events:PutEvents',
    Resource: '*',
    Condition: { StringLike: { 'events:source': 'com.forbidden.*' } },
  };
  await bus.call('PutPermission', { Policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
  const { json } = await bus.call('PutEvents', {
    Entries: [entry, { ...entry, Source: 'com.forbidden.fruit' }],
  });
  const [taken, denied] = json.Entries as Result[];
  assert.match(taken?.EventId ?? '', UUID);
  assert.match(denied?.ErrorMessage ?? '', /with an explicit deny in a resource-based policy$/);
});
