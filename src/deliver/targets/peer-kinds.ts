import type { Target } from '../../api-model/types.generated.ts';
import type { KindEntry } from './kind-entry.ts';

const ecs: KindEntry = {
  looksLike: 'an Amazon ECS cluster (arn:aws:ecs:REGION:ACCOUNT:cluster/NAME)',
  resource: /^cluster\/[\w-]{1,255}$/,
  role: 'required',
  packageName: '@aws-sdk/client-ecs',
  refuse: (target) => without(target, 'ecsParameters'),
  load: async (settings) => (await import('./ecs.ts')).createEcsTarget(settings),
};

const batch: KindEntry = {
  looksLike: 'an AWS Batch job queue (arn:aws:batch:REGION:ACCOUNT:job-queue/NAME)',
  resource: /^job-queue\/[\w-]{1,128}$/,
  role: 'required',
  packageName: '@aws-sdk/client-batch',
  refuse: (target) => without(target, 'batchParameters'),
  load: async (settings) => (await import('./batch.ts')).createBatchTarget(settings),
};

const codeBuild: KindEntry = {
  looksLike: 'a CodeBuild project (arn:aws:codebuild:REGION:ACCOUNT:project/NAME)',
  resource: /^project\/[\w-]{2,255}$/,
  role: 'required',
  packageName: '@aws-sdk/client-codebuild',
  load: async (settings) => (await import('./codebuild.ts')).createCodeBuildTarget(settings),
};

const codePipeline: KindEntry = {
  looksLike: 'a CodePipeline pipeline (arn:aws:codepipeline:REGION:ACCOUNT:NAME)',
  resource: /^[\w.@-]{1,100}$/,
  role: 'required',
  packageName: '@aws-sdk/client-codepipeline',
  load: async (settings) => (await import('./codepipeline.ts')).createCodePipelineTarget(settings),
};

const glue: KindEntry = {
  looksLike: 'a Glue workflow (arn:aws:glue:REGION:ACCOUNT:workflow/NAME)',
  resource: /^workflow\/[^/\p{Cc}]{1,255}$/u,
  role: 'required',
  packageName: '@aws-sdk/client-glue',
  load: async (settings) => (await import('./glue.ts')).createGlueTarget(settings),
};

const runCommand: KindEntry = {
  looksLike: 'an SSM document for Run Command (arn:aws:ssm:REGION:ACCOUNT:document/NAME)',
  resource: /^document\/[\w.-]{3,128}$/,
  ofAws: true,
  role: 'required',
  packageName: '@aws-sdk/client-ssm',
  refuse: (target) => without(target, 'runCommandParameters'),
  load: async (settings) => (await import('./ssm-run-command.ts')).createSsmRunCommandTarget(settings),
};

const automation: KindEntry = {
  looksLike: 'an SSM runbook (arn:aws:ssm:REGION:ACCOUNT:automation-definition/NAME:VERSION)',
  resource: /^automation-definition\/[\w.-]{3,128}(:(\$DEFAULT|\$LATEST|[1-9]\d*))?$/,
  ofAws: true,
  role: 'required',
  packageName: '@aws-sdk/client-ssm',
  load: async (settings) => (await import('./ssm-automation.ts')).createSsmAutomationTarget(settings),
};

const opsItem: KindEntry = {
  looksLike: 'SSM OpsItems (arn:aws:ssm:REGION:ACCOUNT:opsitem)',
  resource: /^opsitem$/,
  packageName: '@aws-sdk/client-ssm',
  load: async (settings) => (await import('./ssm-ops-item.ts')).createSsmOpsItemTarget(settings),
};

const redshift: KindEntry = {
  looksLike: 'an Amazon Redshift cluster (arn:aws:redshift:REGION:ACCOUNT:cluster:NAME)',
  resource: /^cluster:[a-z][a-z0-9-]{0,62}$/,
  role: 'required',
  packageName: '@aws-sdk/client-redshift-data',
  refuse: withoutStatement,
  load: async (settings) => (await import('./redshift-data.ts')).createRedshiftDataTarget(settings),
};

const redshiftServerless: KindEntry = {
  ...redshift,
  looksLike: 'a Redshift Serverless workgroup (arn:aws:redshift-serverless:REGION:ACCOUNT:workgroup/UUID)',
  resource: /^workgroup\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
};

const sageMaker: KindEntry = {
  looksLike: 'a SageMaker pipeline (arn:aws:sagemaker:REGION:ACCOUNT:pipeline/NAME)',
  resource: /^pipeline\/[a-zA-Z0-9](-*[a-zA-Z0-9]){0,255}$/,
  role: 'required',
  packageName: '@aws-sdk/client-sagemaker',
  load: async (settings) => (await import('./sagemaker.ts')).createSageMakerTarget(settings),
};

const inspector: KindEntry = {
  looksLike: 'an Inspector template (arn:aws:inspector:REGION:ACCOUNT:target/ID/template/ID)',
  resource: /^target\/[\w-]{1,64}\/template\/[\w-]{1,64}$/,
  role: 'required',
  packageName: '@aws-sdk/client-inspector',
  load: async (settings) => (await import('./inspector.ts')).createInspectorTarget(settings),
};

const appSync: KindEntry = {
  looksLike: 'an AppSync API (arn:aws:appsync:REGION:ACCOUNT:endpoints/graphql-api/ID)',
  // The id becomes part of a host's name.
  resource: /^endpoints\/graphql-api\/[a-z0-9-]{1,63}$/,
  role: 'required',
  refuse: (target) => without(target, 'appSyncParameters'),
  load: async (settings) => (await import('./appsync.ts')).createAppSyncTarget(settings),
};

const apiGateway: KindEntry = {
  looksLike: 'an API Gateway API (arn:aws:execute-api:REGION:ACCOUNT:ID/STAGE/METHOD/PATH)',
  resource:
    /^[a-z0-9-]{1,63}\/(\$default|[\w-]{1,128})\/(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|\*)(\/[\x21-\x7e]*)?$/,
  load: async (settings) => (await import('./api-gateway.ts')).createApiGatewayTarget(settings),
};

/**
 * The kinds of targets that are services of AWS whose clients are packages to be installed apart, or that have none,
 * by the service of their ARNs, and the kind of resource where the service has several.
 */
export const peerKinds: readonly (readonly [string, KindEntry])[] = [
  ['ecs', ecs],
  ['batch', batch],
  ['codebuild', codeBuild],
  ['codepipeline', codePipeline],
  ['glue', glue],
  ['ssm document', runCommand],
  ['ssm automation-definition', automation],
  ['ssm opsitem', opsItem],
  ['redshift', redshift],
  ['redshift-serverless', redshiftServerless],
  ['sagemaker', sageMaker],
  ['inspector', inspector],
  ['appsync', appSync],
  ['execute-api', apiGateway],
];

/** Targets of some kinds say in parameters of their own what is to be done. */
function without(target: Target, name: keyof Target): string | undefined {
  if (target[name] !== undefined) return undefined;
  const onWire = name.charAt(0).toUpperCase() + name.slice(1);
  return `Parameter(s) ${onWire} must be specified for target: ${target.id}.`;
}

function withoutStatement(target: Target): string | undefined {
  const { sql, sqls = [] } = target.redshiftDataParameters ?? {};
  const missing = without(target, 'redshiftDataParameters');
  if (missing !== undefined || (sql === undefined) !== (sqls.length === 0)) return missing;
  return `One of Sql and Sqls must be specified in RedshiftDataParameters for target: ${target.id}.`;
}
