import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invocationOf, startKind, testRefusals, told } from '../../../test/aws-target-suite.ts';
import { createLambdaTarget } from './lambda.ts';

const arn = 'arn:aws:lambda:eu-central-1:111111111111:function:f';

for (const FunctionName of [arn, `${arn}:live`, `${arn}:$LATEST`]) {
  test(`${FunctionName} is invoked asynchronously`, async (t) => {
    const { kind, aws } = await startKind(t, createLambdaTarget, () => ({ status: 202, body: '' }));
    assert.equal(told(await kind.invoke(invocationOf({ arn: FunctionName }, { input: '"é"' }))), 'delivered');
    const [call] = aws.calls;
    assert.equal(call?.operation, 'Invoke');
    assert.equal(call?.region, 'eu-central-1');
    assert.deepEqual(call?.input, { FunctionName, InvocationType: 'Event', Payload: '"é"' });
  });
}

testRefusals('Lambda', {
  create: createLambdaTarget,
  target: { arn },
  refusals: {
    missing: [['ResourceNotFoundException', 404]],
    denied: [
      ['AccessDeniedException', 403],
      ['KMSAccessDeniedException', 502],
    ],
    refused: [
      ['InvalidRequestContentException', 400],
      ['RequestTooLargeException', 413],
      ['InvalidParameterValueException', 400],
      ['RecursiveInvocationException', 400],
    ],
    throttled: [
      ['TooManyRequestsException', 429],
      ['EC2ThrottledException', 502],
    ],
  },
});

test('a function that is being changed may be asked again', async (t) => {
  const { kind } = await startKind(t, createLambdaTarget, () => ({
    error: 'ResourceConflictException',
    status: 409,
  }));
  assert.equal(told(await kind.invoke(invocationOf({ arn }))), 'retryable SDK_CLIENT_ERROR');
});
