import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';

test('serialization: an empty answer', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateEndpoint', {
    Name: 'global',
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
  const { status, json } = await bus.call('DeleteEndpoint', { Name: 'global' });
  assert.equal(status, 200);
  assert.deepEqual(json, {});
  assert.deepEqual((await bus.call('ListEndpoints', {})).json, { Endpoints: [] });
});

test('validation: a name is needed', async (t) => {
  const bus = await startTestBus(t);
  assert.match(String((await bus.call('DeleteEndpoint', {})).json.message), /Value null at 'name'/);
});

test('behaviour: an unknown endpoint is refused', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('DeleteEndpoint', { Name: 'global' });
  assert.deepEqual(json, {
    __type: 'ResourceNotFoundException',
    message: 'Endpoint global does not exist.',
  });
});
