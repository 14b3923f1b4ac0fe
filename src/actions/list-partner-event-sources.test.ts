import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';

const PREFIX = 'aws.partner/example.com/';

test('serialization: ARN and name of each, an empty list when there is none', async (t) => {
  const bus = await startTestBus(t);
  const list = async () => (await bus.call('ListPartnerEventSources', { NamePrefix: PREFIX })).json;
  assert.deepEqual(await list(), { PartnerEventSources: [] });
  const Name = `${PREFIX}shop/orders`;
  await bus.call('CreatePartnerEventSource', { Name, Account: '222222222222' });
  assert.deepEqual(await list(), {
    PartnerEventSources: [{ Arn: `arn:aws:events:eu-central-1::event-source/${Name}`, Name }],
  });
});

test('validation: a prefix is needed', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('ListPartnerEventSources', {});
  assert.match(String(json.message), /Value null at 'namePrefix'/);
});

test('behaviour: in order of names and in pages, one name once, for its partner alone', async (t) => {
  const bus = await startTestBus(t);
  for (const [name, Account] of [
    ['shop/b', '222222222222'],
    ['shop/c', '222222222222'],
    ['shop/a', '333333333333'],
    ['shop/b', '333333333333'],
    ['other/x', '222222222222'],
  ]) {
    await bus.call('CreatePartnerEventSource', { Name: `${PREFIX}${name}`, Account });
  }
  const NamePrefix = `${PREFIX}shop/`;
  const names = ({ PartnerEventSources }: { PartnerEventSources?: unknown }) =>
    (PartnerEventSources as { Name: string }[]).map(({ Name }) => Name.slice(NamePrefix.length));
  const first = (await bus.call('ListPartnerEventSources', { NamePrefix, Limit: 2 })).json;
  assert.deepEqual(names(first), ['a', 'b']);
  const { NextToken } = first;
  const second = (await bus.call('ListPartnerEventSources', { NamePrefix, Limit: 2, NextToken })).json;
  assert.deepEqual(names(second), ['c']);
  assert.equal(second.NextToken, undefined);
  const stranger = await bus.call('ListPartnerEventSources', { NamePrefix }, { account: '222222222222' });
  assert.deepEqual(names(stranger.json), []);
});
