import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';
import { HandClock } from '../domain/clock.ts';

const BasicAuthParameters = { Username: 'user', Password: 'pass-in-clear' };

test('serialization: all that was given, without the password', async (t) => {
  const bus = await startTestBus(t, { clock: new HandClock(1_700_000_000_000) });
  const { ConnectionArn } = (
    await bus.call('CreateConnection', {
      Name: 'c',
      Description: 'to the shop',
      AuthorizationType: 'BASIC',
      AuthParameters: { BasicAuthParameters, InvocationHttpParameters: {} },
      KmsKeyIdentifier: 'alias/mine',
    })
  ).json;
  const { status, json } = await bus.call('DescribeConnection', { Name: 'c' });
  assert.equal(status, 200);
  const { SecretArn, ...rest } = json;
  assert.deepEqual(rest, {
    ConnectionArn,
    Name: 'c',
    Description: 'to the shop',
    ConnectionState: 'AUTHORIZED',
    AuthorizationType: 'BASIC',
    KmsKeyIdentifier: 'alias/mine',
    AuthParameters: { BasicAuthParameters: { Username: 'user' }, InvocationHttpParameters: {} },
    CreationTime: 1_700_000_000,
    LastModifiedTime: 1_700_000_000,
    LastAuthorizedTime: 1_700_000_000,
  });
  assert.match(
    String(SecretArn),
    /^arn:aws:secretsmanager:eu-central-1:111111111111:secret:events!connection\/c\/[0-9a-f-]{36}-[0-9a-zA-Z]{6}$/,
  );
  const id = String(ConnectionArn).split('/').at(-1) ?? '';
  assert.ok(!String(SecretArn).includes(id), 'the secret has an id of its own');
});

test('serialization: API keys and OAuth without their secrets, OAuth parameters with theirs hidden', async (t) => {
  const bus = await startTestBus(t);
  const shown = async (Name: string, request: object) => {
    await bus.call('CreateConnection', { Name, ...request });
    return (await bus.call('DescribeConnection', { Name })).json.AuthParameters;
  };
  assert.deepEqual(
    await shown('key', {
      AuthorizationType: 'API_KEY',
      AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'k', ApiKeyValue: 'v' } },
    }),
    { ApiKeyAuthParameters: { ApiKeyName: 'k' } },
  );
  const OAuthParameters = {
    AuthorizationEndpoint: 'https://127.0.0.1:1/oauth',
    ClientParameters: { ClientID: 'id', ClientSecret: 'client secret' },
    HttpMethod: 'PUT',
    OAuthHttpParameters: {
      HeaderParameters: [{ Key: 'h', Value: 'header secret', IsValueSecret: true }],
      QueryStringParameters: [{ Key: 'q', Value: 'seen', IsValueSecret: false }],
      BodyParameters: [{ Key: 'b', Value: 'seen too' }],
    },
  };
  assert.deepEqual(
    await shown('oauth', {
      AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS',
      AuthParameters: { OAuthParameters },
    }),
    {
      OAuthParameters: {
        ClientParameters: { ClientID: 'id' },
        AuthorizationEndpoint: 'https://127.0.0.1:1/oauth',
        HttpMethod: 'PUT',
        OAuthHttpParameters: {
          HeaderParameters: [{ Key: 'h', IsValueSecret: true }],
          QueryStringParameters: [{ Key: 'q', Value: 'seen', IsValueSecret: false }],
          BodyParameters: [{ Key: 'b', Value: 'seen too', IsValueSecret: false }],
        },
      },
    },
  );
});

test('serialization: ways into private networks with their associations', async (t) => {
  const bus = await startTestBus(t);
  const arn = (letter: string) =>
    `arn:aws:vpc-lattice:eu-central-1:111111111111:resourceconfiguration/rcfg-${letter.repeat(17)}`;
  await bus.call('CreateConnection', {
    Name: 'c',
    AuthorizationType: 'BASIC',
    AuthParameters: {
      BasicAuthParameters,
      ConnectivityParameters: { ResourceParameters: { ResourceConfigurationArn: arn('a') } },
    },
    InvocationConnectivityParameters: { ResourceParameters: { ResourceConfigurationArn: arn('b') } },
  });
  const { json } = await bus.call('DescribeConnection', { Name: 'c' });
  interface Shown {
    ResourceParameters: { ResourceConfigurationArn: string; ResourceAssociationArn: string };
  }
  const { ConnectivityParameters } = json.AuthParameters as { ConnectivityParameters: Shown };
  const invocation = json.InvocationConnectivityParameters as Shown;
  assert.equal(ConnectivityParameters.ResourceParameters.ResourceConfigurationArn, arn('a'));
  assert.equal(invocation.ResourceParameters.ResourceConfigurationArn, arn('b'));
  assert.match(
    invocation.ResourceParameters.ResourceAssociationArn,
    /^arn:aws:vpc-lattice:eu-central-1:111111111111:servicenetworkresourceassociation\/snra-[0-9a-z]{17}$/,
  );
});

test('validation: a name is needed', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('DescribeConnection', {});
  assert.match(String(json.message), /Value null at 'name'/);
});

test('behaviour: an unknown connection is refused, one of another region too', async (t) => {
  const bus = await startTestBus(t);
  const AuthParameters = { BasicAuthParameters };
  await bus.call(
    'CreateConnection',
    { Name: 'c', AuthorizationType: 'BASIC', AuthParameters },
    { region: 'us-west-2' },
  );
  const { status, json } = await bus.call('DescribeConnection', { Name: 'c' });
  assert.equal(status, 400);
  assert.deepEqual(json, {
    __type: 'ResourceNotFoundException',
    message: "Failed to describe the connection(s). Connection 'c' does not exist.",
  });
});
