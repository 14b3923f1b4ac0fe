import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invocationOf, startKind, testRefusals, told } from '../../../test/aws-target-suite.ts';
import { createSsmRunCommandTarget } from './ssm-run-command.ts';

const arn = 'arn:aws:ssm:eu-central-1::document/AWS-RunShellScript';
const runCommandParameters = {
  runCommandTargets: [
    { key: 'tag:role', values: ['packer', 'shipper'] },
    { key: 'InstanceIds', values: ['i-1'] },
  ],
};
const Targets = [
  { Key: 'tag:role', Values: ['packer', 'shipper'] },
  { Key: 'InstanceIds', Values: ['i-1'] },
];

test('a document is run on the machines of the RunCommandParameters, with the input as parameters', async (t) => {
  const { kind, aws } = await startKind(t, createSsmRunCommandTarget);
  const input = JSON.stringify({ commands: ['date', 'pack o-1'], executionTimeout: '600', count: 3 });
  const target = { arn, runCommandParameters, input };
  assert.equal(told(await kind.invoke(invocationOf(target, { input }))), 'delivered');
  assert.equal(aws.calls[0]?.operation, 'SendCommand');
  assert.deepEqual(aws.calls[0]?.input, {
    DocumentName: 'AWS-RunShellScript',
    Targets,
    Parameters: { commands: ['date', 'pack o-1'], executionTimeout: ['600'], count: ['3'] },
  });
});

test('an event as it is holds no parameters', async (t) => {
  const { kind, aws } = await startKind(t, createSsmRunCommandTarget);
  const invocation = invocationOf({ arn, runCommandParameters });
  await kind.invoke({ ...invocation, input: invocation.delivery.event.envelope });
  assert.deepEqual(aws.calls[0]?.input, { DocumentName: 'AWS-RunShellScript', Targets });
});

test('a document of another account goes by its ARN', async (t) => {
  const { kind, aws } = await startKind(t, createSsmRunCommandTarget);
  for (const account of ['111111111111', '222222222222']) {
    const shared = `arn:aws:ssm:eu-central-1:${account}:document/pack`;
    await kind.invoke(invocationOf({ arn: shared, runCommandParameters }));
  }
  assert.deepEqual(
    aws.calls.map(({ input }) => input['DocumentName']),
    ['pack', 'arn:aws:ssm:eu-central-1:222222222222:document/pack'],
  );
});

test('parameters that are no texts are the last word', async (t) => {
  const { kind, aws } = await startKind(t, createSsmRunCommandTarget);
  for (const input of ['[]', '{"commands":{}}', '{"commands":[null]}']) {
    const outcome = await kind.invoke(invocationOf({ arn, runCommandParameters, input }, { input }));
    assert.equal(told(outcome), 'permanent INVALID_PARAMETER', input);
  }
  assert.equal(aws.calls.length, 0);
});

testRefusals('SSM Run Command', {
  create: createSsmRunCommandTarget,
  target: { arn, runCommandParameters },
  refusals: {
    missing: [['InvalidDocument', 400]],
    denied: [['AccessDeniedException', 400]],
    refused: [
      ['InvalidParameters', 400],
      ['InvalidInstanceId', 400],
      ['UnsupportedPlatformType', 400],
    ],
    throttled: [['ThrottlingException', 400]],
  },
});
