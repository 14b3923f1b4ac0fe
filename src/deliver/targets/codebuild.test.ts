import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invocationOf, startKind, testRefusals, told } from '../../../test/aws-target-suite.ts';
import { createCodeBuildTarget } from './codebuild.ts';

const arn = 'arn:aws:codebuild:eu-central-1:111111111111:project/shop';

test('a build is started with the overrides of the input, once however often it is asked for', async (t) => {
  const { kind, aws } = await startKind(t, createCodeBuildTarget);
  const overrides = {
    sourceVersion: 'main',
    environmentVariablesOverride: [{ name: 'ORDER', value: 'o-1', type: 'PLAINTEXT' }],
    timeoutInMinutesOverride: 30,
  };
  const input = JSON.stringify({ ...overrides, projectName: 'another', idempotencyToken: 'mine' });
  const invocation = invocationOf({ arn }, { input });
  assert.equal(told(await kind.invoke(invocation)), 'delivered');
  await kind.invoke({ ...invocation, input: invocation.delivery.event.envelope });
  const [first, second] = aws.calls;
  assert.equal(first?.operation, 'StartBuild');
  const { idempotencyToken } = second?.input ?? {};
  assert.match(String(idempotencyToken), /^[0-9a-f]{64}$/);
  assert.deepEqual(first?.input, { ...overrides, projectName: 'shop', idempotencyToken });
  assert.deepEqual(second?.input, { projectName: 'shop', idempotencyToken });
});

testRefusals('CodeBuild', {
  create: createCodeBuildTarget,
  target: { arn },
  refusals: {
    missing: [['ResourceNotFoundException', 400]],
    denied: [['AccessDeniedException', 400]],
    refused: [['InvalidInputException', 400]],
    throttled: [['AccountLimitExceededException', 400]],
  },
});
