import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EVENT_ID, invocationOf, startKind, testRefusals, told } from '../../../test/aws-target-suite.ts';
import { createKinesisTarget } from './kinesis.ts';

const arn = 'arn:aws:kinesis:eu-central-1:111111111111:stream/s';

function taken(records: unknown) {
  const Records = (records as unknown[]).map((_, n) => ({ SequenceNumber: String(n), ShardId: 'shard-0' }));
  return { output: { FailedRecordCount: 0, Records } };
}

test('the input is a record’s data, with the event’s id as its key', async (t) => {
  const { kind, aws } = await startKind(t, createKinesisTarget, ({ input }) => taken(input['Records']));
  assert.equal(told(await kind.invoke(invocationOf({ arn }, { input: '{"é":1.10}' }))), 'delivered');
  const [call] = aws.calls;
  assert.equal(call?.operation, 'PutRecords');
  assert.equal(call?.region, 'eu-central-1');
  assert.deepEqual(call?.input, {
    StreamARN: arn,
    StreamName: 's',
    Records: [{ Data: '{"é":1.10}', PartitionKey: EVENT_ID }],
  });
});

for (const [detail, partitionKeyPath, key] of [
  ['{"shop":"a"}', '$.detail.shop', 'a'],
  ['{"shop":{"id":1.10}}', '$.detail.shop', '{"id":1.10}'],
  ['{"shop":""}', '$.detail.shop', EVENT_ID],
  ['{}', '$.detail.shop', EVENT_ID],
  ['{}', '$.detail-type', 'order'],
  [`{"shop":"${'k'.repeat(256)}"}`, '$.detail.shop', 'k'.repeat(256)],
] as const) {
  test(`${partitionKeyPath} of ${detail.slice(0, 40)} makes the key`, async (t) => {
    const { kind, aws } = await startKind(t, createKinesisTarget, ({ input }) => taken(input['Records']));
    await kind.invoke(invocationOf({ arn, kinesisParameters: { partitionKeyPath } }, { detail }));
    assert.deepEqual(aws.calls[0]?.input['Records'], [{ Data: '{"a":1}', PartitionKey: key }]);
  });
}

test('a key that is too long ends the delivery', async (t) => {
  const { kind, aws } = await startKind(t, createKinesisTarget);
  const detail = `{"shop":"${'k'.repeat(257)}"}`;
  const kinesisParameters = { partitionKeyPath: '$.detail.shop' };
  const outcome = await kind.invoke(invocationOf({ arn, kinesisParameters }, { detail }));
  assert.equal(told(outcome), 'permanent INVALID_PARAMETER');
  assert.equal(aws.calls.length, 0);
});

test('records go out together, and each has its own end', async (t) => {
  const { kind, aws } = await startKind(t, createKinesisTarget, () => ({
    output: {
      FailedRecordCount: 2,
      Records: [
        { SequenceNumber: '1', ShardId: 'shard-0' },
        { ErrorCode: 'ProvisionedThroughputExceededException', ErrorMessage: 'Too fast.' },
        { ErrorCode: 'InternalFailure', ErrorMessage: 'Internal Service Failure' },
      ],
    },
  }));
  const kinesisParameters = { partitionKeyPath: '$.detail.shop' };
  const target = { arn, kinesisParameters };
  const tooLong = `{"shop":"${'k'.repeat(257)}"}`;
  const outcomes = await kind.invokeBatch([
    invocationOf(target, { input: '1' }),
    invocationOf(target, { input: '2', detail: tooLong }),
    invocationOf(target, { input: '3' }),
    invocationOf(target, { input: '4' }),
  ]);
  assert.deepEqual(outcomes.map(told), [
    'delivered',
    'permanent INVALID_PARAMETER',
    'retryable THROTTLING',
    'retryable SERVER_ERROR',
  ]);
  assert.deepEqual(aws.calls[0]?.input['Records'], [
    { Data: '1', PartitionKey: 'a' },
    { Data: '3', PartitionKey: 'a' },
    { Data: '4', PartitionKey: 'a' },
  ]);
});

test('a batch that is refused comes again in halves until the one that is to blame stands alone', async (t) => {
  const { kind, aws } = await startKind(t, createKinesisTarget, ({ input }) => {
    const records = input['Records'] as { Data: string }[];
    return records.some(({ Data }) => Data === '"bad"')
      ? { error: 'InvalidArgumentException' }
      : taken(records);
  });
  const inputs = ['1', '2', '3', '"bad"', '5'];
  const outcomes = await kind.invokeBatch(inputs.map((input) => invocationOf({ arn }, { input })));
  assert.deepEqual(outcomes.map(told), [
    'delivered',
    'delivered',
    'delivered',
    'permanent SDK_CLIENT_ERROR',
    'delivered',
  ]);
  assert.equal(aws.calls.length, 5);
});

test('a batch that fails for another reason comes as a whole', async (t) => {
  const { kind, aws } = await startKind(t, createKinesisTarget, () => ({
    error: 'InternalFailure',
    status: 500,
  }));
  const outcomes = await kind.invokeBatch(['1', '2'].map((input) => invocationOf({ arn }, { input })));
  assert.deepEqual(outcomes.map(told), ['retryable SERVER_ERROR', 'retryable SERVER_ERROR']);
  assert.equal(aws.calls.length, 1);
});

test('records that the answer does not tell of are sent again', async (t) => {
  const { kind } = await startKind(t, createKinesisTarget, () => taken([1]));
  const outcomes = await kind.invokeBatch(['1', '2'].map((input) => invocationOf({ arn }, { input })));
  assert.deepEqual(outcomes.map(told), ['delivered', 'retryable SERVER_ERROR']);
});

testRefusals('Kinesis', {
  create: createKinesisTarget,
  target: { arn },
  refusals: {
    missing: [['ResourceNotFoundException', 400]],
    denied: [
      ['AccessDeniedException', 400],
      ['KMSDisabledException', 400],
      ['UnrecognizedClientException', 400],
    ],
    refused: [
      ['InvalidArgumentException', 400],
      ['ValidationException', 400],
    ],
    throttled: [
      ['ProvisionedThroughputExceededException', 400],
      ['KMSThrottlingException', 400],
    ],
  },
});
