import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { HandClock } from '../src/domain/clock.ts';
import { API_KEY, must, putDetails, ROLE, ruleWithApiDestination } from './api-destination-rule.ts';
import { startEndpoint } from './http-endpoint.ts';
import { startQueues } from './queue.ts';
import { startTestBus, type TestBus } from './running-bus.ts';
import { health, untilOwed } from './until.ts';

const START = Date.UTC(2026, 0, 1);

test('an API destination gets its method, path, query, headers and body, with AWS’s own headers', async (t) => {
  const endpoint = await startEndpoint(t);
  const bus = await startTestBus(t);
  const secret = (Key: string, Value: string) => ({ Key, Value, IsValueSecret: true });
  await ruleWithApiDestination(bus, {
    connection: {
      AuthorizationType: 'API_KEY',
      AuthParameters: {
        ApiKeyAuthParameters: { ApiKeyName: 'X-Key', ApiKeyValue: 'key' },
        InvocationHttpParameters: {
          HeaderParameters: [secret('x-both', 'of the connection'), { Key: 'Host', Value: 'elsewhere' }],
          QueryStringParameters: [secret('q', 'of the connection')],
          BodyParameters: [secret('n', 'of the connection'), { Key: 'added', Value: 'true' }],
        },
      },
    },
    destination: { HttpMethod: 'PUT', InvocationEndpoint: `${endpoint.url}orders/*/lines/*?fixed=1` },
    target: {
      InputPath: '$.detail',
      HttpParameters: {
        PathParameterValues: ['$.detail.id', 'a/b'],
        QueryStringParameters: { q: 'of the target', id: '$.detail.id', gone: '$.detail.gone' },
        HeaderParameters: {
          'X-Both': 'of the target',
          'X-Count': '$.detail.count',
          'User-Agent': 'mine',
          Via: 'me',
          price: '$5',
        },
      },
    },
  });
  await putDetails(bus, { id: 'ä 7', count: 1.5, n: 0 });
  await endpoint.arrived(1);
  const { method, path, headers, body } = endpoint.received[0] ?? assert.fail();
  assert.equal(method, 'PUT');
  assert.equal(path, '/orders/%C3%A4%207/lines/a%2Fb?fixed=1&q=of+the+connection&id=%C3%A4+7');
  assert.equal(body, '{"id":"ä 7","count":1.5,"n":"of the connection","added":"true"}');
  const { host, 'content-length': length, ...others } = headers;
  assert.deepEqual(others, {
    'user-agent': 'Amazon/EventBridge/ApiDestinations',
    'content-type': 'application/json; charset=utf-8',
    range: 'bytes=0-1048575',
    'accept-encoding': 'gzip,deflate',
    connection: 'close',
    'x-key': 'key',
    'x-both': 'of the connection',
    'x-count': '1.5',
    price: '$5',
  });
  assert.equal(host, new URL(endpoint.url).host);
  assert.equal(length, String(Buffer.byteLength(body)));
});

test('basic authorization, a content type of one’s own, and a body that is no object', async (t) => {
  const endpoint = await startEndpoint(t);
  const bus = await startTestBus(t);
  await ruleWithApiDestination(bus, {
    connection: {
      AuthorizationType: 'BASIC',
      AuthParameters: {
        BasicAuthParameters: { Username: 'user', Password: 'päss' },
        InvocationHttpParameters: { BodyParameters: [{ Key: 'k', Value: 'v' }] },
      },
    },
    destination: { InvocationEndpoint: endpoint.url },
    target: { Input: '[1.0]', HttpParameters: { HeaderParameters: { 'content-type': 'text/plain' } } },
  });
  await putDetails(bus, {});
  await endpoint.arrived(1);
  const { headers, body } = endpoint.received[0] ?? assert.fail();
  assert.equal(headers.authorization, `Basic ${Buffer.from('user:päss').toString('base64')}`);
  assert.equal(headers['content-type'], 'text/plain');
  assert.equal(body, '[1.0]');
});

test('401, 407, 409, 429 and 5xx are tried again, not before Retry-After in seconds or as a date', async (t) => {
  const clock = new HandClock(START);
  const inAnHour = new Date(START + 3_600_000).toUTCString();
  const answers = [
    { status: 401 },
    { status: 407 },
    { status: 409 },
    { status: 429, headers: { 'Retry-After': '100' } },
    { status: 503, headers: { 'Retry-After': inAnHour } },
  ];
  const endpoint = await startEndpoint(t, (n) => answers[n] ?? { status: 204 });
  const bus = await startTestBus(t, { clock, random: () => 0 });
  await ruleWithApiDestination(bus, { destination: { InvocationEndpoint: endpoint.url } });
  await putDetails(bus, {});
  await endpoint.arrived(4);
  await untilOwed(bus, 1);
  clock.advance(99_999);
  await untilOwed(bus, 1);
  assert.equal(endpoint.received.length, 4);
  clock.advance(1);
  await endpoint.arrived(5);
  await untilOwed(bus, 1);
  clock.moveTo(START + 3_600_000 - 1);
  await untilOwed(bus, 1);
  assert.equal(endpoint.received.length, 5);
  clock.advance(1);
  await endpoint.arrived(6);
  await untilOwed(bus, 0);
});

test('other answers, redirects and a negative Retry-After are final', async (t) => {
  const answers = [
    { status: 404 },
    { status: 302, headers: { Location: '/' } },
    { status: 503, headers: { 'Retry-After': '-1' } },
  ];
  const endpoint = await startEndpoint(t, (n) => answers[n] ?? { status: 200 });
  const bus = await startTestBus(t);
  await ruleWithApiDestination(bus, { destination: { InvocationEndpoint: endpoint.url } });
  await putDetails(bus, {}, {}, {});
  await untilOwed(bus, 0);
  assert.equal(endpoint.received.length, 3);
  assert.equal((await health(bus)).deliveries.failed, 3);
});

test('a refused key deauthorizes the connection, an accepted one authorizes it again', async (t) => {
  const clock = new HandClock(START);
  const endpoint = await startEndpoint(t, (n) => ({ status: n === 0 ? 401 : 200 }));
  const bus = await startTestBus(t, { clock, random: () => 1 });
  await ruleWithApiDestination(bus, { destination: { InvocationEndpoint: endpoint.url } });
  await putDetails(bus, {});
  await endpoint.arrived(1);
  await untilOwed(bus, 1);
  const refused = await must(bus, 'DescribeConnection', { Name: 'd' });
  assert.equal(refused.ConnectionState, 'DEAUTHORIZED');
  assert.equal(refused.StateReason, 'The endpoint refused the authorization: it answered 401.');
  const { ApiDestinationState } = await must(bus, 'DescribeApiDestination', { Name: 'd' });
  assert.equal(ApiDestinationState, 'INACTIVE');
  clock.advance(1000);
  await endpoint.arrived(2);
  await untilOwed(bus, 0);
  const accepted = await must(bus, 'DescribeConnection', { Name: 'd' });
  assert.equal(accepted.ConnectionState, 'AUTHORIZED');
  assert.equal(accepted.StateReason, undefined);
});

test('no secret that an endpoint sends back gets into the log or a dead letter', async (t) => {
  const echo = { status: 400, body: 'bad: the-api-key, hidden+value, hidden%20value' };
  const endpoint = await startEndpoint(t, (n) => (n === 0 ? echo : { ...echo, status: 500 }));
  const queues = await startQueues(t);
  const dead = await queues.create('dead');
  const told: string[] = [];
  const keep = (message: string, fields?: object) => told.push(message + JSON.stringify(fields));
  const bus = await startTestBus(t, {
    endpoints: { SQS: queues.url },
    log: { info: keep, warn: keep, error: keep },
  });
  const HeaderParameters = [{ Key: 'x-hidden', Value: 'hidden value', IsValueSecret: true }];
  await ruleWithApiDestination(bus, {
    connection: {
      ...API_KEY,
      AuthParameters: { ...API_KEY.AuthParameters, InvocationHttpParameters: { HeaderParameters } },
    },
    destination: { InvocationEndpoint: endpoint.url },
    target: { DeadLetterConfig: { Arn: dead.arn }, RetryPolicy: { MaximumRetryAttempts: 0 } },
  });
  await putDetails(bus, {}, {});
  const messages = await dead.receive(2);
  const texts = messages.map(({ MessageAttributes }) => MessageAttributes?.ERROR_MESSAGE?.StringValue ?? '');
  for (const text of texts) assert.match(text, /^The endpoint answered [45]00: bad: \*\*\*, \*\*\*, \*\*\*$/);
  assert.equal(told.length, 2);
  assert.doesNotMatch(told.join(), /the-api-key|hidden/);
});

test('the rate of a destination holds back its own deliveries alone, and waiting is no attempt', async (t) => {
  const clock = new HandClock(START);
  const slow = await startEndpoint(t);
  const free = await startEndpoint(t);
  const bus = await startTestBus(t, { clock });
  await ruleWithApiDestination(bus, {
    destination: { InvocationEndpoint: slow.url, InvocationRateLimitPerSecond: 2 },
    target: { RetryPolicy: { MaximumRetryAttempts: 0 } },
  });
  await must(bus, 'PutTargets', { Rule: 'd', Targets: [{ Id: 'free', Arn: free.url }] });
  await putDetails(bus, ...Array.from({ length: 5 }, (_, n) => ({ n })));
  await free.arrived(5);
  for (const [arrived, owed] of [
    [2, 3],
    [4, 1],
    [5, 0],
  ] as const) {
    await untilOwed(bus, owed);
    assert.equal(slow.received.length, arrived);
    clock.advance(1000);
  }
  assert.equal((await health(bus)).deliveries.failed, 0);
});

test('what waits for its turn waits on disk, and goes on after a restart', async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'busbar-rate-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const clock = new HandClock(START);
  const endpoint = await startEndpoint(t);
  const before = await startTestBus(t, { data, clock });
  await ruleWithApiDestination(before, {
    destination: { InvocationEndpoint: endpoint.url, InvocationRateLimitPerSecond: 1 },
    target: { RetryPolicy: { MaximumRetryAttempts: 0 } },
  });
  await putDetails(before, {}, {}, {});
  await untilOwed(before, 2);
  await before.close();

  const after = await startTestBus(t, { data, clock });
  await untilOwed(after, 2);
  assert.equal(endpoint.received.length, 1);
  clock.advance(1000);
  await untilOwed(after, 1);
  clock.advance(1000);
  await untilOwed(after, 0);
  assert.equal(endpoint.received.length, 3);
});

test('an event whose turn would come too late goes to the dead-letter queue', async (t) => {
  const clock = new HandClock(START);
  const endpoint = await startEndpoint(t);
  const queues = await startQueues(t);
  const dead = await queues.create('dead');
  const bus = await startTestBus(t, { clock, endpoints: { SQS: queues.url } });
  await ruleWithApiDestination(bus, {
    destination: { InvocationEndpoint: endpoint.url, InvocationRateLimitPerSecond: 1 },
    target: { RetryPolicy: { MaximumEventAgeInSeconds: 60 }, DeadLetterConfig: { Arn: dead.arn } },
  });
  for (let n = 0; n < 7; n++) await putDetails(bus, ...Array.from({ length: 9 }, () => ({})));
  const [message, another] = await dead.receive(2);
  assert.notEqual(message?.Body, another?.Body);
  assert.equal(message?.MessageAttributes?.ERROR_CODE?.StringValue, 'THROTTLING');
  assert.equal(
    message?.MessageAttributes?.EXHAUSTED_RETRY_CONDITION?.StringValue,
    'MaximumEventAgeInSeconds',
  );
  assert.equal(message?.MessageAttributes?.RETRY_ATTEMPTS?.StringValue, '0');
  await untilOwed(bus, 60);
});

test('an endpoint that does not answer within five seconds is given up, and asked again', async (t) => {
  const clock = new HandClock(START);
  const endpoint = await startEndpoint(t, (n) => (n === 0 ? 'hang' : { status: 200 }));
  const bus = await startTestBus(t, { clock, random: () => 0 });
  await ruleWithApiDestination(bus, { destination: { InvocationEndpoint: endpoint.url } });
  await putDetails(bus, {});
  await endpoint.arrived(1);
  clock.advance(5000);
  await endpoint.arrived(2);
  await untilOwed(bus, 0);
});

test('values out of an event that would break a request apart are final errors, never sent', async (t) => {
  const endpoint = await startEndpoint(t);
  const bus = await startTestBus(t);
  await ruleWithApiDestination(bus, {
    destination: { InvocationEndpoint: `${endpoint.url}a/*/b` },
    target: {
      HttpParameters: { PathParameterValues: ['$.detail.path'], HeaderParameters: { x: '$.detail.header' } },
    },
  });
  await putDetails(bus, { path: '..', header: '1' }, { path: '1', header: 'a\r\nb: c' });
  await untilOwed(bus, 0);
  assert.equal((await health(bus)).deliveries.failed, 2);
  assert.equal(endpoint.received.length, 0);
});

test('a destination or connection that is gone, or deauthorized, fails at once', async (t) => {
  const endpoint = await startEndpoint(t);
  const bus = await startTestBus(t);
  const given = { destination: { InvocationEndpoint: endpoint.url } };
  for (const name of ['no-destination', 'no-connection', 'no-authorization']) {
    await ruleWithApiDestination(bus, { ...given, name });
  }
  await must(bus, 'DeleteApiDestination', { Name: 'no-destination' });
  await must(bus, 'DeleteConnection', { Name: 'no-connection' });
  await must(bus, 'DeauthorizeConnection', { Name: 'no-authorization' });
  await putDetails(bus, {});
  await untilOwed(bus, 0);
  assert.equal((await health(bus)).deliveries.failed, 3);
  assert.equal(endpoint.received.length, 0);
});

test('PutTargets wants an API destination of this account and region, and a role', async (t) => {
  const bus = await startTestBus(t);
  const endpoint = 'http://127.0.0.1:1/';
  const Arn = await ruleWithApiDestination(bus, { destination: { InvocationEndpoint: endpoint } });
  assert.equal(await refusal(bus, { Arn }), `RoleArn is required for target ${Arn}.`);
  for (const wrong of [
    Arn.replace('111111111111', '222222222222'),
    Arn.replace('eu-central-1', 'us-east-1'),
    Arn.replace(/[^/]+$/, 'another'),
    Arn.replace('/d/', '/e/'),
  ]) {
    assert.match(
      await refusal(bus, { Arn: wrong, RoleArn: ROLE }),
      /is not valid\. Reason: There is no such API destination/,
    );
  }
  const rule = Arn.replace('api-destination', 'rule');
  assert.match(await refusal(bus, { Arn: rule, RoleArn: ROLE }), /does not deliver to events yet/);
});

async function refusal(bus: TestBus, target: object): Promise<string> {
  const { json } = await bus.call('PutTargets', { Rule: 'd', Targets: [{ Id: 'x', ...target }] });
  assert.equal(json.__type, 'ValidationException');
  return String(json.message);
}
