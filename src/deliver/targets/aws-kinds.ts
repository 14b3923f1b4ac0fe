import type { Target } from '../../api-model/types.generated.ts';
import { parseInputPath } from '../../domain/input/input-path.ts';
import type { KindEntry } from './kind-entry.ts';
import type { TargetSettings } from './target-kind.ts';

/** Queues: as targets, and as what takes the dead letters of all others. */
export const sqs = {
  looksLike: 'an Amazon SQS queue (arn:aws:sqs:REGION:ACCOUNT:NAME)',
  resource: /^(?=.{1,80}$)[\w-]+(\.fifo)?$/,
  refuse: ({ id, arn, sqsParameters }: Target) =>
    arn.endsWith('.fifo') && sqsParameters === undefined
      ? `Parameter(s) SqsParameters must be specified for target: ${id}.`
      : undefined,
  isOrdered: ({ arn }: Target) => arn.endsWith('.fifo'),
  load: async (settings: TargetSettings) => (await import('./sqs.ts')).createSqsTarget(settings),
} satisfies KindEntry;

const lambda: KindEntry = {
  looksLike: 'a Lambda function (arn:aws:lambda:REGION:ACCOUNT:function:NAME)',
  resource: /^function:[\w-]{1,140}(:(\$LATEST|[\w-]{1,128}))?$/,
  load: async (settings) => (await import('./lambda.ts')).createLambdaTarget(settings),
};

const sns: KindEntry = {
  looksLike: 'an Amazon SNS topic (arn:aws:sns:REGION:ACCOUNT:NAME)',
  // No FIFO topics: EventBridge does not take them.
  resource: /^[\w-]{1,256}$/,
  role: 'across accounts',
  load: async (settings) => (await import('./sns.ts')).createSnsTarget(settings),
};

const kinesis: KindEntry = {
  looksLike: 'a Kinesis stream (arn:aws:kinesis:REGION:ACCOUNT:stream/NAME)',
  resource: /^stream\/[\w.-]{1,128}$/,
  role: 'required',
  refuse({ id, kinesisParameters }) {
    const path = kinesisParameters?.partitionKeyPath;
    return path === undefined || parseInputPath(path) !== undefined
      ? undefined
      : `PartitionKeyPath for target ${id} is invalid.`;
  },
  load: async (settings) => (await import('./kinesis.ts')).createKinesisTarget(settings),
};

const firehose: KindEntry = {
  looksLike: 'a Firehose stream (arn:aws:firehose:REGION:ACCOUNT:deliverystream/NAME)',
  resource: /^deliverystream\/[\w.-]{1,64}$/,
  role: 'required',
  load: async (settings) => (await import('./firehose.ts')).createFirehoseTarget(settings),
};

const stepFunctions: KindEntry = {
  looksLike: 'a Step Functions state machine (arn:aws:states:REGION:ACCOUNT:stateMachine:NAME)',
  resource: /^stateMachine:[^:/\s]{1,80}(:[^:/\s]{1,80})?$/,
  role: 'required',
  load: async (settings) => (await import('./step-functions.ts')).createStepFunctionsTarget(settings),
};

const cloudWatchLogs: KindEntry = {
  looksLike: 'a CloudWatch Logs group (arn:aws:logs:REGION:ACCOUNT:log-group:NAME)',
  resource: /^log-group:[\w./#-]{1,512}(:\*)?$/,
  refuse: ({ id, inputTransformer }) =>
    inputTransformer === undefined || inputTransformer.inputTemplate.startsWith('{')
      ? undefined
      : `Input for target ${id} is not a valid JSON text.`,
  load: async (settings) => (await import('./cloudwatch-logs.ts')).createCloudWatchLogsTarget(settings),
};

/** The kinds of targets that are services of AWS whose clients come with Busbar, by the service of their ARNs. */
export const awsKinds: readonly (readonly [string, KindEntry])[] = [
  ['sqs', sqs],
  ['lambda', lambda],
  ['sns', sns],
  ['kinesis', kinesis],
  ['firehose', firehose],
  ['states', stepFunctions],
  ['logs', cloudWatchLogs],
];
