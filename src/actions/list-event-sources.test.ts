import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';
import { HandClock } from '../domain/clock.ts';

const Account = '222222222222';
const customer = { account: Account };

test('serialization: as DescribeEventSource shows them', async (t) => {
  const bus = await startTestBus(t, { clock: new HandClock(0) });
  const Name = 'aws.partner/example.com/shop/orders';
  await bus.call('CreatePartnerEventSource', { Name, Account });
  const described = (await bus.call('DescribeEventSource', { Name }, customer)).json;
  const { json } = await bus.call('ListEventSources', {}, customer);
  assert.deepEqual(json, { EventSources: [described] });
});

test('validation: a token that nobody gave out', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('ListEventSources', { NextToken: 'x' });
  assert.equal(json.__type, 'ValidationException');
});

test('behaviour: by prefix, in order of names, in pages, from every partner', async (t) => {
  const bus = await startTestBus(t);
  for (const [Name, partner] of [
    ['aws.partner/b.com/x/1', '333333333333'],
    ['aws.partner/a.com/x/2', '444444444444'],
    ['aws.partner/a.com/x/1', '444444444444'],
  ] as const) {
    await bus.call('CreatePartnerEventSource', { Name, Account }, { account: partner });
  }
  const list = async (request: object) => {
    const { EventSources, NextToken } = (await bus.call('ListEventSources', request, customer)).json;
    return { names: (EventSources as { Name: string }[]).map(({ Name }) => Name.slice(12)), NextToken };
  };
  assert.deepEqual((await list({ NamePrefix: 'aws.partner/a' })).names, ['a.com/x/1', 'a.com/x/2']);
  const first = await list({ Limit: 1 });
  assert.deepEqual(first.names, ['a.com/x/1']);
  const second = await list({ NextToken: first.NextToken });
  assert.deepEqual(second, { names: ['a.com/x/2', 'b.com/x/1'], NextToken: undefined });
});
