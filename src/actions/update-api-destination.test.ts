import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { startTestBus, type TestBus } from '../../test/running-bus.ts';
import { HandClock } from '../domain/clock.ts';

async function busWithDestination(t: TestContext): Promise<TestBus> {
  const clock = new HandClock(1_700_000_000_000);
  const bus = await startTestBus(t, { clock });
  const AuthParameters = { BasicAuthParameters: { Username: 'user', Password: 'pass' } };
  const request = { Name: 'c', AuthorizationType: 'BASIC', AuthParameters };
  const { ConnectionArn } = (await bus.call('CreateConnection', request)).json;
  await bus.call('CreateApiDestination', {
    Name: 'd',
    Description: 'before',
    ConnectionArn,
    InvocationEndpoint: 'https://example.com/api',
    HttpMethod: 'POST',
    InvocationRateLimitPerSecond: 10,
  });
  clock.advance(1000);
  return bus;
}

async function described(bus: TestBus): Promise<Readonly<Record<string, unknown>>> {
  return (await bus.call('DescribeApiDestination', { Name: 'd' })).json;
}

test('serialization: the answer holds ARN, state and times', async (t) => {
  const bus = await busWithDestination(t);
  const { status, json } = await bus.call('UpdateApiDestination', { Name: 'd', HttpMethod: 'PUT' });
  assert.equal(status, 200);
  assert.deepEqual(json, {
    ApiDestinationArn: (await described(bus)).ApiDestinationArn,
    ApiDestinationState: 'ACTIVE',
    CreationTime: 1_700_000_000,
    LastModifiedTime: 1_700_000_001,
  });
});

test('validation: what CreateApiDestination refuses, this refuses too, and changes nothing', async (t) => {
  const bus = await busWithDestination(t);
  const before = await described(bus);
  const refusal = async (request: object) =>
    String(
      (await bus.call('UpdateApiDestination', { Name: 'd', Description: 'after', ...request })).json.message,
    );
  assert.match(
    await refusal({ InvocationEndpoint: 'http://example.com' }),
    /^Failed to update the api-destination\(s\)\. Parameter InvocationEndpoint is not valid\./,
  );
  const gone = 'arn:aws:events:eu-central-1:111111111111:connection/gone/1';
  assert.equal(
    await refusal({ ConnectionArn: gone }),
    `Failed to update the api-destination(s). Connection '${gone}' does not exist.`,
  );
  assert.match(await refusal({ InvocationRateLimitPerSecond: 301 }), /301 exceeds the maximum of 300/);
  assert.equal(
    await refusal({ Name: 'nope' }),
    "Failed to update the api-destination(s). An api-destination 'nope' does not exist.",
  );
  assert.deepEqual(await described(bus), before);
});

test('behaviour: what is left out stays', async (t) => {
  const bus = await busWithDestination(t);
  const before = await described(bus);
  const changes: [string, unknown][] = [
    ['Description', 'after'],
    ['HttpMethod', 'PUT'],
    ['InvocationEndpoint', 'https://example.com/api/v2'],
    ['InvocationRateLimitPerSecond', 20],
  ];
  let expected = { ...before, LastModifiedTime: 1_700_000_001 };
  for (const [member, value] of changes) {
    await bus.call('UpdateApiDestination', { Name: 'd', [member]: value });
    expected = { ...expected, [member]: value };
    assert.deepEqual(await described(bus), expected);
  }
});
