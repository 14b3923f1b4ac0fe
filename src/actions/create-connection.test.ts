import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';
import { HandClock } from '../domain/clock.ts';

const BASIC = {
  AuthorizationType: 'BASIC',
  AuthParameters: { BasicAuthParameters: { Username: 'user', Password: 'pass' } },
};
const API_KEY = {
  AuthorizationType: 'API_KEY',
  AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'ApiKey', ApiKeyValue: 'secret' } },
};
const OAuthParameters = {
  AuthorizationEndpoint: 'https://127.0.0.1:1/oauth',
  ClientParameters: { ClientID: 'client_id', ClientSecret: 'client_secret' },
  HttpMethod: 'POST',
};
const OAUTH = { AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS', AuthParameters: { OAuthParameters } };

test('serialization: the answer holds ARN, state and times, but no LastAuthorizedTime', async (t) => {
  const bus = await startTestBus(t, { clock: new HandClock(1_700_000_000_000) });
  const { status, json } = await bus.call('CreateConnection', { Name: 'c', ...BASIC });
  assert.equal(status, 200);
  const { ConnectionArn, ...rest } = json;
  assert.match(
    String(ConnectionArn),
    /^arn:aws:events:eu-central-1:111111111111:connection\/c\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  );
  assert.deepEqual(rest, {
    ConnectionState: 'AUTHORIZED',
    CreationTime: 1_700_000_000,
    LastModifiedTime: 1_700_000_000,
  });
});

test('validation: every wrong member is named, and values that may be secret are not shown', async (t) => {
  const bus = await startTestBus(t);
  const wrong = await bus.call('CreateConnection', {
    Name: 'This should fail with two errors 123467890123412341234123412341234',
    AuthorizationType: 'INVALID',
    AuthParameters: {},
  });
  assert.equal(
    wrong.json.message,
    "3 validation errors detected: Value 'This should fail with two errors 123467890123412341234123412341234' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+; Value 'This should fail with two errors 123467890123412341234123412341234' at 'name' failed to satisfy constraint: Member must have length less than or equal to 64; Value 'INVALID' at 'authorizationType' failed to satisfy constraint: Member must satisfy enum value set: [BASIC, OAUTH_CLIENT_CREDENTIALS, API_KEY]",
  );
  const { json } = await bus.call('CreateConnection', {
    Name: 'c',
    AuthorizationType: 'BASIC',
    AuthParameters: { BasicAuthParameters: { Username: 'user', Password: 'top:secret' } },
  });
  assert.match(String(json.message), /at 'authParameters\.basicAuthParameters\.password'/);
  assert.ok(!String(json.message).includes('top:secret'));
});

test('validation: the parameters must be those of the authorization type', async (t) => {
  const bus = await startTestBus(t);
  const refusal = async (request: object) => {
    const { json } = await bus.call('CreateConnection', { Name: 'c', ...request });
    assert.equal(json.__type, 'ValidationException');
    return json.message;
  };
  assert.equal(
    await refusal({ AuthorizationType: 'BASIC', AuthParameters: {} }),
    'Parameter AuthParameters is not valid. Reason: BasicAuthParameters with Username and Password must be given for the authorization type BASIC.',
  );
  assert.equal(
    await refusal({ ...BASIC, AuthorizationType: 'API_KEY' }),
    'Parameter AuthParameters is not valid. Reason: BasicAuthParameters must not be given for the authorization type API_KEY.',
  );
  assert.equal(
    await refusal({ ...BASIC, AuthParameters: { ...BASIC.AuthParameters, OAuthParameters } }),
    'Parameter AuthParameters is not valid. Reason: OAuthParameters must not be given for the authorization type BASIC.',
  );
  const insecure = { ...OAuthParameters, AuthorizationEndpoint: 'http://example.com/oauth' };
  assert.match(
    String(await refusal({ ...OAUTH, AuthParameters: { OAuthParameters: insecure } })),
    /^Parameter AuthorizationEndpoint is not valid\. Reason: Endpoint 'http:\/\/example\.com\/oauth' is invalid/,
  );
  const nameless = { HeaderParameters: [{ Value: 'v' }] };
  assert.match(
    String(
      await refusal({
        ...BASIC,
        AuthParameters: { ...BASIC.AuthParameters, InvocationHttpParameters: nameless },
      }),
    ),
    /must have a Key/,
  );
  const empty = { BodyParameters: [{ Key: 'k' }] };
  assert.match(
    String(
      await refusal({
        ...BASIC,
        AuthParameters: { ...BASIC.AuthParameters, InvocationHttpParameters: empty },
      }),
    ),
    /The HTTP parameter k must have a Value/,
  );
});

test('behaviour: OAuth has to be authorized first, and a way into a private network is active', async (t) => {
  const bus = await startTestBus(t);
  const stateOf = async (Name: string, request: object) =>
    (await bus.call('CreateConnection', { Name, ...request })).json.ConnectionState;
  assert.equal(await stateOf('basic', BASIC), 'AUTHORIZED');
  assert.equal(await stateOf('key', API_KEY), 'AUTHORIZED');
  assert.equal(await stateOf('oauth', OAUTH), 'AUTHORIZING');
  const ResourceConfigurationArn =
    'arn:aws:vpc-lattice:eu-central-1:111111111111:resourceconfiguration/rcfg-0123456789abcdefg';
  const InvocationConnectivityParameters = { ResourceParameters: { ResourceConfigurationArn } };
  assert.equal(await stateOf('private', { ...BASIC, InvocationConnectivityParameters }), 'ACTIVE');
});

test('behaviour: a name is taken once in an account and region; a later connection is another one', async (t) => {
  const bus = await startTestBus(t);
  const first = await bus.call('CreateConnection', { Name: 'c', ...BASIC });
  const again = await bus.call('CreateConnection', { Name: 'c', ...BASIC });
  assert.deepEqual(again.json, {
    __type: 'ResourceAlreadyExistsException',
    message: "Connection 'c' already exists.",
  });
  const elsewhere = await bus.call('CreateConnection', { Name: 'c', ...BASIC }, { region: 'us-west-2' });
  assert.equal(elsewhere.status, 200);
  await bus.call('DeleteConnection', { Name: 'c' });
  const later = await bus.call('CreateConnection', { Name: 'c', ...BASIC });
  assert.notEqual(later.json.ConnectionArn, first.json.ConnectionArn);
});

test('behaviour: no more connections than the quota', async (t) => {
  const bus = await startTestBus(t, { limits: { connectionsPerRegion: 1 } });
  assert.equal((await bus.call('CreateConnection', { Name: 'a', ...BASIC })).status, 200);
  const { json } = await bus.call('CreateConnection', { Name: 'b', ...BASIC });
  assert.equal(json.__type, 'LimitExceededException');
});

test('validation: an authorization endpoint that is never reached is refused, whoever asks first or later', async (t) => {
  const bus = await startTestBus(t);
  const never = { ...OAuthParameters, AuthorizationEndpoint: 'https://169.254.169.254/token' };
  const AuthParameters = { OAuthParameters: never };
  const created = await bus.call('CreateConnection', { Name: 'c', ...OAUTH, AuthParameters });
  assert.match(
    String(created.json.message),
    /^Parameter AuthorizationEndpoint is not valid\. Reason: 169\.254\.169\.254 .* never reached\.$/,
  );
  assert.equal((await bus.call('CreateConnection', { Name: 'c', ...OAUTH })).status, 200);
  const updated = await bus.call('UpdateConnection', { Name: 'c', AuthParameters });
  assert.match(String(updated.json.message), /never reached/);
});
