import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invocationOf, startKind, testRefusals, told } from '../../../test/aws-target-suite.ts';
import { createSsmOpsItemTarget } from './ssm-ops-item.ts';

const arn = 'arn:aws:ssm:eu-central-1:111111111111:opsitem';
const input = '{"title":"t","source":"s"}';

test('an OpsItem is made of the input', async (t) => {
  const { kind, aws } = await startKind(t, createSsmOpsItemTarget);
  const described = {
    title: 'Copy failed',
    description: 'See below.',
    category: 'Availability',
    severity: '2',
    source: 'EBS',
    priority: 3,
    notifications: [{ arn: 'arn:aws:sns:eu-central-1:111111111111:t' }],
    resources: ['arn:aws:ec2:eu-central-1:111111111111:volume/v'],
    operationalData: {
      '/aws/dedup': { type: 'SearchableString', value: '{"dedupString":"copy"}' },
      cause: { value: 'no space' },
    },
  };
  const outcome = await kind.invoke(invocationOf({ arn }, { input: JSON.stringify(described) }));
  assert.equal(told(outcome), 'delivered');
  assert.equal(aws.calls[0]?.operation, 'CreateOpsItem');
  assert.deepEqual(aws.calls[0]?.input, {
    Title: 'Copy failed',
    Description: 'See below.',
    Category: 'Availability',
    Severity: '2',
    Source: 'EBS',
    Priority: 3,
    Notifications: [{ Arn: 'arn:aws:sns:eu-central-1:111111111111:t' }],
    OperationalData: {
      '/aws/dedup': { Type: 'SearchableString', Value: '{"dedupString":"copy"}' },
      cause: { Type: 'String', Value: 'no space' },
      '/aws/resources': {
        Type: 'SearchableString',
        Value: '[{"arn":"arn:aws:ec2:eu-central-1:111111111111:volume/v"}]',
      },
    },
  });
});

test('an event as it is becomes an OpsItem too', async (t) => {
  const { kind, aws } = await startKind(t, createSsmOpsItemTarget);
  const long = JSON.stringify({ text: 'x'.repeat(3000) });
  const invocation = invocationOf({ arn }, { detail: long });
  const envelope = invocation.delivery.event.envelope.replace('"shop"', '"aws.ec2"');
  assert.equal(told(await kind.invoke({ ...invocation, input: envelope })), 'delivered');
  const { Title, Source, Description } = aws.calls[0]?.input ?? {};
  assert.deepEqual({ Title, Source }, { Title: 'order', Source: 'ec2' });
  assert.equal(Description, envelope.slice(0, 2048));
});

test('an OpsItem that is there already will do', async (t) => {
  const { kind } = await startKind(t, createSsmOpsItemTarget, () => ({
    error: 'OpsItemAlreadyExistsException',
  }));
  assert.equal(told(await kind.invoke(invocationOf({ arn }, { input }))), 'delivered');
});

test('an input that describes no OpsItem is the last word', async (t) => {
  const { kind, aws } = await startKind(t, createSsmOpsItemTarget);
  for (const wrong of ['"t"', '{}', '{"title":"t"}', '{"title":{},"source":"s"}']) {
    const outcome = await kind.invoke(invocationOf({ arn }, { input: wrong }));
    assert.equal(told(outcome), 'permanent INVALID_PARAMETER', wrong);
  }
  assert.equal(aws.calls.length, 0);
});

testRefusals('SSM OpsItem', {
  create: createSsmOpsItemTarget,
  target: { arn },
  input,
  refusals: {
    missing: [],
    denied: [['OpsItemAccessDeniedException', 400]],
    refused: [['OpsItemInvalidParameterException', 400]],
    throttled: [['OpsItemLimitExceededException', 400]],
  },
});
