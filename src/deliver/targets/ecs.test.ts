import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invocationOf, startKind, testRefusals, told } from '../../../test/aws-target-suite.ts';
import { createEcsTarget } from './ecs.ts';

const arn = 'arn:aws:ecs:eu-central-1:111111111111:cluster/orders';
const taskDefinitionArn = 'arn:aws:ecs:eu-central-1:111111111111:task-definition/pack:3';
const running = { output: { tasks: [{ taskArn: 'arn:aws:ecs:::task/1' }], failures: [] } };

test('tasks are run as all of the EcsParameters say', async (t) => {
  const { kind, aws } = await startKind(t, createEcsTarget, () => running);
  const ecsParameters = {
    taskDefinitionArn,
    taskCount: 3,
    networkConfiguration: {
      awsvpcConfiguration: { subnets: ['s-1', 's-2'], securityGroups: ['g-1'], assignPublicIp: 'ENABLED' },
    },
    platformVersion: '1.4.0',
    group: 'packers',
    capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 2, base: 1 }],
    enableECSManagedTags: true,
    enableExecuteCommand: false,
    placementConstraints: [{ type: 'memberOf', expression: 'attribute:zone == a' }],
    placementStrategy: [{ type: 'spread', field: 'host' }],
    propagateTags: 'TASK_DEFINITION',
    referenceId: 'ref-1',
    tags: [{ key: 'team', value: 'shop' }],
  } as const;
  assert.equal(told(await kind.invoke(invocationOf({ arn, ecsParameters }))), 'delivered');
  const [call] = aws.calls;
  assert.equal(call?.operation, 'RunTask');
  const { taskDefinitionArn: _, taskCount: __, ...rest } = ecsParameters;
  const { clientToken, ...input } = call?.input ?? {};
  assert.deepEqual(input, {
    cluster: arn,
    taskDefinition: taskDefinitionArn,
    count: 3,
    startedBy: 'events-rule/orders/r',
    ...rest,
  });
  assert.match(String(clientToken), /^[0-9a-f]{64}$/);
});

test('the input is what the tasks override, and an event as it is overrides nothing', async (t) => {
  const { kind, aws } = await startKind(t, createEcsTarget, () => running);
  const target = { arn, ecsParameters: { taskDefinitionArn, launchType: 'FARGATE' } } as const;
  const overrides = {
    containerOverrides: [
      { name: 'pack', command: ['pack', 'o-1'], environment: [{ name: 'A', value: '1' }] },
    ],
    cpu: '512',
    memory: '1024',
    taskRoleArn: 'arn:aws:iam::111111111111:role/task',
    ephemeralStorage: { sizeInGiB: 30 },
  };
  const invocation = invocationOf(target, { input: JSON.stringify(overrides) });
  await kind.invoke(invocation);
  await kind.invoke(invocation);
  await kind.invoke({ ...invocation, input: invocation.delivery.event.envelope });
  const inputs = aws.calls.map(({ input }) => input);
  assert.deepEqual(inputs[0]?.['overrides'], overrides);
  assert.equal(inputs[0]?.['count'], 1);
  assert.equal(inputs[0]?.['launchType'], 'FARGATE');
  assert.equal(inputs[0]?.['clientToken'], inputs[1]?.['clientToken'], 'the same tasks, asked for again');
  assert.equal(inputs[2]?.['overrides'], undefined);
});

for (const [answer, expected] of [
  [{ tasks: [], failures: [{ reason: 'RESOURCE:MEMORY', arn: 'a' }] }, 'retryable SERVER_ERROR'],
  [{ tasks: [], failures: [{ reason: 'Capacity is unavailable at this time' }] }, 'retryable SERVER_ERROR'],
  [{ failures: [{ reason: 'MISSING', arn }] }, 'permanent NO_RESOURCE'],
  [{ tasks: [{ taskArn: 't' }], failures: [{ reason: 'RESOURCE:CPU' }] }, 'delivered'],
] as const) {
  test(`tasks that do not run: ${expected} after ${JSON.stringify(answer)}`, async (t) => {
    const { kind } = await startKind(t, createEcsTarget, () => ({ output: answer }));
    assert.equal(
      told(await kind.invoke(invocationOf({ arn, ecsParameters: { taskDefinitionArn } }))),
      expected,
    );
  });
}

test('an input that is no JSON object, or not of the form of overrides, is the last word', async (t) => {
  const { kind, aws } = await startKind(t, createEcsTarget);
  const target = { arn, ecsParameters: { taskDefinitionArn } };
  assert.equal(
    told(await kind.invoke(invocationOf(target, { input: '"pack"' }))),
    'permanent INVALID_PARAMETER',
  );
  assert.equal(aws.calls.length, 0);
});

testRefusals('ECS', {
  create: createEcsTarget,
  target: { arn, ecsParameters: { taskDefinitionArn } },
  refusals: {
    missing: [['ClusterNotFoundException', 400]],
    denied: [['AccessDeniedException', 400]],
    refused: [
      ['ClientException', 400],
      ['InvalidParameterException', 400],
      ['PlatformUnknownException', 400],
      ['BlockedException', 400],
    ],
    throttled: [
      ['ThrottlingException', 400],
      ['LimitExceededException', 400],
    ],
  },
});
