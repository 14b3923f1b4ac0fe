import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invocationOf, startKind, testRefusals, told } from '../../../test/aws-target-suite.ts';
import { createSsmAutomationTarget } from './ssm-automation.ts';

const arn = 'arn:aws:ssm:eu-central-1:111111111111:automation-definition/restart:$DEFAULT';

test('a runbook is executed in its version with the input as parameters, under one name', async (t) => {
  const { kind, aws } = await startKind(t, createSsmAutomationTarget);
  const input = '{"InstanceId":["i-1"],"Reason":"o-1"}';
  const invocation = invocationOf({ arn, input }, { input });
  assert.equal(told(await kind.invoke(invocation)), 'delivered');
  await kind.invoke(invocation);
  const [first, second] = aws.calls;
  assert.equal(first?.operation, 'StartAutomationExecution');
  const { ClientToken, ...rest } = first?.input ?? {};
  assert.equal(ClientToken, second?.input['ClientToken']);
  assert.deepEqual(rest, {
    DocumentName: 'restart',
    DocumentVersion: '$DEFAULT',
    Parameters: { InstanceId: ['i-1'], Reason: ['o-1'] },
  });
});

test('a runbook without a version, of AWS or of another account', async (t) => {
  const { kind, aws } = await startKind(t, createSsmAutomationTarget);
  await kind.invoke(invocationOf({ arn: 'arn:aws:ssm:eu-central-1::automation-definition/AWS-Restart' }));
  await kind.invoke(
    invocationOf({ arn: 'arn:aws:ssm:eu-central-1:222222222222:automation-definition/restart:2' }),
  );
  assert.deepEqual(
    aws.calls.map(({ input: { DocumentName, DocumentVersion } }) => [DocumentName, DocumentVersion]),
    [
      ['AWS-Restart', undefined],
      ['arn:aws:ssm:eu-central-1:222222222222:document/restart', '2'],
    ],
  );
});

testRefusals('SSM Automation', {
  create: createSsmAutomationTarget,
  target: { arn },
  refusals: {
    missing: [['AutomationDefinitionNotFoundException', 400]],
    denied: [['AccessDeniedException', 400]],
    refused: [
      ['InvalidAutomationExecutionParametersException', 400],
      ['AutomationDefinitionVersionNotFoundException', 400],
    ],
    throttled: [['AutomationExecutionLimitExceededException', 429]],
  },
});
