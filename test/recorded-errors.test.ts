import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from './running-bus.ts';

// Refusals as AWS was seen to give them: the operation, the request, the code and the text.
const BUS = 'arn:aws:events:eu-central-1:111111111111:event-bus/default';
const ARCHIVE = 'arn:aws:events:eu-central-1:111111111111:archive/all';
const CONNECTION_PATTERN = String.raw`^arn:aws([a-z]|\-)*:events:([a-z]|\d|\-)*:([0-9]{12})?:connection\/[\.\-_A-Za-z0-9]+\/[\-A-Za-z0-9]+$`;
const NAME_PATTERN = String.raw`[\.\-_A-Za-z0-9]+`;
const time = { EventStartTime: 1_700_000_000, EventEndTime: 1_700_003_600 };
const target = { Id: 'a', Arn: 'http://127.0.0.1:1/' };
const basic = {
  AuthorizationType: 'BASIC',
  AuthParameters: { BasicAuthParameters: { Username: 'u', Password: 'p' } },
};

const refusals: readonly (readonly [operation: string, request: object, code: string, message: string])[] = [
  [
    'DescribeConnection',
    { Name: 'x' },
    'ResourceNotFoundException',
    "Failed to describe the connection(s). Connection 'x' does not exist.",
  ],
  [
    'DescribeApiDestination',
    { Name: 'x' },
    'ResourceNotFoundException',
    "Failed to describe the api-destination(s). An api-destination 'x' does not exist.",
  ],
  [
    'CreateConnection',
    { Name: 'x', ...basic, AuthorizationType: 'INVALID_AUTH_TYPE' },
    'ValidationException',
    "1 validation error detected: Value 'INVALID_AUTH_TYPE' at 'authorizationType' failed to satisfy constraint: Member must satisfy enum value set: [BASIC, OAUTH_CLIENT_CREDENTIALS, API_KEY]",
  ],
  [
    'CreateConnection',
    { Name: 'Invalid Name With Spaces!', ...basic },
    'ValidationException',
    `1 validation error detected: Value 'Invalid Name With Spaces!' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ${NAME_PATTERN}`,
  ],
  [
    'CreateApiDestination',
    {
      Name: 'x',
      ConnectionArn: 'invalid-connection-arn',
      InvocationEndpoint: 'https://example.com',
      HttpMethod: 'INVALID_METHOD',
    },
    'ValidationException',
    `2 validation errors detected: Value 'invalid-connection-arn' at 'connectionArn' failed to satisfy constraint: Member must satisfy regular expression pattern: ${CONNECTION_PATTERN}; Value 'INVALID_METHOD' at 'httpMethod' failed to satisfy constraint: Member must satisfy enum value set: [HEAD, POST, PATCH, DELETE, PUT, GET, OPTIONS]`,
  ],
  [
    'CreateArchive',
    { ArchiveName: 'x', EventSourceArn: `${BUS}-none` },
    'ResourceNotFoundException',
    'Event bus default-none does not exist.',
  ],
  [
    'CreateArchive',
    { ArchiveName: 'all', EventSourceArn: BUS },
    'ResourceAlreadyExistsException',
    'Archive all already exists.',
  ],
  ['DescribeArchive', { ArchiveName: 'x' }, 'ResourceNotFoundException', 'Archive x does not exist.'],
  ['DeleteArchive', { ArchiveName: 'x' }, 'ResourceNotFoundException', 'Archive x does not exist.'],
  [
    'UpdateArchive',
    { ArchiveName: 'all' },
    'ValidationException',
    'At least one of EventPattern, RetentionDays or Description must be provided.',
  ],
  [
    'ListArchives',
    { EventSourceArn: `${BUS}-none` },
    'ResourceNotFoundException',
    'Event bus default-none does not exist.',
  ],
  [
    'StartReplay',
    { ReplayName: 'x', EventSourceArn: ARCHIVE, ...time, Destination: { Arn: `${BUS}-none` } },
    'ResourceNotFoundException',
    'Event bus default-none does not exist.',
  ],
  [
    'StartReplay',
    {
      ReplayName: 'x',
      EventSourceArn: ARCHIVE,
      ...time,
      Destination: { Arn: BUS.replace('default', 'orders') },
    },
    'ValidationException',
    'Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.',
  ],
  [
    'StartReplay',
    { ReplayName: 'x', EventSourceArn: `${ARCHIVE}-none`, ...time, Destination: { Arn: BUS } },
    'ValidationException',
    'Parameter EventSourceArn is not valid. Reason: Archive all-none does not exist.',
  ],
  [
    'StartReplay',
    {
      ReplayName: 'x',
      EventSourceArn: ARCHIVE,
      EventStartTime: 1_700_003_600,
      EventEndTime: 1_700_003_600,
      Destination: { Arn: BUS },
    },
    'ValidationException',
    'Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.',
  ],
  ['DescribeReplay', { ReplayName: 'x' }, 'ResourceNotFoundException', 'Replay x does not exist.'],
  [
    'CreateEventBus',
    { Name: 'orders' },
    'ResourceAlreadyExistsException',
    'Event bus orders already exists.',
  ],
  ['DeleteEventBus', { Name: 'default' }, 'ValidationException', 'Cannot delete event bus default.'],
  ['DescribeEventBus', { Name: 'x' }, 'ResourceNotFoundException', 'Event bus x does not exist.'],
  [
    'RemovePermission',
    { StatementId: 'x' },
    'ResourceNotFoundException',
    'Statement with the provided id does not exist.',
  ],
  [
    'RemovePermission',
    { StatementId: 'x', EventBusName: 'orders' },
    'ResourceNotFoundException',
    'Statement with the provided id does not exist.',
  ],
  [
    'PutPermission',
    { StatementId: 'x', Action: 'events:PutEvents', Principal: '*', EventBusName: 'x' },
    'ResourceNotFoundException',
    'Event bus x does not exist.',
  ],
  ['DescribeRule', { Name: 'x' }, 'ResourceNotFoundException', 'Rule x does not exist on EventBus default.'],
  [
    'DisableRule',
    { Name: 'x', EventBusName: 'orders' },
    'ResourceNotFoundException',
    'Rule x does not exist on EventBus orders.',
  ],
  [
    'PutTargets',
    { Rule: 'x', Targets: [target] },
    'ResourceNotFoundException',
    'Rule x does not exist on EventBus default.',
  ],
  ['DeleteRule', { Name: 'r' }, 'ValidationException', "Rule can't be deleted since it has targets."],
  [
    'PutTargets',
    { Rule: 'r', Targets: [{ ...target, Id: '!@#$@!#$' }] },
    'ValidationException',
    `1 validation error detected: Value '!@#$@!#$' at 'targets.1.member.id' failed to satisfy constraint: Member must satisfy regular expression pattern: ${NAME_PATTERN}`,
  ],
  [
    'PutTargets',
    {
      Rule: 'r',
      Targets: [
        { ...target, InputTransformer: { InputPathsMap: { a: '$.a' }, InputTemplate: '"<notdefinedkey>"' } },
      ],
    },
    'ValidationException',
    'InputTemplate for target a contains invalid placeholder notdefinedkey.',
  ],
  [
    'PutTargets',
    { Rule: 'r', Targets: [{ ...target, Input: '{}', InputPath: '$.detail' }] },
    'ValidationException',
    'Only one of Input, InputPath, or InputTransformer must be provided for target a.',
  ],
  [
    'TestEventPattern',
    { EventPattern: '{"a":[1]}', Event: '{}' },
    'ValidationException',
    'Parameter Event is not valid.',
  ],
  [
    'PutRule',
    { Name: 'x', EventPattern: '{"a":[1]}', EventBusName: 'x' },
    'ResourceNotFoundException',
    'Event bus x does not exist.',
  ],
  [
    'PutRule',
    { Name: 'x' },
    'ValidationException',
    'Parameter(s) EventPattern or ScheduleExpression must be specified.',
  ],
  [
    'PutRule',
    { Name: 'x', ScheduleExpression: 'rate(10 seconds)' },
    'ValidationException',
    'Parameter ScheduleExpression is not valid.',
  ],
  [
    'PutRule',
    { Name: 'x', ScheduleExpression: 'rate(1 minute)', EventBusName: 'orders' },
    'ValidationException',
    'ScheduleExpression is supported only on the default event bus.',
  ],
  [
    'DeleteEventBus',
    { Name: 'orders' },
    'ValidationException',
    "EventBus can't be deleted since it has rules.",
  ],
  [
    'ListTagsForResource',
    { ResourceARN: BUS.replace('event-bus/default', 'rule/x') },
    'ResourceNotFoundException',
    'Rule x does not exist on EventBus default.',
  ],
  [
    'ListTagsForResource',
    { ResourceARN: `${BUS}-none` },
    'ResourceNotFoundException',
    'Event bus default-none does not exist.',
  ],
  [
    'ListTargetsByRule',
    { Rule: 'x' },
    'ResourceNotFoundException',
    'Rule x does not exist on EventBus default.',
  ],
  ['ListRules', { NextToken: 'made-up' }, 'ValidationException', 'Parameter NextToken is not valid.'],
];

test('refusals are those that AWS was seen to give', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateEventBus', { Name: 'orders' });
  await bus.call('CreateArchive', { ArchiveName: 'all', EventSourceArn: BUS });
  await bus.call('PutRule', { Name: 'r', EventPattern: '{"source":["a"]}' });
  await bus.call('PutTargets', { Rule: 'r', Targets: [target] });
  await bus.call('PutRule', { Name: 'r', EventPattern: '{"source":["a"]}', EventBusName: 'orders' });
  for (const [operation, request, code, message] of refusals) {
    await t.test(`${operation}: ${message.slice(0, 80)}`, async () => {
      const { status, json } = await bus.call(operation, request);
      assert.deepEqual(json, { __type: code, message });
      assert.equal(status, 400);
    });
  }
});
