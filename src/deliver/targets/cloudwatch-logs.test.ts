import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invocationOf, NOW, startKind, testRefusals, told } from '../../../test/aws-target-suite.ts';
import { createCloudWatchLogsTarget } from './cloudwatch-logs.ts';

const arn = 'arn:aws:logs:eu-central-1:111111111111:log-group:/aws/events/g';
const place = { logGroupName: '/aws/events/g', logStreamName: 'orders/r/t' };
const transformed = { arn, inputTransformer: { inputTemplate: '{}' } };

function at(time: number, message = 'm') {
  return invocationOf(transformed, { input: JSON.stringify({ timestamp: time, message }) });
}

for (const each of [arn, `${arn}:*`]) {
  test(`an input is logged in ${each} at the time of its event`, async (t) => {
    const { kind, aws } = await startKind(t, createCloudWatchLogsTarget);
    assert.equal(told(await kind.invoke(invocationOf({ arn: each }, { input: '{"é":1.10}' }))), 'delivered');
    const [call] = aws.calls;
    assert.equal(call?.operation, 'PutLogEvents');
    assert.deepEqual(call?.input, { ...place, logEvents: [{ timestamp: NOW, message: '{"é":1.10}' }] });
  });
}

for (const [input, message] of [
  [`{"timestamp":"2026-01-02T03:04:05Z","message":"text"}`, 'text'],
  [`{"timestamp":"${NOW}","message":"text"}`, 'text'],
  [`{"message":{"a":1.10},"timestamp":${NOW}}`, '{"a":1.10}'],
] as const) {
  test(`a template tells time and message: ${input}`, async (t) => {
    const { kind, aws } = await startKind(t, createCloudWatchLogsTarget);
    assert.equal(told(await kind.invoke(invocationOf(transformed, { input }))), 'delivered');
    assert.deepEqual(aws.calls[0]?.input['logEvents'], [{ timestamp: NOW, message }]);
  });
}

for (const input of ['{"message":"m"}', '{"timestamp":1}', '{"timestamp":"soon","message":"m"}', '{} {}']) {
  test(`a template that made ${input} ends the delivery`, async (t) => {
    const { kind, aws } = await startKind(t, createCloudWatchLogsTarget);
    assert.equal(
      told(await kind.invoke(invocationOf(transformed, { input }))),
      'permanent INVALID_PARAMETER',
    );
    assert.equal(aws.calls.length, 0);
  });
}

test('a stream that is missing is made, once though others make it too', async (t) => {
  const answers = [
    { error: 'ResourceNotFoundException', message: 'The specified log stream does not exist.' },
    { error: 'ResourceAlreadyExistsException' },
    { output: {} },
  ];
  const { kind, aws } = await startKind(t, createCloudWatchLogsTarget, (_call, n) => answers[n] ?? 'reset');
  assert.equal(told(await kind.invoke(invocationOf({ arn }))), 'delivered');
  const operations = ['PutLogEvents', 'CreateLogStream', 'PutLogEvents'];
  assert.deepEqual(
    aws.calls.map(({ operation }) => operation),
    operations,
  );
  assert.deepEqual(aws.calls[1]?.input, place);
});

test('events go out in the order of their times', async (t) => {
  const { kind, aws } = await startKind(t, createCloudWatchLogsTarget);
  const outcomes = await kind.invokeBatch([at(NOW + 2, 'b'), at(NOW + 3, 'c'), at(NOW, 'a')]);
  assert.deepEqual(outcomes.map(told), ['delivered', 'delivered', 'delivered']);
  assert.deepEqual(aws.calls[0]?.input['logEvents'], [
    { timestamp: NOW, message: 'a' },
    { timestamp: NOW + 2, message: 'b' },
    { timestamp: NOW + 3, message: 'c' },
  ]);
});

test('events that are too old or from too far ahead end, the others are logged', async (t) => {
  const rejectedLogEventsInfo = {
    expiredLogEventEndIndex: 1,
    tooOldLogEventEndIndex: 2,
    tooNewLogEventStartIndex: 4,
  };
  const { kind } = await startKind(t, createCloudWatchLogsTarget, () => ({
    output: { rejectedLogEventsInfo },
  }));
  const outcomes = await kind.invokeBatch([at(5), at(1), at(4), at(2), at(3)]);
  const [ended, fine] = ['permanent SDK_CLIENT_ERROR', 'delivered'];
  assert.deepEqual(outcomes.map(told), [ended, ended, fine, ended, fine]);
});

test('a group that is missing ends the delivery', async (t) => {
  const { kind, aws } = await startKind(t, createCloudWatchLogsTarget, () => ({
    error: 'ResourceNotFoundException',
    message: 'The specified log group does not exist.',
  }));
  assert.equal(told(await kind.invoke(invocationOf({ arn }))), 'permanent NO_RESOURCE');
  assert.deepEqual(
    aws.calls.map(({ operation }) => operation),
    ['PutLogEvents', 'CreateLogStream'],
  );
});

testRefusals('CloudWatch Logs', {
  create: createCloudWatchLogsTarget,
  target: { arn },
  refusals: {
    missing: [],
    denied: [['AccessDeniedException', 400]],
    refused: [['InvalidParameterException', 400]],
    throttled: [['ThrottlingException', 400]],
  },
});
