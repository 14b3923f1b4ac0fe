import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';
import { HandClock } from '../domain/clock.ts';

const EventSourceName = 'aws.partner/example.com/shop/orders';
const DAY_S = 24 * 60 * 60;

test('serialization: times in seconds, the state, an expiry while it waits', async (t) => {
  const bus = await startTestBus(t, { clock: new HandClock(1_700_000_000_000) });
  await bus.call('CreatePartnerEventSource', { Name: EventSourceName, Account: '222222222222' });
  const { json } = await bus.call('ListPartnerEventSourceAccounts', { EventSourceName });
  assert.deepEqual(json, {
    PartnerEventSourceAccounts: [
      {
        Account: '222222222222',
        CreationTime: 1_700_000_000,
        ExpirationTime: 1_700_000_000 + 14 * DAY_S,
        State: 'PENDING',
      },
    ],
  });
});

test('validation: an unknown source', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('ListPartnerEventSourceAccounts', { EventSourceName });
  assert.deepEqual(json, {
    __type: 'ResourceNotFoundException',
    message: `Event source ${EventSourceName} does not exist.`,
  });
});

test('behaviour: every account with its own state, in pages', async (t) => {
  const bus = await startTestBus(t);
  const accounts = ['444444444444', '222222222222', '333333333333'];
  for (const Account of accounts) {
    await bus.call('CreatePartnerEventSource', { Name: EventSourceName, Account });
  }
  const bought = { Name: EventSourceName, EventSourceName };
  await bus.call('CreateEventBus', bought, { account: '222222222222' });
  await bus.call('CreateEventBus', bought, { account: '444444444444' });
  await bus.call('DeletePartnerEventSource', { Name: EventSourceName, Account: '444444444444' });
  const states = ({ PartnerEventSourceAccounts }: { PartnerEventSourceAccounts?: unknown }) =>
    (PartnerEventSourceAccounts as { Account: string; State: string }[]).map(({ Account, State }) => [
      Account,
      State,
    ]);
  const first = (await bus.call('ListPartnerEventSourceAccounts', { EventSourceName, Limit: 2 })).json;
  assert.deepEqual(states(first), [
    ['222222222222', 'ACTIVE'],
    ['333333333333', 'PENDING'],
  ]);
  const { NextToken } = first;
  const second = await bus.call('ListPartnerEventSourceAccounts', { EventSourceName, NextToken });
  assert.deepEqual(states(second.json), [['444444444444', 'DELETED']]);
});
