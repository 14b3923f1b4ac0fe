import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';
import { HandClock } from '../domain/clock.ts';

const connection = {
  Name: 'c',
  AuthorizationType: 'API_KEY',
  AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'ApiKey', ApiKeyValue: 'secret' } },
};

test('serialization: the answer is what it was, being deleted', async (t) => {
  const clock = new HandClock(1_700_000_000_000);
  const bus = await startTestBus(t, { clock });
  const { ConnectionArn } = (await bus.call('CreateConnection', connection)).json;
  clock.advance(1000);
  const { status, json } = await bus.call('DeleteConnection', { Name: 'c' });
  assert.equal(status, 200);
  assert.deepEqual(json, {
    ConnectionArn,
    ConnectionState: 'DELETING',
    CreationTime: 1_700_000_000,
    LastModifiedTime: 1_700_000_000,
    LastAuthorizedTime: 1_700_000_000,
  });
});

test('validation: an unknown connection is refused, one that was deleted too', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateConnection', connection);
  await bus.call('DeleteConnection', { Name: 'c' });
  const { json } = await bus.call('DeleteConnection', { Name: 'c' });
  assert.deepEqual(json, {
    __type: 'ResourceNotFoundException',
    message: "Failed to describe the connection(s). Connection 'c' does not exist.",
  });
});

test('behaviour: API destinations stay, inactive, whatever takes the name of their connection', async (t) => {
  const bus = await startTestBus(t);
  const { ConnectionArn } = (await bus.call('CreateConnection', connection)).json;
  await bus.call('CreateApiDestination', {
    Name: 'd',
    ConnectionArn,
    InvocationEndpoint: 'https://example.com/',
    HttpMethod: 'POST',
  });
  assert.equal((await bus.call('DeleteConnection', { Name: 'c' })).status, 200);
  await bus.call('CreateConnection', connection);
  const { json } = await bus.call('DescribeApiDestination', { Name: 'd' });
  assert.equal(json.ApiDestinationState, 'INACTIVE');
  assert.equal(json.ConnectionArn, ConnectionArn);
});
