import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEndpoint } from '../../test/http-endpoint.ts';
import { startTestBus, type TestBus } from '../../test/running-bus.ts';
import { HandClock } from '../domain/clock.ts';

const Name = 'aws.partner/example.com/shop/orders';
const entry = { Source: Name, DetailType: 'Test', Detail: '{"a":1}' };

interface Result {
  readonly EventId?: string;
  readonly ErrorCode?: string;
}

/** An account that takes the source, with one rule that sends everything to a URL. */
async function customer(bus: TestBus, account: string, url: string): Promise<void> {
  const caller = { account };
  const EventPattern = JSON.stringify({ source: [{ prefix: 'aws.partner' }] });
  await bus.call('CreatePartnerEventSource', { Name, Account: account });
  await bus.call('CreateEventBus', { Name, EventSourceName: Name }, caller);
  await bus.call('PutRule', { Name: 'r', EventBusName: Name, EventPattern }, caller);
  const Targets = [{ Id: 'a', Arn: url }];
  const { status } = await bus.call('PutTargets', { Rule: 'r', EventBusName: Name, Targets }, caller);
  assert.equal(status, 200);
}

test('serialization: an id for each entry, and the event as one of the account that gets it', async (t) => {
  const endpoint = await startEndpoint(t);
  const bus = await startTestBus(t, { clock: new HandClock(Date.UTC(2026, 0, 2, 3, 4, 5)) });
  await customer(bus, '222222222222', endpoint.url);
  const { json } = await bus.call('PutPartnerEvents', { Entries: [{ ...entry, Resources: ['r'] }] });
  const [result] = json.Entries as Result[];
  assert.deepEqual(json, { FailedEntryCount: 0, Entries: [{ EventId: result?.EventId }] });
  await endpoint.arrived(1);
  assert.equal(
    endpoint.received[0]?.body,
    `{"version":"0","id":"${result?.EventId}","detail-type":"Test","source":"${Name}","account":"222222222222","time":"2026-01-02T03:04:05Z","region":"eu-central-1","resources":["r"],"detail":{"a":1}}`,
  );
});

test('validation: one to twenty entries', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('PutPartnerEvents', { Entries: Array(21).fill(entry) });
  assert.match(String(json.message), /at 'entries' .* length less than or equal to 20$/);
  assert.equal((await bus.call('PutPartnerEvents', { Entries: [] })).status, 400);
});

test('validation: entries fail one by one, in their place', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreatePartnerEventSource', { Name, Account: '222222222222' });
  const { status, json } = await bus.call('PutPartnerEvents', {
    Entries: [
      { ...entry, Source: undefined },
      { ...entry, DetailType: undefined },
      entry,
      { ...entry, Detail: '[]' },
      { ...entry, Source: 'aws.partner/example.com/nobodys' },
    ],
  });
  assert.deepEqual([status, json.FailedEntryCount], [200, 4]);
  assert.deepEqual(
    (json.Entries as Result[]).map(({ ErrorCode }) => ErrorCode),
    ['InvalidArgument', 'InvalidArgument', undefined, 'MalformedDetail', 'NotAuthorizedForSourceException'],
  );
});

test('validation: only the partner may send, and only under the limit', async (t) => {
  const bus = await startTestBus(t, { limits: { putEventsBytes: 90 } });
  await bus.call('CreatePartnerEventSource', { Name, Account: '222222222222' });
  const stranger = await bus.call('PutPartnerEvents', { Entries: [entry] }, { account: '222222222222' });
  assert.equal((stranger.json.Entries as Result[])[0]?.ErrorCode, 'NotAuthorizedForSourceException');
  const large = await bus.call('PutPartnerEvents', { Entries: [entry, entry] });
  assert.deepEqual(large.json, {
    __type: 'ValidationException',
    message: 'Total size of the entries in the request is over the limit.',
  });
});

test('behaviour: every account in which the source is active gets it, under one id', async (t) => {
  const endpoints = [await startEndpoint(t), await startEndpoint(t), await startEndpoint(t)] as const;
  const bus = await startTestBus(t);
  await customer(bus, '222222222222', endpoints[0].url);
  await customer(bus, '333333333333', endpoints[1].url);
  await customer(bus, '444444444444', endpoints[2].url);
  await bus.call('DeactivateEventSource', { Name }, { account: '333333333333' });
  const first = await bus.call('PutPartnerEvents', { Entries: [entry] });
  await bus.call('ActivateEventSource', { Name }, { account: '333333333333' });
  const second = await bus.call('PutPartnerEvents', { Entries: [entry] });
  await endpoints[0].arrived(2);
  await endpoints[1].arrived(1);
  await endpoints[2].arrived(2);
  const ids = [first, second].map(({ json }) => (json.Entries as Result[])[0]?.EventId);
  const events = endpoints.map(({ received }) => received.map(({ body }) => JSON.parse(body)));
  assert.deepEqual(events[0]?.map(({ id }) => id).sort(), [...ids].sort());
  assert.deepEqual(events[2]?.map(({ id }) => id).sort(), [...ids].sort());
  // What was sent while the source was deactivated stays away.
  assert.deepEqual(
    events[1]?.map(({ id, account }) => [id, account]),
    [[ids[1], '333333333333']],
  );
});
