import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invocationOf, startKind, testRefusals, told } from '../../../test/aws-target-suite.ts';
import { createFirehoseTarget } from './firehose.ts';

const arn = 'arn:aws:firehose:eu-central-1:111111111111:deliverystream/d';

test('inputs are the data of records, and each has its own end', async (t) => {
  const { kind, aws } = await startKind(t, createFirehoseTarget, () => ({
    output: {
      FailedPutCount: 1,
      RequestResponses: [
        { RecordId: 'r-1' },
        { ErrorCode: 'ServiceUnavailableException', ErrorMessage: 'Slow down.' },
      ],
    },
  }));
  const outcomes = await kind.invokeBatch(['"é"', '2'].map((input) => invocationOf({ arn }, { input })));
  assert.deepEqual(outcomes.map(told), ['delivered', 'retryable SERVER_ERROR']);
  const [call] = aws.calls;
  assert.equal(call?.operation, 'PutRecordBatch');
  assert.deepEqual(call?.input, { DeliveryStreamName: 'd', Records: [{ Data: '"é"' }, { Data: '2' }] });
});

testRefusals('Firehose', {
  create: createFirehoseTarget,
  target: { arn },
  refusals: {
    missing: [['ResourceNotFoundException', 400]],
    denied: [
      ['AccessDeniedException', 400],
      ['InvalidKMSResourceException', 400],
    ],
    refused: [['InvalidArgumentException', 400]],
    throttled: [['LimitExceededException', 400]],
  },
});
