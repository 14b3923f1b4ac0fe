import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EVENT_ID, invocationOf, startKind, testRefusals, told } from '../../../test/aws-target-suite.ts';
import { createStepFunctionsTarget } from './step-functions.ts';

const arn = 'arn:aws:states:eu-central-1:111111111111:stateMachine:m';

test('an execution is started with the input, twice under one name', async (t) => {
  const { kind, aws } = await startKind(t, createStepFunctionsTarget);
  const invocation = invocationOf({ arn }, { input: '{"é":1}' });
  assert.equal(told(await kind.invoke(invocation)), 'delivered');
  await kind.invoke(invocation);
  await kind.invoke({ ...invocation, delivery: { ...invocation.delivery, id: 'd-2' } });
  const [first, second, third] = aws.calls.map(({ input }) => String(input['name']));
  assert.equal(first, second);
  assert.notEqual(first, third, 'another delivery of the event is another execution');
  assert.match(first ?? '', new RegExp(`^${EVENT_ID}_[0-9a-f]{32}$`));
  const [call] = aws.calls;
  assert.equal(call?.operation, 'StartExecution');
  assert.deepEqual(call?.input, { stateMachineArn: arn, name: first, input: '{"é":1}' });
});

test('what an earlier attempt has started is delivered', async (t) => {
  const { kind } = await startKind(t, createStepFunctionsTarget, () => ({ error: 'ExecutionAlreadyExists' }));
  assert.equal(told(await kind.invoke(invocationOf({ arn }))), 'delivered');
});

testRefusals('Step Functions', {
  create: createStepFunctionsTarget,
  target: { arn },
  refusals: {
    missing: [
      ['StateMachineDoesNotExist', 400],
      ['StateMachineDeleting', 400],
      ['ResourceNotFound', 400],
    ],
    denied: [
      ['AccessDeniedException', 400],
      ['KmsAccessDeniedException', 400],
    ],
    refused: [
      ['InvalidExecutionInput', 400],
      ['InvalidArn', 400],
      ['ValidationException', 400],
    ],
    throttled: [
      ['ExecutionLimitExceeded', 400],
      ['ThrottlingException', 400],
    ],
  },
});
