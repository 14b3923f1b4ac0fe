import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus, type TestBus } from '../../test/running-bus.ts';

async function create(bus: TestBus, Name: string): Promise<void> {
  await bus.call('CreateEndpoint', {
    Name,
    RoutingConfig: {
      FailoverConfig: {
        Primary: { HealthCheck: 'arn:aws:route53:::healthcheck/0123abcd' },
        Secondary: { Route: 'us-west-2' },
      },
    },
    ReplicationConfig: { State: 'DISABLED' },
    EventBuses: ['eu-central-1', 'us-west-2'].map((region) => ({
      EventBusArn: `arn:aws:events:${region}:111111111111:event-bus/default`,
    })),
  });
}

test('serialization: none are an empty list; one is shown as it is described', async (t) => {
  const bus = await startTestBus(t);
  assert.deepEqual((await bus.call('ListEndpoints', {})).json, { Endpoints: [] });
  await create(bus, 'global');
  const { json } = await bus.call('DescribeEndpoint', { Name: 'global' });
  assert.deepEqual((await bus.call('ListEndpoints', {})).json, { Endpoints: [json] });
});

test('validation: a page has a hundred items at most', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('ListEndpoints', { MaxResults: 101 });
  assert.match(String(json.message), /at 'maxResults' .* less than or equal to 100/);
});

test('behaviour: pages in order of names; a prefix and a home region pick', async (t) => {
  const bus = await startTestBus(t);
  for (const name of ['b2', 'a', 'b1']) await create(bus, name);
  const list = async (request: object, caller = {}) => {
    const { json } = await bus.call('ListEndpoints', request, caller);
    const names = (json.Endpoints as { Name: string }[]).map(({ Name }) => Name);
    return { names, NextToken: json.NextToken };
  };
  const first = await list({ MaxResults: 2 });
  assert.deepEqual(first.names, ['a', 'b1']);
  assert.deepEqual(await list({ NextToken: first.NextToken }), { names: ['b2'], NextToken: undefined });
  assert.deepEqual((await list({ NamePrefix: 'b' })).names, ['b1', 'b2']);
  const abroad = { region: 'us-west-2' };
  assert.deepEqual((await list({}, abroad)).names, []);
  assert.deepEqual((await list({ HomeRegion: 'eu-central-1' }, abroad)).names, ['a', 'b1', 'b2']);
});
