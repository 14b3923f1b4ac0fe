import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { startTestBus, type TestBus } from '../../test/running-bus.ts';

const HealthCheck = 'arn:aws:route53:::healthcheck/0123abcd';
const RoleArn = 'arn:aws:iam::111111111111:role/replication';

function busArn(region: string, name = 'orders', account = '111111111111') {
  return { EventBusArn: `arn:aws:events:${region}:${account}:event-bus/${name}` };
}

const endpoint = {
  Name: 'global',
  RoutingConfig: { FailoverConfig: { Primary: { HealthCheck }, Secondary: { Route: 'us-west-2' } } },
  EventBuses: [busArn('eu-central-1'), busArn('us-west-2')],
  RoleArn,
};

async function busWithTwoBuses(t: TestContext, limits = {}): Promise<TestBus> {
  const bus = await startTestBus(t, { limits });
  for (const region of ['eu-central-1', 'us-west-2', 'eu-west-1']) {
    await bus.call('CreateEventBus', { Name: 'orders' }, { region });
  }
  return bus;
}

test('serialization: the answer says what was made; events are replicated unless that is refused', async (t) => {
  const bus = await busWithTwoBuses(t);
  const { status, json } = await bus.call('CreateEndpoint', { ...endpoint, Description: 'not shown here' });
  assert.equal(status, 200);
  assert.deepEqual(json, {
    ...endpoint,
    Arn: 'arn:aws:events:eu-central-1:111111111111:endpoint/global',
    ReplicationConfig: { State: 'ENABLED' },
    State: 'CREATING',
  });
});

test('validation: exactly two event buses', async (t) => {
  const bus = await busWithTwoBuses(t);
  for (const [EventBuses, limit] of [
    [[busArn('eu-central-1')], 'greater'],
    [[busArn('eu-central-1'), busArn('us-west-2'), busArn('eu-west-1')], 'less'],
  ] as const) {
    const { json } = await bus.call('CreateEndpoint', { ...endpoint, EventBuses });
    assert.match(String(json.message), new RegExp(`at 'eventBuses' .* length ${limit} than or equal to 2`));
  }
});

test('validation: of one name, in the two regions, of this account, and there', async (t) => {
  const bus = await busWithTwoBuses(t);
  const refusal = async (request: object) => {
    const { status, json } = await bus.call('CreateEndpoint', { ...endpoint, ...request });
    assert.equal(status, 400);
    assert.equal(json.__type, 'ValidationException');
    return String(json.message);
  };
  const here = busArn('eu-central-1');
  assert.equal(
    await refusal({ EventBuses: [here, busArn('us-west-2', 'default')] }),
    'Parameter EventBuses is not valid. Reason: Event buses must have the same name.',
  );
  assert.match(await refusal({ EventBuses: [here, here] }), /an event bus in the Region us-west-2/);
  assert.match(
    await refusal({ EventBuses: [busArn('eu-west-1'), busArn('us-west-2')] }),
    /an event bus in the Region eu-central-1/,
  );
  assert.match(
    await refusal({ EventBuses: [here, busArn('us-west-2', 'orders', '222222222222')] }),
    /must belong to the account/,
  );
  const nope = [busArn('eu-central-1', 'nope'), busArn('us-west-2', 'nope')];
  assert.match(await refusal({ EventBuses: nope }), /event-bus\/nope does not exist\.$/);
  const Route = 'eu-central-1';
  const RoutingConfig = { FailoverConfig: { Primary: { HealthCheck }, Secondary: { Route } } };
  assert.match(await refusal({ RoutingConfig }), /must differ from the primary one/);
});

test('validation: replication needs a role', async (t) => {
  const bus = await busWithTwoBuses(t);
  const { RoleArn: _, ...request } = endpoint;
  const refused = await bus.call('CreateEndpoint', request);
  assert.equal(
    refused.json.message,
    'Parameter RoleArn is not valid. Reason: RoleArn is required when event replication is enabled.',
  );
  const { status, json } = await bus.call('CreateEndpoint', {
    ...request,
    ReplicationConfig: { State: 'DISABLED' },
  });
  assert.equal(status, 200);
  assert.deepEqual(json.ReplicationConfig, { State: 'DISABLED' });
});

test('behaviour: a name is taken once in a region; no more than the quota', async (t) => {
  const bus = await busWithTwoBuses(t, { endpointsPerRegion: 1 });
  await bus.call('CreateEndpoint', endpoint);
  const again = await bus.call('CreateEndpoint', endpoint);
  assert.deepEqual(again.json, {
    __type: 'ResourceAlreadyExistsException',
    message: 'Endpoint global already exists.',
  });
  const more = await bus.call('CreateEndpoint', { ...endpoint, Name: 'more' });
  assert.equal(more.json.__type, 'LimitExceededException');
});

test('behaviour: the default event buses will do', async (t) => {
  const bus = await startTestBus(t);
  const EventBuses = [busArn('eu-central-1', 'default'), busArn('us-west-2', 'default')];
  assert.equal((await bus.call('CreateEndpoint', { ...endpoint, EventBuses })).status, 200);
});
