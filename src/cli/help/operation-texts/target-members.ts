import type { MemberTexts } from './operation-text.ts';

const PATH_OR_TEXT = 'A value that is a path, as in $.detail.id, stands for what the event has there.';

/** What a target consists of. */
export const targetMembers: Readonly<Record<string, MemberTexts>> = {
  Target: {
    Id: 'Its name within the rule: letters, digits, dots, dashes and underscores. A target of that Id is replaced.',
    Arn: "Where events go: the ARN of a queue, function, stream, event bus, API destination and so on, or the URL of one of Busbar's own targets. docs/targets.md has them all; what Busbar cannot deliver to is refused.",
    RoleArn:
      'The IAM role with which the target is called. Event buses, API destinations, streams, state machines and most services beyond them need one; queues, functions, log groups and URLs do not. Busbar asks for it where AWS does, and takes it to be allowed everything.',
    Input:
      'A fixed JSON text that the target gets in place of the event. Left out, and without InputPath and InputTransformer, it gets the whole event; only one of the three may be there.',
    InputPath:
      'A path to the part of the event that the target gets, as in $.detail or $.detail.items[0]. A text arrives with its quotes.',
    InputTransformer: 'A template that makes the input out of values of the event.',
    KinesisParameters: 'For a Kinesis stream. Left out, the id of the event is the partition key.',
    RunCommandParameters: 'For Run Command of Systems Manager, which needs it.',
    EcsParameters: 'For an Amazon ECS cluster, which needs it.',
    BatchParameters: 'For a job queue of AWS Batch, which needs it.',
    SqsParameters: 'For a FIFO queue, which needs it; a standard queue does without.',
    HttpParameters: 'For API destinations and API Gateway: parts of the request beside its body.',
    RedshiftDataParameters: `For Amazon Redshift, which needs it. ${PATH_OR_TEXT}`,
    SageMakerPipelineParameters: 'For a pipeline of SageMaker. Left out, it is started without parameters.',
    DeadLetterConfig:
      'Where events go that could not be delivered. Left out, such a delivery stays as failed: "busbar redrive" lists it and sends it again.',
    RetryPolicy:
      'For how long a delivery is tried again. Left out, it is 24 hours and 185 retries. Event buses as targets take none.',
    AppSyncParameters: 'For an API of AWS AppSync, which needs it.',
  },
  InputTransformer: {
    InputPathsMap:
      'Names for values of the event, each with the path that leads there, as in id=$.detail.id; AWS takes 100 at most. Left out, the template has only the names that are always there, such as <aws.events.rule-name> and <aws.events.event.json>.',
    InputTemplate:
      'The input, with <NAME> in the places of values. One that begins with "{" makes a JSON object, in which <NAME> without quotes is the value with its kind; any other makes a JSON text, in double quotes, or several. A name that InputPathsMap does not have is refused.',
  },
  KinesisParameters: {
    PartitionKeyPath:
      'A path to the value that becomes the partition key, as in $.detail.customer. Where it leads nowhere, the id of the event is the key.',
  },
  RunCommandParameters: { RunCommandTargets: 'The machines that the command runs on.' },
  RunCommandTarget: {
    Key: 'How the machines are named: InstanceIds, or tag:NAME.',
    Values: 'The ids of machines, or the values of the tag.',
  },
  EcsParameters: {
    TaskDefinitionArn: 'The task definition that is run; without a revision it is the newest.',
    TaskCount: 'How many tasks each event runs. Left out, one.',
    LaunchType:
      'What tasks run on. Left out, what the cluster says; not together with CapacityProviderStrategy.',
    NetworkConfiguration: 'The network of tasks in awsvpc mode, as those on Fargate are; others have none.',
    PlatformVersion: 'The version of Fargate, as in 1.4.0. Left out, the newest.',
    Group: 'The task group. Left out, it is named after the task definition.',
    CapacityProviderStrategy: 'How tasks are spread over capacity providers. Left out, LaunchType decides.',
    EnableECSManagedTags: 'Whether ECS adds its own tags to tasks. Left out, it does not.',
    EnableExecuteCommand: "Whether commands may be run in the tasks' containers. Left out, they may not.",
    PlacementConstraints: 'On which machines tasks may run. Left out, on any.',
    PlacementStrategy: 'Which of these machines are taken first. Left out, ECS chooses.',
    PropagateTags:
      'TASK_DEFINITION copies the tags of the task definition to tasks. Left out, none are copied.',
    ReferenceId: 'A text of your own that the tasks bear.',
    Tags: 'Tags of the tasks.',
  },
  NetworkConfiguration: { awsvpcConfiguration: 'The network that tasks join.' },
  AwsVpcConfiguration: {
    Subnets: 'Subnets of one VPC, 16 at most.',
    SecurityGroups: "Security groups, 5 at most. Left out, the VPC's default one.",
    AssignPublicIp: 'Whether a task gets a public address; on Fargate only. Left out, it is DISABLED.',
  },
  CapacityProviderStrategyItem: {
    capacityProvider: 'The name of a capacity provider of the cluster.',
    weight: 'Its share of the tasks, relative to the others. Left out, 0: it gets only what base asks for.',
    base: 'How many tasks it gets before weights count; one provider at most has this. Left out, 0.',
  },
  PlacementConstraint: {
    type: 'distinctInstance: each task on another machine; memberOf: on machines that the expression chooses.',
    expression: 'The machines of memberOf, in the query language of ECS.',
  },
  PlacementStrategy: {
    type: 'spread evenly, binpack onto as few machines as possible, or random.',
    field:
      'What is spread over (instanceId, host, attribute:...), or packed by (cpu, memory). Not for random.',
  },
  BatchParameters: {
    JobDefinition: 'The job definition that is submitted, by name or ARN.',
    JobName: 'The name of the jobs.',
    ArrayProperties: 'For array jobs. Left out, the job is a single one.',
    RetryStrategy: 'How often Batch runs a job that fails. Left out, as the job definition says.',
  },
  BatchArrayProperties: { Size: 'How many jobs the array has, from 2 to 10,000.' },
  BatchRetryStrategy: { Attempts: 'Runs in all, from 1 to 10.' },
  SqsParameters: {
    MessageGroupId: 'The message group of all messages of this target; SQS keeps the order within it.',
  },
  HttpParameters: {
    PathParameterValues: `What takes the places of the "*" in the endpoint, in their order. ${PATH_OR_TEXT}`,
    HeaderParameters: 'Headers by their names. Where the connection has one of the same name, that one wins.',
    QueryStringParameters: 'Parts of the query by their names; those of the connection win.',
  },
  RedshiftDataParameters: {
    SecretManagerArn: 'The secret in AWS Secrets Manager with which to sign in. Left out, DbUser is taken.',
    Database: 'The name of the database.',
    DbUser: 'The user of the database, where credentials are temporary.',
    Sql: 'The statement. One of Sql and Sqls must be there, and not both.',
    StatementName: 'A name for the statement, to find it by. Left out, it has none.',
    WithEvent: 'Whether Redshift sends an event when the statement is done. Left out, it does not.',
    Sqls: 'Several statements, run one after the other in one transaction.',
  },
  SageMakerPipelineParameters: { PipelineParameterList: `The parameters of the run. ${PATH_OR_TEXT}` },
  SageMakerPipelineParameter: {
    Name: 'The name of a parameter of the pipeline.',
    Value: 'Its value, or a path into the event.',
  },
  DeadLetterConfig: {
    Arn: 'The ARN of a standard SQS queue of the same Region. Each message is an event, with attributes that tell the rule, the target and the reason.',
  },
  RetryPolicy: {
    MaximumRetryAttempts:
      'How often a delivery that failed is tried again; 0 for never. Left out, 185 times.',
    MaximumEventAgeInSeconds: 'How old an event may be when it is tried again. Left out, 86,400: 24 hours.',
  },
  AppSyncParameters: {
    GraphQLOperation: 'The GraphQL operation, as text; the input of the target becomes its variables.',
  },
};
