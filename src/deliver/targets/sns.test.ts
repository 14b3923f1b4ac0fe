import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invocationOf, startKind, testRefusals, told } from '../../../test/aws-target-suite.ts';
import { createSnsTarget } from './sns.ts';

const arn = 'arn:aws:sns:eu-central-1:111111111111:t';

test('inputs are messages, and each has its own end', async (t) => {
  const { kind, aws } = await startKind(t, createSnsTarget, () => ({
    output: {
      // Not in the order of the entries, as SNS may answer.
      Successful: [
        { Id: '3', MessageId: 'm-3' },
        { Id: '0', MessageId: 'm-0' },
      ],
      Failed: [
        { Id: '2', Code: 'InternalError', Message: 'Again.', SenderFault: false },
        { Id: '1', Code: 'InvalidParameter', Message: 'Message too long', SenderFault: true },
      ],
    },
  }));
  const inputs = ['"é & <b>"', '1', '2', '3'];
  const outcomes = await kind.invokeBatch(inputs.map((input) => invocationOf({ arn }, { input })));
  assert.deepEqual(outcomes.map(told), [
    'delivered',
    'permanent SDK_CLIENT_ERROR',
    'retryable SERVER_ERROR',
    'delivered',
  ]);
  const [call] = aws.calls;
  assert.equal(call?.operation, 'PublishBatch');
  assert.deepEqual(call?.input, {
    TopicArn: arn,
    PublishBatchRequestEntries: inputs.map((Message, n) => ({ Id: String(n), Message })),
  });
});

test('one message', async (t) => {
  const { kind } = await startKind(t, createSnsTarget, () => ({
    output: { Successful: [{ Id: '0', MessageId: 'm-0' }], Failed: [] },
  }));
  assert.equal(told(await kind.invoke(invocationOf({ arn }))), 'delivered');
});

testRefusals('SNS', {
  create: createSnsTarget,
  target: { arn },
  refusals: {
    missing: [['NotFound', 404]],
    denied: [
      ['AuthorizationError', 403],
      ['AccessDenied', 403],
      ['InvalidClientTokenId', 403],
      ['KMSAccessDenied', 400],
    ],
    refused: [
      ['InvalidParameter', 400],
      ['BatchRequestTooLong', 400],
      ['ValidationError', 400],
    ],
    throttled: [
      ['Throttled', 429],
      ['Throttling', 400],
    ],
  },
});
