import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEndpoint } from '../../test/http-endpoint.ts';
import { startTestBus, type TestBus } from '../../test/running-bus.ts';

const OWNER = '111111111111';
const other = { account: '222222222222' };
const BUS = `arn:aws:events:eu-central-1:${OWNER}:event-bus/central`;
const RULES = `arn:aws:events:eu-central-1:${OWNER}:rule/central/*`;
const EventPattern = '{"source":["com.example.shop"]}';
const named = { Name: 'r', EventBusName: BUS };

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-example-policy-same-account-creator.html
const ownRules = {
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${other.account}:root` },
  Action: [
    'events:PutRule',
    'events:DeleteRule',
    'events:DescribeRule',
    'events:DisableRule',
    'events:EnableRule',
    'events:PutTargets',
    'events:RemoveTargets',
    'events:ListTargetsByRule',
  ],
  Resource: RULES,
  Condition: {
    StringEqualsIfExists: {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the policy
      'events:creatorAccount': '${aws:PrincipalAccount}',
      'events:source': 'com.example.shop',
    },
  },
};

async function centralBus(bus: TestBus, ...Statement: readonly object[]): Promise<void> {
  await bus.call('CreateEventBus', { Name: 'central' });
  if (Statement.length === 0) return;
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  const { status, text } = await bus.call('PutPermission', { EventBusName: 'central', Policy });
  assert.equal(status, 200, text);
}

test("validation: without a policy nothing is done on another account's event bus", async (t) => {
  const bus = await startTestBus(t);
  await centralBus(bus);
  const rule = RULES.replace('*', 'r');
  const calls: readonly (readonly [string, object, string])[] = [
    ['PutRule', { ...named, EventPattern }, rule],
    ['DescribeRule', named, rule],
    ['EnableRule', named, rule],
    ['DisableRule', named, rule],
    ['DeleteRule', named, rule],
    ['PutTargets', { Rule: 'r', EventBusName: BUS, Targets: [{ Id: 'a', Arn: 'http://127.0.0.1' }] }, rule],
    ['RemoveTargets', { Rule: 'r', EventBusName: BUS, Ids: ['a'] }, rule],
    ['ListTargetsByRule', { Rule: 'r', EventBusName: BUS }, rule],
    ['ListRules', { EventBusName: BUS }, BUS],
    ['ListRuleNamesByTarget', { EventBusName: BUS, TargetArn: 'a' }, BUS],
    ['DescribeEventBus', { Name: BUS }, BUS],
  ];
  for (const [operation, request, resource] of calls) {
    const { status, json } = await bus.call(operation, request, other);
    const message = `User: arn:aws:iam::${other.account}:root is not authorized to perform: events:${operation} on resource: ${resource} because no resource-based policy allows the events:${operation} action`;
    assert.deepEqual([status, json], [400, { __type: 'AccessDeniedException', message }]);
  }
});

test('validation: an event bus that is not there opens to nobody else', async (t) => {
  const bus = await startTestBus(t);
  const theirs = await bus.call('ListRules', { EventBusName: BUS }, other);
  assert.equal(theirs.json.__type, 'AccessDeniedException');
  const own = await bus.call('ListRules', { EventBusName: BUS });
  assert.equal(own.json.message, 'Event bus central does not exist.');
});

test("behaviour: a rule on another account's event bus is the owner's, and tells its creator", async (t) => {
  const endpoint = await startEndpoint(t);
  const bus = await startTestBus(t);
  await centralBus(bus, ownRules);
  const put = await bus.call('PutRule', { ...named, EventPattern }, other);
  assert.deepEqual(put.json, { RuleArn: RULES.replace('*', 'r') });
  const Targets = [{ Id: 'a', Arn: endpoint.url }];
  const targets = await bus.call('PutTargets', { Rule: 'r', EventBusName: BUS, Targets }, other);
  assert.equal(targets.status, 200);

  for (const [caller, EventBusName] of [
    [{}, 'central'],
    [other, BUS],
  ] as const) {
    const { json } = await bus.call('DescribeRule', { Name: 'r', EventBusName }, caller);
    assert.deepEqual([json.Arn, json.CreatedBy], [RULES.replace('*', 'r'), other.account]);
  }
  assert.deepEqual((await bus.call('ListRules', {}, other)).json, { Rules: [] });

  const Source = 'com.example.shop';
  const Entries = [{ Source, DetailType: 't', Detail: '{}', EventBusName: 'central' }];
  await bus.call('PutEvents', { Entries });
  await endpoint.arrived(1);

  await bus.call('RemoveTargets', { Rule: 'r', EventBusName: BUS, Ids: ['a'] }, other);
  assert.equal((await bus.call('DeleteRule', named, other)).status, 200);
  assert.deepEqual((await bus.call('ListRules', { EventBusName: 'central' })).json, { Rules: [] });
});

test('behaviour: conditions hold the pattern and the creator of the rule', async (t) => {
  const bus = await startTestBus(t);
  await centralBus(bus, ownRules);
  const put = async (pattern: object) =>
    (await bus.call('PutRule', { ...named, EventPattern: JSON.stringify(pattern) }, other)).status;
  assert.equal(await put({ source: ['com.example.bank'] }), 400);
  assert.equal(await put({ source: ['com.example.shop', 'com.example.bank'] }), 400);
  assert.equal(await put({ source: [{ prefix: 'com.' }] }), 400);
  assert.equal(await put({ $or: [{ source: ['com.example.shop'] }, { source: ['x'] }] }), 400);
  assert.equal(await put({ source: ['com.example.shop'] }), 200);

  await bus.call('PutRule', { Name: 'own', EventBusName: 'central', EventPattern });
  const theirs = await bus.call('DisableRule', { Name: 'own', EventBusName: BUS }, other);
  assert.equal(theirs.json.__type, 'AccessDeniedException');
  assert.equal((await bus.call('DisableRule', named, other)).status, 200);
});

test('behaviour: a policy may restrict targets', async (t) => {
  const bus = await startTestBus(t);
  const Condition = { 'ForAllValues:ArnLike': { 'events:TargetArn': 'arn:aws:sqs:*:*:good-*' } };
  await centralBus(bus, { ...ownRules, Action: 'events:PutTargets', Condition });
  await bus.call('PutRule', { Name: 'r', EventBusName: 'central', EventPattern });
  const put = async (...names: string[]) => {
    const Targets = names.map((name) => ({ Id: name, Arn: `arn:aws:sqs:eu-central-1:${OWNER}:${name}` }));
    return (await bus.call('PutTargets', { Rule: 'r', EventBusName: BUS, Targets }, other)).status;
  };
  assert.equal(await put('good-1', 'good-2'), 200);
  assert.equal(await put('good-1', 'bad-1'), 400);
});

test('behaviour: rules on an event bus of another region of the own account', async (t) => {
  const bus = await startTestBus(t);
  await centralBus(bus);
  const far = { region: 'us-west-2' };
  const { json } = await bus.call('PutRule', { ...named, EventPattern }, far);
  assert.deepEqual(json, { RuleArn: RULES.replace('*', 'r') });
  const { Rules } = (await bus.call('ListRules', { EventBusName: BUS }, far)).json;
  assert.equal((Rules as unknown[]).length, 1);
  assert.deepEqual((await bus.call('ListRules', {}, far)).json, { Rules: [] });
});

test('behaviour: a Deny stops the owner, who can still take it back', async (t) => {
  const bus = await startTestBus(t);
  const deny = { Effect: 'Deny', Principal: '*', Action: 'events:*', Resource: '*' };
  await centralBus(bus, deny);
  assert.equal((await bus.call('ListRules', { EventBusName: 'central' })).status, 400);
  const request = { EventBusName: 'central', RemoveAllPermissions: true };
  assert.equal((await bus.call('RemovePermission', request)).status, 200);
  assert.equal((await bus.call('ListRules', { EventBusName: 'central' })).status, 200);
});
