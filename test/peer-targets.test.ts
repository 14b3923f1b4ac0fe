import assert from 'node:assert/strict';
import { test } from 'node:test';
import { must, putDetails, ROLE } from './api-destination-rule.ts';
import { startAwsRecorder } from './aws-recorder.ts';
import { startTestBus } from './running-bus.ts';
import { health, untilOwed } from './until.ts';

const AT = 'us-west-2:111111111111';
const TASK = { output: { tasks: [{ taskArn: 't' }] } };

for (const [endpoint, Arn, operation, parameters] of [
  ['ECS', `arn:aws:ecs:${AT}:cluster/c`, 'RunTask', { EcsParameters: { TaskDefinitionArn: 'd' } }],
  [
    'BATCH',
    `arn:aws:batch:${AT}:job-queue/q`,
    'SubmitJob',
    { BatchParameters: { JobName: 'j', JobDefinition: 'd' } },
  ],
  ['CODEBUILD', `arn:aws:codebuild:${AT}:project/p1`, 'StartBuild', {}],
  ['CODEPIPELINE', `arn:aws:codepipeline:${AT}:p`, 'StartPipelineExecution', {}],
  ['GLUE', `arn:aws:glue:${AT}:workflow/w`, 'StartWorkflowRun', {}],
  [
    'SSM',
    'arn:aws:ssm:us-west-2::document/AWS-RunShellScript',
    'SendCommand',
    { RunCommandParameters: { RunCommandTargets: [{ Key: 'InstanceIds', Values: ['i-1'] }] } },
  ],
  ['SSM', `arn:aws:ssm:${AT}:automation-definition/restart`, 'StartAutomationExecution', {}],
  ['SSM', `arn:aws:ssm:${AT}:opsitem`, 'CreateOpsItem', {}],
  [
    'REDSHIFT_DATA',
    `arn:aws:redshift:${AT}:cluster:c`,
    'ExecuteStatement',
    { RedshiftDataParameters: { Database: 'd', DbUser: 'u', Sql: 'select 1' } },
  ],
  [
    'SAGEMAKER',
    `arn:aws:sagemaker:${AT}:pipeline/p`,
    'StartPipelineExecution',
    { SageMakerPipelineParameters: { PipelineParameterList: [{ Name: 'N', Value: '$.detail.n' }] } },
  ],
  ['INSPECTOR', `arn:aws:inspector:${AT}:target/0-a/template/0-b`, 'StartAssessmentRun', {}],
  [
    'APPSYNC',
    `arn:aws:appsync:${AT}:endpoints/graphql-api/abc`,
    '',
    { AppSyncParameters: { GraphQLOperation: 'mutation { a }' } },
  ],
  [
    'EXECUTE_API',
    `arn:aws:execute-api:${AT}:abc/prod/POST/orders/*`,
    '',
    { HttpParameters: { PathParameterValues: ['$.detail.n'] } },
  ],
] as const) {
  test(`an event goes to ${Arn}`, async (t) => {
    const aws = await startAwsRecorder(t, () => TASK);
    const bus = await startTestBus(t, { endpoints: { [endpoint]: aws.url } });
    await must(bus, 'PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
    await must(bus, 'PutTargets', { Rule: 'r', Targets: [{ Id: 't', Arn, RoleArn: ROLE, ...parameters }] });
    await putDetails(bus, { n: '1' });
    await untilOwed(bus, 0);
    assert.equal((await health(bus)).deliveries.failed, 0);
    const [call, ...others] = aws.calls;
    assert.equal(call?.operation, operation);
    assert.equal(call?.region, 'us-west-2', 'where the target is, not where its rule is');
    assert.deepEqual(others, []);
  });
}

test('PutTargets says in AWS words what such a target lacks', async (t) => {
  const bus = await startTestBus(t);
  await must(bus, 'PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
  const refusal = async (target: object) => {
    const { status, json } = await bus.call('PutTargets', { Rule: 'r', Targets: [{ Id: 't', ...target }] });
    assert.equal(status, 400);
    assert.equal(json.__type, 'ValidationException');
    return json.message;
  };
  const Arn = `arn:aws:ecs:${AT}:cluster/c`;
  assert.equal(await refusal({ Arn }), `RoleArn is required for target ${Arn}.`);
  assert.equal(
    await refusal({ Arn, RoleArn: ROLE }),
    'Parameter(s) EcsParameters must be specified for target: t.',
  );
});
