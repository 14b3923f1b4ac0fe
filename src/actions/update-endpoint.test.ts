import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { startTestBus, type TestBus } from '../../test/running-bus.ts';
import { HandClock } from '../domain/clock.ts';

function routing(Route: string) {
  const HealthCheck = 'arn:aws:route53:::healthcheck/0123abcd';
  return { FailoverConfig: { Primary: { HealthCheck }, Secondary: { Route } } };
}

function buses(secondary: string) {
  return ['eu-central-1', secondary].map((region) => ({
    EventBusArn: `arn:aws:events:${region}:111111111111:event-bus/default`,
  }));
}

async function busWithEndpoint(t: TestContext): Promise<TestBus> {
  const clock = new HandClock(1_700_000_000_000);
  const bus = await startTestBus(t, { clock });
  await bus.call('CreateEndpoint', {
    Name: 'global',
    Description: 'before',
    RoutingConfig: routing('us-west-2'),
    ReplicationConfig: { State: 'DISABLED' },
    EventBuses: buses('us-west-2'),
  });
  clock.advance(1000);
  return bus;
}

async function described(bus: TestBus): Promise<Readonly<Record<string, unknown>>> {
  return (await bus.call('DescribeEndpoint', { Name: 'global' })).json;
}

test('serialization: the answer says what it is now, and how to call it', async (t) => {
  const bus = await busWithEndpoint(t);
  const { EndpointId, EndpointUrl } = await described(bus);
  const { status, json } = await bus.call('UpdateEndpoint', { Name: 'global', Description: 'after' });
  assert.equal(status, 200);
  assert.deepEqual(json, {
    Name: 'global',
    Arn: 'arn:aws:events:eu-central-1:111111111111:endpoint/global',
    RoutingConfig: routing('us-west-2'),
    ReplicationConfig: { State: 'DISABLED' },
    EventBuses: buses('us-west-2'),
    EndpointId,
    EndpointUrl,
    State: 'UPDATING',
  });
});

test('validation: what does not fit what stays is refused, and changes nothing', async (t) => {
  const bus = await busWithEndpoint(t);
  const before = await described(bus);
  const refusal = async (request: object) =>
    String((await bus.call('UpdateEndpoint', { Name: 'global', ...request })).json.message);
  assert.match(await refusal({ EventBuses: buses('eu-west-1') }), /an event bus in the Region us-west-2/);
  assert.match(
    await refusal({ RoutingConfig: routing('eu-west-1') }),
    /an event bus in the Region eu-west-1/,
  );
  assert.match(await refusal({ ReplicationConfig: { State: 'ENABLED' } }), /RoleArn is required/);
  assert.equal(await refusal({ Name: 'nope' }), 'Endpoint nope does not exist.');
  assert.deepEqual(await described(bus), before);
});

test('behaviour: what is left out stays', async (t) => {
  const bus = await busWithEndpoint(t);
  const before = await described(bus);
  const RoleArn = 'arn:aws:iam::111111111111:role/replication';
  await bus.call('UpdateEndpoint', { Name: 'global', RoleArn, ReplicationConfig: { State: 'ENABLED' } });
  await bus.call('UpdateEndpoint', {
    Name: 'global',
    RoutingConfig: routing('eu-west-1'),
    EventBuses: buses('eu-west-1'),
  });
  assert.deepEqual(await described(bus), {
    ...before,
    RoleArn,
    ReplicationConfig: { State: 'ENABLED' },
    RoutingConfig: routing('eu-west-1'),
    EventBuses: buses('eu-west-1'),
    LastModifiedTime: 1_700_000_001,
  });
});
