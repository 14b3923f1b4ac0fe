import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus, type TestBus } from '../../test/running-bus.ts';
import { HandClock } from '../domain/clock.ts';

const destination = { Name: 'd', InvocationEndpoint: 'https://example.com/api', HttpMethod: 'POST' };
const UNKNOWN = 'arn:aws:events:eu-central-1:111111111111:connection/c/00000000-0000-0000-0000-000000000000';

async function connection(bus: TestBus, caller = {}): Promise<string> {
  const { json } = await bus.call(
    'CreateConnection',
    {
      Name: 'c',
      AuthorizationType: 'BASIC',
      AuthParameters: { BasicAuthParameters: { Username: 'user', Password: 'pass' } },
    },
    caller,
  );
  return String(json.ConnectionArn);
}

test('serialization: the answer holds ARN, state and times', async (t) => {
  const bus = await startTestBus(t, { clock: new HandClock(1_700_000_000_000) });
  const ConnectionArn = await connection(bus);
  const { status, json } = await bus.call('CreateApiDestination', { ...destination, ConnectionArn });
  assert.equal(status, 200);
  const { ApiDestinationArn, ...rest } = json;
  assert.match(
    String(ApiDestinationArn),
    /^arn:aws:events:eu-central-1:111111111111:api-destination\/d\/[0-9a-f-]{36}$/,
  );
  assert.deepEqual(rest, {
    ApiDestinationState: 'ACTIVE',
    CreationTime: 1_700_000_000,
    LastModifiedTime: 1_700_000_000,
  });
});

test('validation: every wrong member is named', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('CreateApiDestination', {
    Name: 'd',
    ConnectionArn: 'invalid-connection-arn',
    HttpMethod: 'INVALID_METHOD',
    InvocationEndpoint: 'invalid-endpoint',
  });
  assert.equal(
    json.message,
    "2 validation errors detected: Value 'invalid-connection-arn' at 'connectionArn' failed to satisfy constraint: Member must satisfy regular expression pattern: ^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:connection\\/[\\.\\-_A-Za-z0-9]+\\/[\\-A-Za-z0-9]+$; Value 'INVALID_METHOD' at 'httpMethod' failed to satisfy constraint: Member must satisfy enum value set: [HEAD, POST, PATCH, DELETE, PUT, GET, OPTIONS]",
  );
});

test('validation: HTTPS, but on this machine', async (t) => {
  const bus = await startTestBus(t);
  const ConnectionArn = await connection(bus);
  const create = (Name: string, InvocationEndpoint: string) =>
    bus.call('CreateApiDestination', { ...destination, ConnectionArn, Name, InvocationEndpoint });
  const { json } = await create('d', 'http://example.com/api');
  assert.deepEqual(json, {
    __type: 'ValidationException',
    message:
      "Failed to create the api-destination(s). Parameter InvocationEndpoint is not valid. Reason: Endpoint 'http://example.com/api' is invalid, please provide a valid HTTPS endpoint URL.",
  });
  assert.equal((await create('local', 'http://localhost:3000/hook')).status, 200);
});

test('validation: the connection must be there: this one, in this account and region', async (t) => {
  const bus = await startTestBus(t);
  await connection(bus);
  const elsewhere = await connection(bus, { region: 'us-west-2' });
  const stranger = await connection(bus, { account: '222222222222' });
  for (const ConnectionArn of [UNKNOWN, elsewhere, stranger]) {
    const { json } = await bus.call('CreateApiDestination', { ...destination, ConnectionArn });
    assert.deepEqual(json, {
      __type: 'ResourceNotFoundException',
      message: `Failed to create the api-destination(s). Connection '${ConnectionArn}' does not exist.`,
    });
  }
});

test('behaviour: 300 invocations per second, fewer if asked, more never', async (t) => {
  const bus = await startTestBus(t);
  const ConnectionArn = await connection(bus);
  const rateOf = async (Name: string, rate: object) => {
    const { json } = await bus.call('CreateApiDestination', { ...destination, ConnectionArn, Name, ...rate });
    if (json.__type !== undefined) return json.__type;
    return (await bus.call('DescribeApiDestination', { Name })).json.InvocationRateLimitPerSecond;
  };
  assert.equal(await rateOf('a', {}), 300);
  assert.equal(await rateOf('b', { InvocationRateLimitPerSecond: 1 }), 1);
  assert.equal(await rateOf('c', { InvocationRateLimitPerSecond: 300 }), 300);
  assert.equal(await rateOf('d', { InvocationRateLimitPerSecond: 301 }), 'LimitExceededException');
  assert.equal(await rateOf('e', { InvocationRateLimitPerSecond: 0 }), 'ValidationException');
});

test('behaviour: inactive while its connection is being authorized', async (t) => {
  const bus = await startTestBus(t);
  const OAuthParameters = {
    AuthorizationEndpoint: 'https://127.0.0.1:1/oauth',
    ClientParameters: { ClientID: 'id', ClientSecret: 'secret' },
    HttpMethod: 'POST',
  };
  const { ConnectionArn } = (
    await bus.call('CreateConnection', {
      Name: 'oauth',
      AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS',
      AuthParameters: { OAuthParameters },
    })
  ).json;
  const { json } = await bus.call('CreateApiDestination', { ...destination, ConnectionArn });
  assert.equal(json.ApiDestinationState, 'INACTIVE');
});

test('behaviour: a name is taken once; no more than the quota', async (t) => {
  const bus = await startTestBus(t, { limits: { apiDestinationsPerRegion: 1 } });
  const ConnectionArn = await connection(bus);
  await bus.call('CreateApiDestination', { ...destination, ConnectionArn });
  const again = await bus.call('CreateApiDestination', { ...destination, ConnectionArn });
  assert.deepEqual(again.json, {
    __type: 'ResourceAlreadyExistsException',
    message: "Failed to create the api-destination(s). An api-destination with name 'd' already exists.",
  });
  const more = await bus.call('CreateApiDestination', { ...destination, ConnectionArn, Name: 'e' });
  assert.equal(more.json.__type, 'LimitExceededException');
});

test('validation: an endpoint that is never reached, or not from here, is refused', async (t) => {
  const refusal = async (InvocationEndpoint: string, flags: string[] = []) => {
    const bus = await startTestBus(t, { flags });
    const given = { ...destination, ConnectionArn: await connection(bus), InvocationEndpoint };
    const { status, json } = await bus.call('CreateApiDestination', given);
    return status === 200 ? 'taken' : String(json.message);
  };
  assert.match(
    await refusal('https://169.254.169.254/latest'),
    /^Failed to create the api-destination\(s\)\. Parameter InvocationEndpoint is not valid\. Reason: 169\.254\.169\.254 .* never reached\.$/,
  );
  assert.match(await refusal('https://0xA9FEA9FE/'), /never reached/);
  assert.match(await refusal('http://127.0.0.1:8080/', ['--private-targets=none']), /--private-targets/);
  assert.equal(await refusal('http://127.0.0.1:8080/'), 'taken');
});
