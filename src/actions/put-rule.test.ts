import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';

const EventPattern = '{"source":["com.example"]}';

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

test('validation: schedules are not there yet, and say so', async (t) => {
  const bus = await startTestBus(t);
  const { status, json } = await bus.call('PutRule', { Name: 'r', ScheduleExpression: 'rate(1 minute)' });
  assert.equal(status, 501);
  assert.equal(json.__type, 'NotImplementedException');
});

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
