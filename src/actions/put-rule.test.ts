import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';

const EventPattern = '{"source":["com.example"]}';
const NOT_VALID = 'Parameter ScheduleExpression is not valid.';

test('serialization: the answer is the ARN, which names the bus unless it is the default one', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateEventBus', { Name: 'orders' });
  assert.deepEqual((await bus.call('PutRule', { Name: 'r', EventPattern })).json, {
    RuleArn: 'arn:aws:events:eu-central-1:111111111111:rule/r',
  });
  assert.deepEqual((await bus.call('PutRule', { Name: 'r', EventPattern, EventBusName: 'orders' })).json, {
    RuleArn: 'arn:aws:events:eu-central-1:111111111111:rule/orders/r',
  });
});

test('validation: a rule needs a pattern or a schedule', async (t) => {
  const bus = await startTestBus(t);
  for (const rest of [{}, { EventPattern: '' }, { EventPattern: '', ScheduleExpression: '' }]) {
    const { json } = await bus.call('PutRule', { Name: 'r', ...rest });
    assert.deepEqual(json, {
      __type: 'ValidationException',
      message: 'Parameter(s) EventPattern or ScheduleExpression must be specified.',
    });
  }
});

test('validation: an invalid pattern is refused with the reason, and leaves the rule as it was', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('PutRule', { Name: 'r', EventPattern });
  const { status, json } = await bus.call('PutRule', { Name: 'r', EventPattern: '{"source":[]}' });
  assert.equal(status, 400);
  assert.equal(json.__type, 'InvalidEventPatternException');
  assert.match(String(json.message), /^Event pattern is not valid\. Reason: Empty arrays are not allowed/);
  assert.equal((await bus.call('DescribeRule', { Name: 'r' })).json.EventPattern, EventPattern);
});

test('validation: an unknown bus is refused', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('PutRule', { Name: 'r', EventPattern, EventBusName: 'nope' });
  assert.equal(json.message, 'Event bus nope does not exist.');
});

for (const [what, request, message] of [
  ['a schedule that is none', { ScheduleExpression: 'rate(1 minutes)' }, NOT_VALID],
  [
    'a schedule that is none, before the unknown event bus,',
    { ScheduleExpression: 'cron(0 0 * * * *)', EventBusName: 'nope' },
    NOT_VALID,
  ],
  [
    'a schedule that is none, before the custom event bus,',
    { ScheduleExpression: 'rate(0 minutes)', EventBusName: 'orders' },
    NOT_VALID,
  ],
  [
    'a schedule on a custom event bus',
    { ScheduleExpression: 'rate(1 minute)', EventBusName: 'orders' },
    'ScheduleExpression is supported only on the default event bus.',
  ],
  [
    'an empty schedule beside a pattern on a custom event bus',
    { ScheduleExpression: '', EventPattern, EventBusName: 'orders' },
    'ScheduleExpression is supported only on the default event bus.',
  ],
  [
    'a schedule in the state of CloudTrail',
    { ScheduleExpression: 'rate(1 minute)', State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' },
    'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS rule state is not supported with scheduled rule expressions.',
  ],
] as const) {
  test(`validation: ${what} is refused`, async (t) => {
    const bus = await startTestBus(t);
    await bus.call('CreateEventBus', { Name: 'orders' });
    const { status, json } = await bus.call('PutRule', { Name: 'r', ...request });
    assert.deepEqual({ status, json }, { status: 400, json: { __type: 'ValidationException', message } });
    assert.deepEqual((await bus.call('ListRules', {})).json.Rules, []);
  });
}

for (const [what, request] of [
  ['a schedule', { ScheduleExpression: 'cron(0 12 * * ? *)' }],
  ['a schedule beside a pattern', { ScheduleExpression: 'rate(5 minutes)', EventPattern }],
  ['a schedule that never comes', { ScheduleExpression: 'cron(0 0 31 FEB ? *)' }],
  [
    'a schedule on the default event bus by its ARN',
    {
      ScheduleExpression: 'rate(1 day)',
      EventBusName: 'arn:aws:events:eu-central-1:111111111111:event-bus/default',
    },
  ],
  [
    'an empty schedule beside a pattern in the state of CloudTrail',
    { ScheduleExpression: '', EventPattern, State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' },
  ],
] as const) {
  test(`behaviour: ${what} is taken and shown`, async (t) => {
    const bus = await startTestBus(t);
    assert.equal((await bus.call('PutRule', { Name: 'r', ...request })).status, 200);
    const { json } = await bus.call('DescribeRule', { Name: 'r' });
    assert.equal(json.ScheduleExpression, request.ScheduleExpression);
    assert.equal('ScheduledFrom' in json, false);
  });
}

test('behaviour: putting again replaces everything but the targets', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('PutRule', { Name: 'r', EventPattern, Description: 'first', State: 'DISABLED' });
  await bus.call('PutTargets', { Rule: 'r', Targets: [{ Id: 'a', Arn: 'http://127.0.0.1:1/' }] });
  await bus.call('PutRule', { Name: 'r', EventPattern: '{"source":["other"]}' });
  assert.deepEqual((await bus.call('DescribeRule', { Name: 'r' })).json, {
    Name: 'r',
    Arn: 'arn:aws:events:eu-central-1:111111111111:rule/r',
    EventPattern: '{"source":["other"]}',
    State: 'ENABLED',
    EventBusName: 'default',
    CreatedBy: '111111111111',
  });
  const targets = (await bus.call('ListTargetsByRule', { Rule: 'r' })).json.Targets as unknown[];
  assert.equal(targets.length, 1);
});

test('behaviour: no more rules on a bus than the quota', async (t) => {
  const bus = await startTestBus(t, { limits: { rulesPerEventBus: 1 } });
  assert.equal((await bus.call('PutRule', { Name: 'a', EventPattern })).status, 200);
  assert.equal(
    (await bus.call('PutRule', { Name: 'b', EventPattern })).json.__type,
    'LimitExceededException',
  );
  assert.equal((await bus.call('PutRule', { Name: 'a', EventPattern })).status, 200);
});

test('behaviour: no longer pattern than the quota, which is below what the model allows', async (t) => {
  const bus = await startTestBus(t);
  const sized = (length: number) => `{"source":["${'a'.repeat(length - 15)}"]}`;
  assert.equal((await bus.call('PutRule', { Name: 'a', EventPattern: sized(2048) })).status, 200);
  const { json } = await bus.call('PutRule', { Name: 'b', EventPattern: sized(2049) });
  assert.equal(json.__type, 'LimitExceededException');
});
