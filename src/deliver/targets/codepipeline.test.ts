import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invocationOf, startKind, testRefusals, told } from '../../../test/aws-target-suite.ts';
import { createCodePipelineTarget } from './codepipeline.ts';

const arn = 'arn:aws:codepipeline:eu-central-1:111111111111:shop.main';

test('an execution is started with the variables and revisions of the input', async (t) => {
  const { kind, aws } = await startKind(t, createCodePipelineTarget);
  const given = {
    variables: [{ name: 'ORDER', value: 'o-1' }],
    sourceRevisions: [{ actionName: 'Source', revisionType: 'S3_OBJECT_VERSION_ID', revisionValue: 'v-1' }],
  };
  const invocation = invocationOf({ arn }, { input: JSON.stringify({ ...given, name: 'another' }) });
  assert.equal(told(await kind.invoke(invocation)), 'delivered');
  await kind.invoke({ ...invocation, input: invocation.delivery.event.envelope });
  const [first, second] = aws.calls;
  assert.equal(first?.operation, 'StartPipelineExecution');
  const { clientRequestToken } = second?.input ?? {};
  assert.match(String(clientRequestToken), /^[0-9a-f]{64}$/);
  assert.deepEqual(first?.input, { ...given, name: 'shop.main', clientRequestToken });
  assert.deepEqual(second?.input, { name: 'shop.main', clientRequestToken });
});

testRefusals('CodePipeline', {
  create: createCodePipelineTarget,
  target: { arn },
  refusals: {
    missing: [['PipelineNotFoundException', 400]],
    denied: [['AccessDeniedException', 400]],
    refused: [['ValidationException', 400]],
    throttled: [['ConcurrentPipelineExecutionsLimitExceededException', 400]],
  },
});
