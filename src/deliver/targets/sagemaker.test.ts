import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invocationOf, startKind, testRefusals, told } from '../../../test/aws-target-suite.ts';
import { createSageMakerTarget } from './sagemaker.ts';

const arn = 'arn:aws:sagemaker:eu-central-1:111111111111:pipeline/train';

test('an execution is started with parameters that may be paths into the event, under one name', async (t) => {
  const { kind, aws } = await startKind(t, createSageMakerTarget);
  const pipelineParameterList = [
    { name: 'Data', value: '$.detail.key' },
    { name: 'Rounds', value: '10' },
    { name: 'Missing', value: '$.detail.nothing' },
  ];
  const target = { arn, sageMakerPipelineParameters: { pipelineParameterList } };
  const invocation = invocationOf(target, { detail: '{"key":"s3://a/b"}' });
  assert.equal(told(await kind.invoke(invocation)), 'delivered');
  await kind.invoke(invocation);
  const [first, second] = aws.calls;
  assert.equal(first?.operation, 'StartPipelineExecution');
  const { ClientRequestToken, ...rest } = first?.input ?? {};
  assert.equal(ClientRequestToken, second?.input['ClientRequestToken']);
  assert.deepEqual(rest, {
    PipelineName: 'train',
    PipelineParameters: [
      { Name: 'Data', Value: 's3://a/b' },
      { Name: 'Rounds', Value: '10' },
      { Name: 'Missing', Value: '' },
    ],
  });
});

test('a pipeline of another account goes by its ARN, and parameters are not needed', async (t) => {
  const { kind, aws } = await startKind(t, createSageMakerTarget);
  const shared = arn.replace('111111111111', '222222222222');
  await kind.invoke(invocationOf({ arn: shared }));
  assert.equal(aws.calls[0]?.input['PipelineName'], shared);
});

testRefusals('SageMaker', {
  create: createSageMakerTarget,
  target: { arn },
  refusals: {
    missing: [['ResourceNotFound', 400]],
    denied: [['AccessDeniedException', 400]],
    refused: [['ValidationException', 400]],
    throttled: [['ResourceLimitExceeded', 400]],
  },
});
