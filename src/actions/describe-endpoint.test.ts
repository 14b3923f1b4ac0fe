import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';
import { HandClock } from '../domain/clock.ts';

const endpoint = {
  Name: 'global',
  Description: 'everywhere',
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
};

test('serialization: all that was given, with how to call it', async (t) => {
  const bus = await startTestBus(t, { clock: new HandClock(1_700_000_000_000) });
  await bus.call('CreateEndpoint', endpoint);
  const { status, json } = await bus.call('DescribeEndpoint', { Name: 'global' });
  assert.equal(status, 200);
  const { EndpointId, EndpointUrl, ...rest } = json;
  assert.match(String(EndpointId), /^[a-z0-9]{10}\.veo$/);
  assert.equal(EndpointUrl, `https://${EndpointId}.endpoint.events.amazonaws.com`);
  assert.deepEqual(rest, {
    ...endpoint,
    Arn: 'arn:aws:events:eu-central-1:111111111111:endpoint/global',
    State: 'ACTIVE',
    CreationTime: 1_700_000_000,
    LastModifiedTime: 1_700_000_000,
  });
});

test('validation: a region has at least nine characters', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('DescribeEndpoint', { Name: 'global', HomeRegion: 'x' });
  assert.match(String(json.message), /at 'homeRegion' .* length greater than or equal to 9/);
});

test('behaviour: it is at home in its primary region, and can be asked for from others', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateEndpoint', endpoint);
  const abroad = { region: 'us-west-2' };
  const unknown = await bus.call('DescribeEndpoint', { Name: 'global' }, abroad);
  assert.deepEqual(unknown.json, {
    __type: 'ResourceNotFoundException',
    message: 'Endpoint global does not exist.',
  });
  const { json } = await bus.call('DescribeEndpoint', { Name: 'global', HomeRegion: 'eu-central-1' }, abroad);
  assert.equal(json.Arn, 'arn:aws:events:eu-central-1:111111111111:endpoint/global');
});
