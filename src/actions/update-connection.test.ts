import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { startTestBus, type TestBus } from '../../test/running-bus.ts';
import { HandClock } from '../domain/clock.ts';

const START = 1_700_000_000_000;

async function busWithConnection(t: TestContext): Promise<{ bus: TestBus; clock: HandClock }> {
  const clock = new HandClock(START);
  const bus = await startTestBus(t, { clock });
  await bus.call('CreateConnection', {
    Name: 'c',
    Description: 'before',
    AuthorizationType: 'BASIC',
    AuthParameters: {
      BasicAuthParameters: { Username: 'user', Password: 'pass' },
      InvocationHttpParameters: {
        HeaderParameters: [
          { Key: 'open', Value: 'o' },
          { Key: 'hidden', Value: 'h', IsValueSecret: true },
        ],
      },
    },
  });
  clock.advance(1000);
  return { bus, clock };
}

const HeaderParameters = [
  { Key: 'open', Value: 'o', IsValueSecret: false },
  { Key: 'hidden', IsValueSecret: true },
];

async function described(bus: TestBus): Promise<Readonly<Record<string, unknown>>> {
  return (await bus.call('DescribeConnection', { Name: 'c' })).json;
}

test('serialization: the answer has all times', async (t) => {
  const { bus } = await busWithConnection(t);
  const { status, json } = await bus.call('UpdateConnection', {
    Name: 'c',
    AuthorizationType: 'BASIC',
    AuthParameters: { BasicAuthParameters: { Username: 'new_user', Password: 'new_pass' } },
  });
  assert.equal(status, 200);
  assert.deepEqual(json, {
    ConnectionArn: (await described(bus)).ConnectionArn,
    ConnectionState: 'AUTHORIZED',
    CreationTime: START / 1000,
    LastModifiedTime: START / 1000 + 1,
    LastAuthorizedTime: START / 1000 + 1,
  });
});

test('validation: something must change, and a new type needs all of its parameters and no others', async (t) => {
  const { bus } = await busWithConnection(t);
  const refusal = async (request: object) =>
    (await bus.call('UpdateConnection', { Name: 'c', ...request })).json;
  assert.match(String((await refusal({})).message), /^At least one of Description, .* must be provided\.$/);
  assert.match(
    String((await refusal({ AuthorizationType: 'API_KEY' })).message),
    /ApiKeyAuthParameters with ApiKeyName and ApiKeyValue must be given/,
  );
  const half = { ApiKeyAuthParameters: { ApiKeyName: 'k' } };
  assert.match(
    String((await refusal({ AuthorizationType: 'API_KEY', AuthParameters: half })).message),
    /ApiKeyAuthParameters with ApiKeyName and ApiKeyValue must be given/,
  );
  const basic = { BasicAuthParameters: { Username: 'u' } };
  assert.match(
    String((await refusal({ AuthorizationType: 'API_KEY', AuthParameters: basic })).message),
    /BasicAuthParameters must not be given/,
  );
  const unknown = await refusal({ Name: 'nope', Description: 'd' });
  assert.equal(unknown.__type, 'ResourceNotFoundException');
});

test('behaviour: what is left out stays; without parameters the authorization is as old as it was', async (t) => {
  const { bus } = await busWithConnection(t);
  const before = await described(bus);
  await bus.call('UpdateConnection', { Name: 'c', Description: 'after' });
  assert.deepEqual(await described(bus), {
    ...before,
    Description: 'after',
    LastModifiedTime: START / 1000 + 1,
  });
  await bus.call('UpdateConnection', { Name: 'c', Description: '' });
  assert.ok(!('Description' in (await described(bus))));
});

test('behaviour: a part of the parameters leaves the rest, and authorizes anew', async (t) => {
  const { bus } = await busWithConnection(t);
  const { SecretArn } = await described(bus);
  const AuthParameters = { BasicAuthParameters: { Username: 'new_user' } };
  await bus.call('UpdateConnection', { Name: 'c', AuthParameters });
  const after = await described(bus);
  assert.deepEqual(after.AuthParameters, {
    BasicAuthParameters: { Username: 'new_user' },
    InvocationHttpParameters: { HeaderParameters },
  });
  assert.equal(after.LastAuthorizedTime, START / 1000 + 1);
  assert.equal(after.SecretArn, SecretArn);
});

test('behaviour: parameters of another type have no effect by themselves, and replace with their type', async (t) => {
  const { bus } = await busWithConnection(t);
  const before = await described(bus);
  const AuthParameters = { ApiKeyAuthParameters: { ApiKeyName: 'k', ApiKeyValue: 'v' } };
  await bus.call('UpdateConnection', { Name: 'c', AuthParameters });
  assert.deepEqual(await described(bus), { ...before, LastModifiedTime: START / 1000 + 1 });
  await bus.call('UpdateConnection', { Name: 'c', AuthorizationType: 'API_KEY', AuthParameters });
  const after = await described(bus);
  assert.equal(after.AuthorizationType, 'API_KEY');
  assert.deepEqual(after.AuthParameters, {
    ApiKeyAuthParameters: { ApiKeyName: 'k' },
    InvocationHttpParameters: { HeaderParameters },
  });
});

test('behaviour: what was shown can be sent back; a secret that stays can not be made visible', async (t) => {
  const { bus } = await busWithConnection(t);
  const shown = async (HeaderParameters: object[]) => {
    const AuthParameters = { InvocationHttpParameters: { HeaderParameters } };
    await bus.call('UpdateConnection', { Name: 'c', AuthParameters });
    return (await described(bus)).AuthParameters;
  };
  const expected = {
    BasicAuthParameters: { Username: 'user' },
    InvocationHttpParameters: { HeaderParameters },
  };
  assert.deepEqual(await shown(HeaderParameters), expected);
  assert.deepEqual(
    await shown([
      { Key: 'open', Value: 'o' },
      { Key: 'hidden', IsValueSecret: false },
    ]),
    expected,
  );
});

test('behaviour: an empty ARN ends a way into a private network', async (t) => {
  const { bus } = await busWithConnection(t);
  const ResourceConfigurationArn =
    'arn:aws:vpc-lattice:eu-central-1:111111111111:resourceconfiguration/rcfg-0123456789abcdefg';
  const through = async (arn: string) => {
    const InvocationConnectivityParameters = { ResourceParameters: { ResourceConfigurationArn: arn } };
    await bus.call('UpdateConnection', { Name: 'c', InvocationConnectivityParameters });
    return described(bus);
  };
  assert.equal((await through(ResourceConfigurationArn)).ConnectionState, 'ACTIVE');
  const ended = await through('');
  assert.equal(ended.ConnectionState, 'AUTHORIZED');
  assert.ok(!('InvocationConnectivityParameters' in ended));
});

test('behaviour: a connection without authorization gets one again, with another secret', async (t) => {
  const { bus } = await busWithConnection(t);
  const { SecretArn } = await described(bus);
  await bus.call('DeauthorizeConnection', { Name: 'c' });
  await bus.call('UpdateConnection', { Name: 'c', Description: 'still without' });
  assert.equal((await described(bus)).ConnectionState, 'DEAUTHORIZED');
  const half = { BasicAuthParameters: { Username: 'user' } };
  const refused = await bus.call('UpdateConnection', { Name: 'c', AuthParameters: half });
  assert.match(String(refused.json.message), /with Username and Password must be given/);
  const whole = { BasicAuthParameters: { Username: 'user', Password: 'again' } };
  await bus.call('UpdateConnection', { Name: 'c', AuthParameters: whole });
  const after = await described(bus);
  assert.equal(after.ConnectionState, 'AUTHORIZED');
  assert.notEqual(after.SecretArn, SecretArn);
});
