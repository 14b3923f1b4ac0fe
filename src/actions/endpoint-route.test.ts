import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { startEndpoint } from '../../test/http-endpoint.ts';
import { startTestBus, type TestBus } from '../../test/running-bus.ts';

const PRIMARY = 'eu-central-1';
const SECONDARY = 'us-west-2';

interface Globe {
  readonly bus: TestBus;
  readonly endpointId: string;
  /** The events that each Region's rule delivered, once there are that many in all. */
  delivered(count: number): Promise<Record<'primary' | 'secondary', Record<string, unknown>[]>>;
}

/** A bus with a global endpoint, and a rule for everything in each of its two Regions. */
async function globe(t: TestContext, replication: 'ENABLED' | 'DISABLED'): Promise<Globe> {
  const bus = await startTestBus(t);
  const hook = { primary: await startEndpoint(t), secondary: await startEndpoint(t) };
  for (const [region, { url }] of [
    [PRIMARY, hook.primary],
    [SECONDARY, hook.secondary],
  ] as const) {
    const EventBusName = 'orders';
    await bus.call('CreateEventBus', { Name: EventBusName }, { region });
    const EventPattern = '{"source":[{"prefix":""}]}';
    await bus.call('PutRule', { Name: 'all', EventBusName, EventPattern }, { region });
    await bus.call('PutTargets', { Rule: 'all', EventBusName, Targets: [{ Id: 'h', Arn: url }] }, { region });
  }
  await bus.call('CreateEndpoint', {
    Name: 'global',
    RoutingConfig: {
      FailoverConfig: {
        Primary: { HealthCheck: 'arn:aws:route53:::healthcheck/0123abcd' },
        Secondary: { Route: SECONDARY },
      },
    },
    ReplicationConfig: { State: replication },
    EventBuses: [SECONDARY, PRIMARY].map((region) => ({
      EventBusArn: `arn:aws:events:${region}:111111111111:event-bus/orders`,
    })),
    RoleArn: 'arn:aws:iam::111111111111:role/replication',
  });
  const { json } = await bus.call('DescribeEndpoint', { Name: 'global' });
  const eventsAt = ({ received }: { received: readonly { body: string }[] }) =>
    received.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  return {
    bus,
    endpointId: String(json.EndpointId),
    async delivered(count) {
      await hook.primary.arrived(count);
      if (replication === 'ENABLED') await hook.secondary.arrived(count);
      return { primary: eventsAt(hook.primary), secondary: eventsAt(hook.secondary) };
    },
  };
}

const entry = { Source: 'shop', DetailType: 'Order placed', Detail: '{}', EventBusName: 'orders' };

test('behaviour: the event bus of the primary Region takes the events in, whatever the Region of the call', async (t) => {
  const { bus, endpointId: EndpointId, delivered } = await globe(t, 'DISABLED');
  const { json } = await bus.call(
    'PutEvents',
    { EndpointId, Entries: [entry, entry] },
    { region: 'eu-west-1' },
  );
  const { primary, secondary } = await delivered(2);
  assert.equal(json.FailedEntryCount, 0);
  const ids = (json.Entries as { EventId: string }[]).map(({ EventId }) => EventId);
  assert.deepEqual(primary.map(({ id }) => id).sort(), ids.sort());
  assert.deepEqual(new Set(primary.map(({ region }) => region)), new Set([PRIMARY]));
  assert.deepEqual(secondary, []);
});

test('behaviour: with replication the other Region gets them too, under ids of its own', async (t) => {
  const { bus, endpointId: EndpointId, delivered } = await globe(t, 'ENABLED');
  const bad = { ...entry, Detail: 'no JSON' };
  const { json } = await bus.call('PutEvents', { EndpointId, Entries: [bad, entry] });
  const { primary, secondary } = await delivered(1);
  assert.equal(json.FailedEntryCount, 1);
  const [refused, taken] = json.Entries as Record<string, string>[];
  assert.equal(refused?.ErrorCode, 'MalformedDetail');
  assert.deepEqual(
    primary.map(({ id }) => id),
    [taken?.EventId],
  );
  assert.equal(secondary.length, 1);
  assert.notEqual(secondary[0]?.id, taken?.EventId);
  assert.deepEqual({ ...secondary[0], id: 0 }, { ...primary[0], id: 0 });
});

test('validation: an unknown endpoint is refused, one of another account and one that was deleted too', async (t) => {
  const { bus, endpointId: EndpointId } = await globe(t, 'DISABLED');
  const refusal = async (EndpointId: string, caller = {}) =>
    (await bus.call('PutEvents', { EndpointId, Entries: [entry] }, caller)).json;
  assert.deepEqual(await refusal('abcde.veo'), {
    __type: 'ValidationException',
    message: 'Parameter EndpointId is not valid. Reason: Endpoint abcde.veo does not exist.',
  });
  const stranger = await refusal(EndpointId, { account: '222222222222' });
  assert.equal(stranger.__type, 'ValidationException');
  await bus.call('DeleteEndpoint', { Name: 'global' });
  assert.equal((await refusal(EndpointId)).__type, 'ValidationException');
});

test('validation: an entry for another event bus than the endpoint has fails by itself', async (t) => {
  const { bus, endpointId: EndpointId, delivered } = await globe(t, 'DISABLED');
  const { EventBusName: _, ...forDefault } = entry;
  const { json } = await bus.call('PutEvents', { EndpointId, Entries: [forDefault, entry] });
  assert.equal(json.FailedEntryCount, 1);
  assert.deepEqual((json.Entries as object[])[0], {
    ErrorCode: 'InvalidArgument',
    ErrorMessage:
      'Parameter EventBusName is not valid. Reason: The event buses of the endpoint are named orders.',
  });
  assert.equal((await delivered(1)).primary.length, 1);
});
