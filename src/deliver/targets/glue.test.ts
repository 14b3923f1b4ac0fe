import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invocationOf, startKind, testRefusals, told } from '../../../test/aws-target-suite.ts';
import { createGlueTarget } from './glue.ts';

const arn = 'arn:aws:glue:eu-central-1:111111111111:workflow/nightly load';

test('a run of the workflow is started', async (t) => {
  const { kind, aws } = await startKind(t, createGlueTarget);
  assert.equal(told(await kind.invoke(invocationOf({ arn }))), 'delivered');
  assert.equal(aws.calls[0]?.operation, 'StartWorkflowRun');
  assert.deepEqual(aws.calls[0]?.input, { Name: 'nightly load' });
});

testRefusals('Glue', {
  create: createGlueTarget,
  target: { arn },
  refusals: {
    missing: [['EntityNotFoundException', 400]],
    denied: [['AccessDeniedException', 400]],
    refused: [['InvalidInputException', 400]],
    throttled: [
      ['ConcurrentRunsExceededException', 400],
      ['ResourceNumberLimitExceededException', 400],
      ['ThrottlingException', 400],
    ],
  },
});
