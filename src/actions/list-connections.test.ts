import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';
import { HandClock } from '../domain/clock.ts';

const basic = {
  AuthorizationType: 'BASIC',
  AuthParameters: { BasicAuthParameters: { Username: 'user', Password: 'pass' } },
};

test('serialization: none are an empty list; one is shown without its parameters', async (t) => {
  const bus = await startTestBus(t, { clock: new HandClock(1_700_000_000_000) });
  assert.deepEqual((await bus.call('ListConnections', {})).json, { Connections: [] });
  const { ConnectionArn } = (await bus.call('CreateConnection', { Name: 'c', Description: 'd', ...basic }))
    .json;
  assert.deepEqual((await bus.call('ListConnections', {})).json, {
    Connections: [
      {
        ConnectionArn,
        Name: 'c',
        ConnectionState: 'AUTHORIZED',
        AuthorizationType: 'BASIC',
        CreationTime: 1_700_000_000,
        LastModifiedTime: 1_700_000_000,
        LastAuthorizedTime: 1_700_000_000,
      },
    ],
  });
});

test('validation: a page has one item at least', async (t) => {
  const bus = await startTestBus(t);
  assert.match(
    String((await bus.call('ListConnections', { Limit: 0 })).json.message),
    /at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1/,
  );
});

test('behaviour: pages in order of names; a prefix and a state pick', async (t) => {
  const bus = await startTestBus(t);
  for (const Name of ['b2', 'a', 'b1']) await bus.call('CreateConnection', { Name, ...basic });
  await bus.call('DeauthorizeConnection', { Name: 'b1' });
  const list = async (request: object) => {
    const { json } = await bus.call('ListConnections', request);
    const names = (json.Connections as { Name: string }[]).map(({ Name }) => Name);
    return { names, NextToken: json.NextToken };
  };
  const first = await list({ Limit: 2 });
  assert.deepEqual(first.names, ['a', 'b1']);
  assert.deepEqual(await list({ NextToken: first.NextToken }), { names: ['b2'], NextToken: undefined });
  assert.deepEqual((await list({ NamePrefix: 'b' })).names, ['b1', 'b2']);
  assert.deepEqual((await list({ ConnectionState: 'DEAUTHORIZED' })).names, ['b1']);
});
