import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';
import { HandClock } from '../domain/clock.ts';

const connection = {
  Name: 'c',
  AuthorizationType: 'BASIC',
  AuthParameters: {
    BasicAuthParameters: { Username: 'user', Password: 'pass' },
    InvocationHttpParameters: { HeaderParameters: [{ Key: 'k', Value: 'v', IsValueSecret: true }] },
  },
};

test('serialization: the answer says that it is being done; then it is', async (t) => {
  const clock = new HandClock(1_700_000_000_000);
  const bus = await startTestBus(t, { clock });
  const { ConnectionArn } = (await bus.call('CreateConnection', connection)).json;
  clock.advance(1000);
  const { status, json } = await bus.call('DeauthorizeConnection', { Name: 'c' });
  assert.equal(status, 200);
  const times = {
    CreationTime: 1_700_000_000,
    LastModifiedTime: 1_700_000_001,
    LastAuthorizedTime: 1_700_000_000,
  };
  assert.deepEqual(json, { ConnectionArn, ConnectionState: 'DEAUTHORIZING', ...times });
  assert.deepEqual((await bus.call('DescribeConnection', { Name: 'c' })).json, {
    ConnectionArn,
    Name: 'c',
    ConnectionState: 'DEAUTHORIZED',
    AuthorizationType: 'BASIC',
    ...times,
  });
});

test('validation: an unknown connection is refused', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('DeauthorizeConnection', { Name: 'c' });
  assert.deepEqual(json, {
    __type: 'ResourceNotFoundException',
    message: "Failed to describe the connection(s). Connection 'c' does not exist.",
  });
});

test('behaviour: API destinations of the connection are inactive until it is authorized again', async (t) => {
  const bus = await startTestBus(t);
  const { ConnectionArn } = (await bus.call('CreateConnection', connection)).json;
  await bus.call('CreateApiDestination', {
    Name: 'd',
    ConnectionArn,
    InvocationEndpoint: 'https://example.com/',
    HttpMethod: 'POST',
  });
  const state = async () =>
    (await bus.call('DescribeApiDestination', { Name: 'd' })).json.ApiDestinationState;
  assert.equal(await state(), 'ACTIVE');
  await bus.call('DeauthorizeConnection', { Name: 'c' });
  assert.equal(await state(), 'INACTIVE');
  await bus.call('DeauthorizeConnection', { Name: 'c' });
  assert.equal(await state(), 'INACTIVE');
  const { AuthParameters } = connection;
  await bus.call('UpdateConnection', { Name: 'c', AuthParameters });
  assert.equal(await state(), 'ACTIVE');
});
