import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invocationOf, startKind, testRefusals, told } from '../../../test/aws-target-suite.ts';
import { createInspectorTarget } from './inspector.ts';

const arn = 'arn:aws:inspector:eu-central-1:111111111111:target/0-abc/template/0-def';

test('an assessment run of the template is started', async (t) => {
  const { kind, aws } = await startKind(t, createInspectorTarget);
  assert.equal(told(await kind.invoke(invocationOf({ arn }))), 'delivered');
  assert.equal(aws.calls[0]?.operation, 'StartAssessmentRun');
  assert.deepEqual(aws.calls[0]?.input, { assessmentTemplateArn: arn });
});

testRefusals('Inspector', {
  create: createInspectorTarget,
  target: { arn },
  refusals: {
    missing: [['NoSuchEntityException', 400]],
    denied: [['AccessDeniedException', 400]],
    refused: [
      ['InvalidInputException', 400],
      ['InvalidCrossAccountRoleException', 400],
    ],
    throttled: [['LimitExceededException', 400]],
  },
});
