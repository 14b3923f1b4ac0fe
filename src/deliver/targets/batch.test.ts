import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invocationOf, startKind, testRefusals, told } from '../../../test/aws-target-suite.ts';
import { createBatchTarget } from './batch.ts';

const arn = 'arn:aws:batch:eu-central-1:111111111111:job-queue/orders';
const batchParameters = { jobName: 'pack', jobDefinition: 'pack:3' };

test('a job is submitted as the BatchParameters say, with parameters and overrides from the input', async (t) => {
  const { kind, aws } = await startKind(t, createBatchTarget);
  const parameters = { ...batchParameters, arrayProperties: { size: 10 }, retryStrategy: { attempts: 3 } };
  const input = JSON.stringify({
    Parameters: { S3key: 'a/b', count: 3, dry: false },
    ContainerOverrides: {
      Command: ['echo', 'Ref::S3key'],
      Environment: [{ Name: 'Stage', Value: 'Prod' }],
      ResourceRequirements: [{ Type: 'VCPU', Value: '2' }],
    },
    Tags: { Team: 'Shop' },
    Timeout: { AttemptDurationSeconds: 60 },
    JobName: 'another',
  });
  assert.equal(
    told(await kind.invoke(invocationOf({ arn, batchParameters: parameters }, { input }))),
    'delivered',
  );
  assert.equal(aws.calls[0]?.operation, 'SubmitJob');
  assert.deepEqual(aws.calls[0]?.input, {
    jobQueue: arn,
    ...parameters,
    parameters: { S3key: 'a/b', count: '3', dry: 'false' },
    containerOverrides: {
      command: ['echo', 'Ref::S3key'],
      environment: [{ name: 'Stage', value: 'Prod' }],
      resourceRequirements: [{ type: 'VCPU', value: '2' }],
    },
    tags: { Team: 'Shop' },
    timeout: { attemptDurationSeconds: 60 },
  });
});

test('an event as it is has nothing to say of a job, nor has what is not spelt as EventBridge does', async (t) => {
  const { kind, aws } = await startKind(t, createBatchTarget);
  const invocation = invocationOf({ arn, batchParameters });
  await kind.invoke({ ...invocation, input: invocation.delivery.event.envelope });
  await kind.invoke({ ...invocation, input: '{"parameters":{"a":"b"}}' });
  for (const { input } of aws.calls) assert.deepEqual(input, { jobQueue: arn, ...batchParameters });
  assert.equal(aws.calls.length, 2);
});

test('parameters that are no texts are the last word', async (t) => {
  const { kind, aws } = await startKind(t, createBatchTarget);
  for (const input of ['[]', '{"Parameters":[]}', '{"Parameters":{"a":{}}}', '{"Parameters":{"a":null}}']) {
    const outcome = await kind.invoke(invocationOf({ arn, batchParameters }, { input }));
    assert.equal(told(outcome), 'permanent INVALID_PARAMETER', input);
  }
  assert.equal(aws.calls.length, 0);
});

testRefusals('Batch', {
  create: createBatchTarget,
  target: { arn, batchParameters },
  refusals: {
    missing: [],
    denied: [['AccessDeniedException', 403]],
    refused: [['ClientException', 400]],
    throttled: [['TooManyRequestsException', 429]],
  },
});
