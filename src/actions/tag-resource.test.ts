import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus, type TestBus } from '../../test/running-bus.ts';

const arn = (resource: string) => `arn:aws:events:eu-central-1:111111111111:${resource}`;
const BUS = arn('event-bus/default');
const tag = (Key: string, Value = 'v') => ({ Key, Value });

async function tags(bus: TestBus, ResourceARN: string): Promise<unknown> {
  return (await bus.call('ListTagsForResource', { ResourceARN })).json.Tags;
}

test('serialization: an empty structure', async (t) => {
  const bus = await startTestBus(t);
  const { status, text } = await bus.call('TagResource', { ResourceARN: BUS, Tags: [tag('a')] });
  assert.deepEqual([status, text], [200, '{}']);
});

test('validation: what is not there, and what is no rule or event bus', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateEventBus', { Name: 'orders' });
  const cases: readonly (readonly [string, string, string])[] = [
    [arn('rule/r'), 'ResourceNotFoundException', 'Rule r does not exist on EventBus default.'],
    [arn('rule/orders/r'), 'ResourceNotFoundException', 'Rule r does not exist on EventBus orders.'],
    [arn('rule/nope/r'), 'ResourceNotFoundException', 'Event bus nope does not exist.'],
    [arn('event-bus/nope'), 'ResourceNotFoundException', 'Event bus nope does not exist.'],
    [
      arn('archive/a'),
      'ValidationException',
      `Parameter ${arn('archive/a')} is not valid. Reason: Provided Arn is not in correct format.`,
    ],
    ['r', 'ValidationException', 'Parameter r is not valid. Reason: Provided Arn is not in correct format.'],
  ];
  for (const [ResourceARN, __type, message] of cases) {
    const { status, json } = await bus.call('TagResource', { ResourceARN, Tags: [tag('a')] });
    assert.deepEqual([status, json], [400, { __type, message }]);
  }
});

test('validation: reserved keys, and more tags than fifty', async (t) => {
  const bus = await startTestBus(t);
  const reserved = {
    __type: 'ValidationException',
    message: 'aws: prefixed tag key names are not allowed for external use.',
  };
  for (const key of ['aws:x', 'AWS:x']) {
    const { json } = await bus.call('TagResource', { ResourceARN: BUS, Tags: [tag('a'), tag(key)] });
    assert.deepEqual(json, reserved);
  }
  const many = Array.from({ length: 50 }, (_, index) => tag(`k${index}`));
  assert.equal((await bus.call('TagResource', { ResourceARN: BUS, Tags: many })).status, 200);
  assert.equal((await bus.call('TagResource', { ResourceARN: BUS, Tags: [tag('k7', 'new')] })).status, 200);
  assert.deepEqual((await bus.call('TagResource', { ResourceARN: BUS, Tags: [tag('k50')] })).json, {
    __type: 'LimitExceededException',
    message: 'The requested resource exceeds the maximum number allowed.',
  });
});

test('validation: tags at creation are checked like later ones', async (t) => {
  const bus = await startTestBus(t);
  const Tags = [tag('aws:x')];
  assert.equal((await bus.call('CreateEventBus', { Name: 'orders', Tags })).status, 400);
  const EventPattern = '{"source":["a"]}';
  assert.equal((await bus.call('PutRule', { Name: 'r', EventPattern, Tags })).status, 400);
});

test('behaviour: rules and event buses bear tags; the same key gets the new value', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateEventBus', { Name: 'orders', Tags: [tag('at', 'birth')] });
  await bus.call('PutRule', { Name: 'r', EventPattern: '{"source":["a"]}', Tags: [tag('at', 'birth')] });
  await bus.call('PutRule', { Name: 'r', EventBusName: 'orders', EventPattern: '{"source":["a"]}' });
  for (const ResourceARN of [arn('event-bus/orders'), arn('rule/r')]) {
    await bus.call('TagResource', { ResourceARN, Tags: [tag('a', '1'), tag('at', 'work')] });
    assert.deepEqual(await tags(bus, ResourceARN), [tag('at', 'work'), tag('a', '1')]);
  }
  assert.deepEqual(await tags(bus, arn('rule/orders/r')), []);
  assert.deepEqual(await tags(bus, BUS), []);
});

test("behaviour: a rule of an archive is its service's", async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateArchive', { ArchiveName: 'all', EventSourceArn: BUS });
  const { Rules } = (await bus.call('ListRules', {})).json;
  const [{ Arn, Name }] = Rules as [{ Arn: string; Name: string }];
  const { json } = await bus.call('TagResource', { ResourceARN: Arn, Tags: [tag('a')] });
  assert.deepEqual(json, {
    __type: 'ManagedRuleException',
    message: `Tag related operations on the managed rule ${Name} is not allowed.`,
  });
});

test('behaviour: another account tags what a policy opens to it', async (t) => {
  const bus = await startTestBus(t);
  const caller = { account: '222222222222' };
  const Tags = [tag('a')];
  const denied = await bus.call('TagResource', { ResourceARN: BUS, Tags }, caller);
  assert.deepEqual(denied.json, {
    __type: 'AccessDeniedException',
    message: `User: arn:aws:iam::222222222222:root is not authorized to perform: events:TagResource on resource: ${BUS} because no resource-based policy allows the events:TagResource action`,
  });
  const Statement = { Effect: 'Allow', Principal: '*', Action: 'events:TagResource', Resource: BUS };
  await bus.call('PutPermission', { Policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
  assert.equal((await bus.call('TagResource', { ResourceARN: BUS, Tags }, caller)).status, 200);
  assert.deepEqual(await tags(bus, BUS), Tags);
});

test('validation: each resource has one spelling, so that policies can name it', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('PutRule', { Name: 'prod', EventPattern: '{"source":["a"]}' });
  const rule = 'arn:aws:events:eu-central-1:111111111111:rule/prod';
  const tags = { Tags: [{ Key: 'k', Value: 'v' }] };
  for (const ResourceARN of [
    rule.replace('rule/', 'rule/default/'),
    rule.replace('arn:aws:', 'arn:aws-cn:'),
  ]) {
    assert.equal(
      (await bus.call('TagResource', { ResourceARN, ...tags })).json.__type,
      'ValidationException',
    );
  }
  assert.equal((await bus.call('TagResource', { ResourceARN: rule, ...tags })).status, 200);
});
