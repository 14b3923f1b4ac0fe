import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus, type TestBus } from '../../test/running-bus.ts';
import { HandClock } from '../domain/clock.ts';

async function connection(bus: TestBus, Name: string): Promise<string> {
  const AuthParameters = { BasicAuthParameters: { Username: 'user', Password: 'pass' } };
  const request = { Name, AuthorizationType: 'BASIC', AuthParameters };
  return String((await bus.call('CreateConnection', request)).json.ConnectionArn);
}

test('serialization: none are an empty list; one is shown without its description', async (t) => {
  const bus = await startTestBus(t, { clock: new HandClock(1_700_000_000_000) });
  assert.deepEqual((await bus.call('ListApiDestinations', {})).json, { ApiDestinations: [] });
  const shown = {
    Name: 'd',
    ConnectionArn: await connection(bus, 'c'),
    InvocationEndpoint: 'https://example.com/api',
    HttpMethod: 'POST',
  };
  const { ApiDestinationArn } = (await bus.call('CreateApiDestination', { ...shown, Description: 'x' })).json;
  assert.deepEqual((await bus.call('ListApiDestinations', {})).json, {
    ApiDestinations: [
      {
        ...shown,
        ApiDestinationArn,
        ApiDestinationState: 'ACTIVE',
        InvocationRateLimitPerSecond: 300,
        CreationTime: 1_700_000_000,
        LastModifiedTime: 1_700_000_000,
      },
    ],
  });
});

test('validation: one filter at most', async (t) => {
  const bus = await startTestBus(t);
  const ConnectionArn = await connection(bus, 'c');
  const { json } = await bus.call('ListApiDestinations', { NamePrefix: 'd', ConnectionArn });
  assert.equal(json.__type, 'ValidationException');
  assert.match(String(json.message), /^Failed to list the api-destination\(s\)\. Only one of/);
});

test('behaviour: pages in order of names; a prefix or a connection picks', async (t) => {
  const bus = await startTestBus(t);
  const [one, two] = [await connection(bus, 'one'), await connection(bus, 'two')];
  for (const [Name, ConnectionArn] of [
    ['b2', one],
    ['a', two],
    ['b1', two],
  ]) {
    await bus.call('CreateApiDestination', {
      Name,
      ConnectionArn,
      InvocationEndpoint: 'https://example.com/',
      HttpMethod: 'POST',
    });
  }
  const list = async (request: object) => {
    const { json } = await bus.call('ListApiDestinations', request);
    const names = (json.ApiDestinations as { Name: string }[]).map(({ Name }) => Name);
    return { names, NextToken: json.NextToken };
  };
  const first = await list({ Limit: 2 });
  assert.deepEqual(first.names, ['a', 'b1']);
  assert.deepEqual(await list({ NextToken: first.NextToken }), { names: ['b2'], NextToken: undefined });
  assert.deepEqual((await list({ NamePrefix: 'b' })).names, ['b1', 'b2']);
  assert.deepEqual((await list({ ConnectionArn: two })).names, ['a', 'b1']);
});
