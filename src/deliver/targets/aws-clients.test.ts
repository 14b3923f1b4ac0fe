import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { HandClock } from '../../domain/clock.ts';
import { type AwsClientConfig, AwsClients } from './aws-clients.ts';

/** Clients that are nothing but what they would have been made with. */
function clientsOf(t: TestContext, endpoints: Record<string, string>, hasCredentials: boolean) {
  const made: AwsClientConfig[] = [];
  const clients = new AwsClients(
    'CLOUDWATCH_LOGS',
    { endpointOf: (service) => endpoints[service], hasCredentials, clock: new HandClock(0) },
    (config) => {
      made.push(config);
      return config;
    },
  );
  t.after(() => clients.close());
  return { clients, made };
}

const arnIn = (region: string) => `arn:aws:logs:${region}:111111111111:log-group:g`;

test('there is one client a region', (t) => {
  const { clients, made } = clientsOf(t, {}, true);
  const first = clients.for(arnIn('us-east-1'));
  assert.equal(clients.for(`${arnIn('us-east-1')}2`), first);
  clients.for(arnIn('eu-central-1'));
  assert.deepEqual(
    made.map(({ region }) => region),
    ['us-east-1', 'eu-central-1'],
  );
});

test('of more regions than there are, those used last are kept', (t) => {
  const { clients, made } = clientsOf(t, {}, true);
  const often = clients.for(arnIn('often'));
  for (let n = 0; n < 200; n++) {
    clients.for(arnIn(`region-${n}`));
    assert.equal(clients.for(arnIn('often')), often);
  }
  clients.for(arnIn('region-199'));
  assert.equal(made.length, 201);
  clients.for(arnIn('region-0'));
  assert.equal(made.length, 202, 'let go of, and made anew');
});

test('endpoint and credentials follow from the settings', (t) => {
  const endpoint = 'http://127.0.0.1:1';
  const placeholder = { accessKeyId: 'busbar', secretAccessKey: 'busbar' };
  for (const [endpoints, hasCredentials, expected] of [
    [{}, false, {}],
    [{ SQS: endpoint }, false, {}],
    [{ CLOUDWATCH_LOGS: endpoint }, false, { endpoint, credentials: placeholder }],
    [{ CLOUDWATCH_LOGS: endpoint }, true, { endpoint }],
  ] as const) {
    const { clients } = clientsOf(t, endpoints, hasCredentials);
    const { requestHandler: _, ...config } = clients.for(arnIn('us-east-1'));
    assert.deepEqual(config, { region: 'us-east-1', maxAttempts: 1, ...expected });
  }
});
