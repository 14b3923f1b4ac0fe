import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';

test('serialization: an empty answer', async (t) => {
  const bus = await startTestBus(t);
  const AuthParameters = { BasicAuthParameters: { Username: 'user', Password: 'pass' } };
  const request = { Name: 'c', AuthorizationType: 'BASIC', AuthParameters };
  const { ConnectionArn } = (await bus.call('CreateConnection', request)).json;
  await bus.call('CreateApiDestination', {
    Name: 'd',
    ConnectionArn,
    InvocationEndpoint: 'https://example.com/',
    HttpMethod: 'POST',
  });
  const { status, json } = await bus.call('DeleteApiDestination', { Name: 'd' });
  assert.equal(status, 200);
  assert.deepEqual(json, {});
  assert.deepEqual((await bus.call('ListApiDestinations', {})).json, { ApiDestinations: [] });
});

test('validation: a name is needed', async (t) => {
  const bus = await startTestBus(t);
  assert.match(String((await bus.call('DeleteApiDestination', {})).json.message), /Value null at 'name'/);
});

test('behaviour: an unknown API destination is refused', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('DeleteApiDestination', { Name: 'd' });
  assert.deepEqual(json, {
    __type: 'ResourceNotFoundException',
    message: "Failed to delete the api-destination(s). An api-destination 'd' does not exist.",
  });
});
