import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';
import { HandClock } from '../domain/clock.ts';

const arn = (resource: string) => `arn:aws:events:eu-central-1:111111111111:${resource}`;
const EventSourceArn = arn('event-bus/default');
const rule = 'Events-Archive-a';

test('serialization: the answer holds ARN, state and the time in whole seconds', async (t) => {
  const bus = await startTestBus(t, { clock: new HandClock(1_700_000_000_987) });
  const { status, json } = await bus.call('CreateArchive', { ArchiveName: 'a', EventSourceArn });
  assert.equal(status, 200);
  assert.deepEqual(json, {
    ArchiveArn: arn('archive/a'),
    State: 'ENABLED',
    CreationTime: 1_700_000_000,
  });
});

const sources: readonly (readonly [string, string])[] = [
  [arn('rule/orders/r'), 'Must contain an event bus ARN.'],
  ['arn:aws:events:eu-central-1::event-bus/default', 'Must contain an event bus ARN.'],
  [
    'arn:aws-cn:events:eu-central-1:111111111111:event-bus/b',
    'Creating cross-partition archive is not permitted.',
  ],
  ['arn:aws:events:us-west-2:111111111111:event-bus/b', 'Creating cross-region archive is not permitted.'],
  [
    'arn:aws:events:eu-central-1:222222222222:event-bus/b',
    'Creating cross-account archive is not permitted.',
  ],
];

for (const [source, reason] of sources) {
  test(`validation: ${source} is refused as a source`, async (t) => {
    const bus = await startTestBus(t);
    const { status, json } = await bus.call('CreateArchive', { ArchiveName: 'a', EventSourceArn: source });
    assert.equal(status, 400);
    assert.deepEqual(json, {
      __type: 'ValidationException',
      message: `Parameter EventSourceArn is not valid. Reason: ${reason}`,
    });
  });
}

test('validation: an unknown bus and an invalid pattern are refused, and nothing is made', async (t) => {
  const bus = await startTestBus(t);
  const unknown = await bus.call('CreateArchive', {
    ArchiveName: 'a',
    EventSourceArn: arn('event-bus/nope'),
  });
  assert.deepEqual(unknown.json, {
    __type: 'ResourceNotFoundException',
    message: 'Event bus nope does not exist.',
  });
  const invalid = await bus.call('CreateArchive', { ArchiveName: 'a', EventSourceArn, EventPattern: '{}' });
  assert.deepEqual(invalid.json, {
    __type: 'InvalidEventPatternException',
    message:
      'Event pattern is not valid. Reason: Empty objects are not allowed\n at [Source: (String)"{}"; line: 1, column: 3]',
  });
  assert.equal((await bus.call('DescribeArchive', { ArchiveName: 'a' })).status, 400);
  assert.deepEqual((await bus.call('ListRules', {})).json.Rules, []);
});

test('validation: the model bounds name and retention', async (t) => {
  const bus = await startTestBus(t);
  const name = 'x'.repeat(49);
  const { json } = await bus.call('CreateArchive', { ArchiveName: name, EventSourceArn });
  assert.equal(
    json.message,
    `1 validation error detected: Value '${name}' at 'archiveName' failed to satisfy constraint: Member must have length less than or equal to 48`,
  );
  const negative = await bus.call('CreateArchive', { ArchiveName: 'a', EventSourceArn, RetentionDays: -1 });
  assert.match(String(negative.json.message), /'retentionDays' .* greater than or equal to 0$/);
});

test('behaviour: a name is taken once in an account and region, whatever the bus', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateEventBus', { Name: 'orders' });
  await bus.call('CreateArchive', { ArchiveName: 'a', EventSourceArn });
  const again = await bus.call('CreateArchive', {
    ArchiveName: 'a',
    EventSourceArn: arn('event-bus/orders'),
  });
  assert.deepEqual(again.json, {
    __type: 'ResourceAlreadyExistsException',
    message: 'Archive a already exists.',
  });
  const elsewhere = await bus.call(
    'CreateArchive',
    { ArchiveName: 'a', EventSourceArn: EventSourceArn.replace('eu-central-1', 'us-west-2') },
    { region: 'us-west-2' },
  );
  assert.equal(elsewhere.status, 200);
});

test('behaviour: a managed rule appears on the bus, as AWS makes it', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateEventBus', { Name: 'orders' });
  await bus.call('CreateArchive', {
    ArchiveName: 'a',
    EventSourceArn: arn('event-bus/orders'),
    EventPattern: '{ "source" : [ "com.example" ] }',
  });
  assert.deepEqual((await bus.call('ListRules', { EventBusName: 'orders' })).json.Rules, [
    {
      Name: rule,
      Arn: arn(`rule/orders/${rule}`),
      EventPattern: '{"replay-name":[{"exists":false}],"source":["com.example"]}',
      State: 'ENABLED',
      ManagedBy: 'prod.vhs.events.aws.internal',
      EventBusName: 'orders',
    },
  ]);
  const { json } = await bus.call('ListTargetsByRule', { Rule: rule, EventBusName: 'orders' });
  const [target, ...others] = json.Targets as { InputTransformer: { InputTemplate: string } }[];
  assert.deepEqual(others, []);
  const template = target?.InputTransformer.InputTemplate ?? '';
  const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
  assert.match(template, uuid);
  assert.deepEqual(target, {
    Id: rule,
    Arn: 'arn:aws:events:eu-central-1:::',
    InputTransformer: { InputPathsMap: {}, InputTemplate: template },
  });
  assert.equal(
    template.replace(uuid, 'UUID'),
    `{"archive-arn": "${arn('archive/a')}:UUID","event": <aws.events.event.json>,"ingestion-time": <aws.events.event.ingestion-time>}`,
  );
});

test('behaviour: an event on a bus with an archive owes no delivery to the archive', async (t) => {
  const bus = await startTestBus(t, { clock: new HandClock(1_700_000_000_000) });
  await bus.call('CreateArchive', { ArchiveName: 'a', EventSourceArn });
  const deliveries = async () => {
    const health = (await (await fetch(new URL('/_busbar/health', bus.url))).json()) as {
      deliveries: Record<'owed' | 'failed' | 'underWay', number>;
    };
    const { owed, failed, underWay } = health.deliveries;
    return owed + failed + underWay;
  };
  const Entries = [{ Source: 'com.example', DetailType: 't', Detail: '{}' }];
  assert.equal((await bus.call('PutEvents', { Entries })).json.FailedEntryCount, 0);
  assert.equal(await deliveries(), 0);
  // The same event owes what it owes to others.
  await bus.call('PutRule', { Name: 'r', EventPattern: '{"source":["com.example"]}' });
  await bus.call('PutTargets', { Rule: 'r', Targets: [{ Id: 'x', Arn: 'http://127.0.0.1:1/' }] });
  await bus.call('PutEvents', { Entries });
  assert.ok((await deliveries()) > 0);
});

test('behaviour: the managed rule is protected, and may be removed by force', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateArchive', { ArchiveName: 'a', EventSourceArn });
  const Targets = [{ Id: 'x', Arn: 'http://127.0.0.1:1/' }];
  const refused: readonly (readonly [string, object])[] = [
    ['PutRule', { Name: rule, EventPattern: '{"source":["a"]}' }],
    ['PutTargets', { Rule: rule, Targets }],
    ['RemoveTargets', { Rule: rule, Ids: [rule] }],
    ['DisableRule', { Name: rule }],
    ['EnableRule', { Name: rule }],
    ['DeleteRule', { Name: rule }],
  ];
  for (const [operation, request] of refused) {
    assert.equal((await bus.call(operation, request)).json.__type, 'ManagedRuleException', operation);
  }
  assert.equal((await bus.call('RemoveTargets', { Rule: rule, Ids: [rule], Force: true })).status, 200);
  assert.equal((await bus.call('DeleteRule', { Name: rule, Force: true })).status, 200);
  const { json } = await bus.call('DescribeArchive', { ArchiveName: 'a' });
  assert.equal(json.State, 'DISABLED');
  assert.equal(json.StateReason, 'Managed rule for the archive was forcefully deleted.');
});

test("behaviour: an archive doesn't take over somebody's own rule", async (t) => {
  const bus = await startTestBus(t);
  await bus.call('PutRule', { Name: rule, EventPattern: '{"source":["mine"]}' });
  const { json } = await bus.call('CreateArchive', { ArchiveName: 'a', EventSourceArn });
  assert.deepEqual(json, {
    __type: 'ResourceAlreadyExistsException',
    message: `A rule with the pattern '${rule}' already exists. Please choose a different archive name or delete your rule, then, try again.`,
  });
  assert.equal((await bus.call('DescribeArchive', { ArchiveName: 'a' })).status, 400);
  const kept = await bus.call('DescribeRule', { Name: rule });
  assert.equal(kept.json.EventPattern, '{"source":["mine"]}');
});

test("behaviour: an archive's rule counts against the quota of rules", async (t) => {
  const bus = await startTestBus(t, { limits: { rulesPerEventBus: 1 } });
  assert.equal((await bus.call('CreateArchive', { ArchiveName: 'a', EventSourceArn })).status, 200);
  const { json } = await bus.call('CreateArchive', { ArchiveName: 'b', EventSourceArn });
  assert.deepEqual(json, {
    __type: 'LimitExceededException',
    message: 'The requested resource exceeds the maximum number allowed.',
  });
  assert.equal((await bus.call('DescribeArchive', { ArchiveName: 'b' })).status, 400);
});

test('behaviour: a bus with an archive stays; without rules it goes, and the archive outlives it', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateEventBus', { Name: 'orders' });
  await bus.call('CreateArchive', { ArchiveName: 'a', EventSourceArn: arn('event-bus/orders') });
  const refused = await bus.call('DeleteEventBus', { Name: 'orders' });
  assert.equal(refused.json.message, "EventBus can't be deleted since it has rules.");
  const EventBusName = 'orders';
  await bus.call('RemoveTargets', { Rule: rule, EventBusName, Ids: [rule], Force: true });
  await bus.call('DeleteRule', { Name: rule, EventBusName, Force: true });
  assert.equal((await bus.call('DeleteEventBus', { Name: 'orders' })).status, 200);
  const { json } = await bus.call('DescribeArchive', { ArchiveName: 'a' });
  assert.equal(json.State, 'DISABLED');
  assert.equal(json.EventSourceArn, arn('event-bus/orders'));
});
