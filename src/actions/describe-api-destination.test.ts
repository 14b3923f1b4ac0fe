import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';
import { HandClock } from '../domain/clock.ts';

test('serialization: all that was given, with the state of the connection', async (t) => {
  const bus = await startTestBus(t, { clock: new HandClock(1_700_000_000_000) });
  const { ConnectionArn } = (
    await bus.call('CreateConnection', {
      Name: 'c',
      AuthorizationType: 'BASIC',
      AuthParameters: { BasicAuthParameters: { Username: 'user', Password: 'pass' } },
    })
  ).json;
  const given = {
    Name: 'd',
    Description: 'Test API destination',
    ConnectionArn,
    InvocationEndpoint: 'https://example.com/api',
    HttpMethod: 'POST',
  };
  const { ApiDestinationArn } = (await bus.call('CreateApiDestination', given)).json;
  const { status, json } = await bus.call('DescribeApiDestination', { Name: 'd' });
  assert.equal(status, 200);
  assert.deepEqual(json, {
    ...given,
    ApiDestinationArn,
    ApiDestinationState: 'ACTIVE',
    InvocationRateLimitPerSecond: 300,
    CreationTime: 1_700_000_000,
    LastModifiedTime: 1_700_000_000,
  });
});

test('validation: a name is needed', async (t) => {
  const bus = await startTestBus(t);
  assert.match(String((await bus.call('DescribeApiDestination', {})).json.message), /Value null at 'name'/);
});

test('behaviour: an unknown API destination is refused', async (t) => {
  const bus = await startTestBus(t);
  const { status, json } = await bus.call('DescribeApiDestination', { Name: 'd' });
  assert.equal(status, 400);
  assert.deepEqual(json, {
    __type: 'ResourceNotFoundException',
    message: "Failed to describe the api-destination(s). An api-destination 'd' does not exist.",
  });
});
