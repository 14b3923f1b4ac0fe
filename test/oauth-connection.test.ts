import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { HandClock } from '../src/domain/clock.ts';
import { must, putDetails, ruleWithApiDestination } from './api-destination-rule.ts';
import { startAuthorizationServer } from './authorization-server.ts';
import { type Endpoint, startEndpoint } from './http-endpoint.ts';
import { startTestBus, type TestBus } from './running-bus.ts';
import { until, untilOwed } from './until.ts';

const START = Date.UTC(2026, 0, 1);

function oauth(AuthorizationEndpoint: string, more: object = {}): object {
  const ClientParameters = { ClientID: 'client', ClientSecret: 'client-secret' };
  return {
    AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS',
    AuthParameters: {
      OAuthParameters: { AuthorizationEndpoint, ClientParameters, HttpMethod: 'POST', ...more },
    },
  };
}

async function connection(bus: TestBus): Promise<Readonly<Record<string, unknown>>> {
  return must(bus, 'DescribeConnection', { Name: 'd' });
}

async function untilState(bus: TestBus, state: string): Promise<void> {
  await until(async () => (await connection(bus)).ConnectionState === state);
}

function bearers(endpoint: Endpoint): (string | undefined)[] {
  return endpoint.received.map(({ headers }) => headers.authorization);
}

test('an OAuth connection is authorized when it is made, and one token serves until it expires', async (t) => {
  const clock = new HandClock(START);
  const server = await startAuthorizationServer(t);
  const endpoint = await startEndpoint(t);
  const bus = await startTestBus(t, { clock });
  const BodyParameters = [
    { Key: 'grant_type', Value: 'client_credentials' },
    { Key: 'audience', Value: 'the api', IsValueSecret: true },
  ];
  const HeaderParameters = [{ Key: 'x-tenant', Value: '7' }];
  await ruleWithApiDestination(bus, {
    connection: oauth(server.tokenUrl, { OAuthHttpParameters: { BodyParameters, HeaderParameters } }),
    destination: { InvocationEndpoint: endpoint.url },
  });
  await untilState(bus, 'AUTHORIZED');
  assert.equal((await must(bus, 'DescribeApiDestination', { Name: 'd' })).ApiDestinationState, 'ACTIVE');
  assert.deepEqual(server.requests[0]?.form, {
    grant_type: 'client_credentials',
    client_id: 'client',
    client_secret: 'client-secret',
    audience: 'the api',
  });
  assert.equal(server.requests[0]?.headers['x-tenant'], '7');

  // An attempt under way would time out with the clock.
  await putDetails(bus, {}, {});
  await untilOwed(bus, 0);
  clock.advance(3_539_999);
  await putDetails(bus, {});
  await untilOwed(bus, 0);
  clock.advance(1);
  await putDetails(bus, {});
  await untilOwed(bus, 0);
  assert.deepEqual(bearers(endpoint), [
    ...Array.from({ length: 3 }, () => 'Bearer token-0'),
    'Bearer token-1',
  ]);
});

test('a token that the endpoint refuses is replaced for the next attempt', async (t) => {
  for (const status of [401, 407]) {
    const clock = new HandClock(START);
    const server = await startAuthorizationServer(t);
    const endpoint = await startEndpoint(t, (n) => ({ status: n === 0 ? status : 200 }));
    const bus = await startTestBus(t, { clock, random: () => 1 });
    await ruleWithApiDestination(bus, {
      connection: oauth(server.tokenUrl),
      destination: { InvocationEndpoint: endpoint.url },
    });
    await untilState(bus, 'AUTHORIZED');
    await putDetails(bus, {});
    await endpoint.arrived(1);
    await untilOwed(bus, 1);
    clock.advance(1000);
    await untilOwed(bus, 0);
    assert.deepEqual(bearers(endpoint), ['Bearer token-0', 'Bearer token-1']);
    assert.equal((await connection(bus)).ConnectionState, 'AUTHORIZED');
  }
});

test('a refused client is deauthorized with the reason, and what it owes waits for the right secret', async (t) => {
  const clock = new HandClock(START);
  const refused = { status: 401, body: { error: 'invalid_client', got: 'client-secret' } };
  const server = await startAuthorizationServer(t, (n) => (n < 2 ? refused : { body: {} }));
  const endpoint = await startEndpoint(t);
  const bus = await startTestBus(t, { clock, random: () => 1 });
  await ruleWithApiDestination(bus, {
    connection: oauth(server.tokenUrl),
    destination: { InvocationEndpoint: endpoint.url },
  });
  await untilState(bus, 'DEAUTHORIZED');
  assert.equal(
    (await connection(bus)).StateReason,
    'No token from the authorization endpoint: it answered 401: {"error":"invalid_client","got":"***"}.',
  );
  await putDetails(bus, {});
  await untilOwed(bus, 1);
  assert.equal(endpoint.received.length, 0);

  const OAuthParameters = { ClientParameters: { ClientSecret: 'the right one' } };
  const update = { AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS', AuthParameters: { OAuthParameters } };
  const updated = await must(bus, 'UpdateConnection', { Name: 'd', ...update });
  assert.equal(updated.ConnectionState, 'AUTHORIZING');
  await untilState(bus, 'AUTHORIZED');
  assert.equal((await connection(bus)).StateReason, undefined);
  assert.equal(server.requests[2]?.form.client_secret, 'the right one');
  clock.advance(1000);
  await untilOwed(bus, 0);
  assert.deepEqual(bearers(endpoint), ['Bearer token-2']);
});

test('an endpoint without tokens, or without an answer, says so in the reason', async (t) => {
  const clock = new HandClock(START);
  const bus = await startTestBus(t, { clock });
  const html = await startEndpoint(t, () => ({ status: 200, body: '<html>' }));
  const silent = await startEndpoint(t, () => 'hang');
  const reasonOf = async (Name: string, url: string, arrived: () => Promise<void>) => {
    await must(bus, 'CreateConnection', { Name, ...oauth(url) });
    await arrived();
    let StateReason: unknown;
    await until(async () => {
      StateReason = (await must(bus, 'DescribeConnection', { Name })).StateReason;
      return StateReason !== undefined;
    });
    return String(StateReason);
  };
  const text = 'No token from the authorization endpoint:';
  assert.equal(
    await reasonOf('html', html.url, async () => undefined),
    `${text} it answered 200 without a token.`,
  );
  assert.match(await reasonOf('nobody', 'http://127.0.0.1:1/', async () => undefined), /ECONNREFUSED/);
  const timeout = async () => {
    await silent.arrived(1);
    clock.advance(5000);
  };
  assert.equal(await reasonOf('silent', silent.url, timeout), `${text} it did not answer in time.`);
});

test('the request for a token follows the method and the content type of the connection', async (t) => {
  const grant = { status: 200, body: '{"access_token":"t","token_type":"bearer"}' };
  const tokens = await startEndpoint(t, () => grant);
  const endpoint = await startEndpoint(t);
  const bus = await startTestBus(t);
  const HeaderParameters = [{ Key: 'content-type', Value: 'application/json' }];
  const QueryStringParameters = [{ Key: 'tenant', Value: '7' }];
  const requested = async (more: object) => {
    const n = tokens.received.length;
    await must(bus, 'CreateConnection', { Name: `c${n}`, ...oauth(tokens.url, more) });
    await tokens.arrived(n + 1);
    return tokens.received[n] ?? assert.fail();
  };
  const get = await requested({ HttpMethod: 'GET', OAuthHttpParameters: { QueryStringParameters } });
  assert.equal(get.method, 'GET');
  assert.equal(get.body, '');
  assert.equal(
    get.path,
    '/?grant_type=client_credentials&client_id=client&client_secret=client-secret&tenant=7',
  );
  const put = await requested({ HttpMethod: 'PUT' });
  assert.equal(put.method, 'PUT');
  assert.equal(put.headers['content-type'], 'application/x-www-form-urlencoded');
  assert.equal(put.body, 'grant_type=client_credentials&client_id=client&client_secret=client-secret');
  const json = await requested({ OAuthHttpParameters: { HeaderParameters } });
  assert.deepEqual(JSON.parse(json.body), {
    grant_type: 'client_credentials',
    client_id: 'client',
    client_secret: 'client-secret',
  });
  await ruleWithApiDestination(bus, {
    connection: oauth(tokens.url),
    destination: { InvocationEndpoint: endpoint.url },
  });
  await putDetails(bus, {});
  await endpoint.arrived(1);
  assert.deepEqual(bearers(endpoint), ['Bearer t']);
});

test('a hundred deliveries at once ask for one token', async (t) => {
  const clock = new HandClock(START);
  const server = await startAuthorizationServer(t, () => ({ body: { expires_in: 100 } }));
  const endpoint = await startEndpoint(t);
  const bus = await startTestBus(t, { clock });
  await ruleWithApiDestination(bus, {
    connection: oauth(server.tokenUrl),
    destination: { InvocationEndpoint: endpoint.url },
  });
  await untilState(bus, 'AUTHORIZED');
  assert.equal(server.requests.length, 1);
  clock.advance(50_000);
  for (let n = 0; n < 10; n++) await putDetails(bus, ...Array.from({ length: 10 }, () => ({})));
  await endpoint.arrived(100);
  assert.equal(server.requests.length, 2);
});

test('after a restart a token is asked for anew, and what was owed is delivered', async (t) => {
  const data = folder(t);
  const server = await startAuthorizationServer(t);
  const clock = new HandClock(START);
  const endpoint = await startEndpoint(t, (n) => ({ status: n === 0 ? 500 : 200 }));
  const before = await startTestBus(t, { data, clock, random: () => 1 });
  await ruleWithApiDestination(before, {
    connection: oauth(server.tokenUrl),
    destination: { InvocationEndpoint: endpoint.url },
  });
  await untilState(before, 'AUTHORIZED');
  await putDetails(before, {});
  await endpoint.arrived(1);
  await untilOwed(before, 1);
  await before.close();

  clock.advance(1000);
  const after = await startTestBus(t, { data, clock });
  await untilOwed(after, 0);
  assert.deepEqual(bearers(endpoint), ['Bearer token-0', 'Bearer token-1']);
  assert.equal((await connection(after)).ConnectionState, 'AUTHORIZED');
});

test('a connection that still waited when Busbar stopped is authorized after the start', async (t) => {
  const data = folder(t);
  const silent = await startEndpoint(t, (n) =>
    n === 0 ? 'hang' : { status: 200, body: '{"access_token":"t"}' },
  );
  const before = await startTestBus(t, { data });
  await must(before, 'CreateConnection', { Name: 'd', ...oauth(silent.url) });
  await silent.arrived(1);
  await before.close();
  const after = await startTestBus(t, { data });
  await untilState(after, 'AUTHORIZED');
});

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'busbar-oauth-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
