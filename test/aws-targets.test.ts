import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { HandClock } from '../src/domain/clock.ts';
import { must, putDetails } from './api-destination-rule.ts';
import { startAwsRecorder } from './aws-recorder.ts';
import { startQueues } from './queue.ts';
import { startTestBus, type TestBus } from './running-bus.ts';
import { startStreams } from './streams.ts';
import { health, until, untilOwed } from './until.ts';

const RoleArn = 'arn:aws:iam::111111111111:role/r';

async function ruleTo(bus: TestBus, target: object): Promise<void> {
  await must(bus, 'PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
  await must(bus, 'PutTargets', { Rule: 'r', Targets: [{ Id: 't', ...target }] });
}

for (const [service, resource, operation, output] of [
  ['sns', 't', 'PublishBatch', { Successful: [{ Id: '0', MessageId: 'm' }] }],
  ['lambda', 'function:f', 'Invoke', {}],
  ['kinesis', 'stream/s', 'PutRecords', { Records: [{ SequenceNumber: '1', ShardId: 's' }] }],
  ['firehose', 'deliverystream/d', 'PutRecordBatch', { RequestResponses: [{ RecordId: 'r' }] }],
  ['states', 'stateMachine:m', 'StartExecution', {}],
  ['logs', 'log-group:g', 'PutLogEvents', {}],
] as const) {
  test(`an event goes to ${service} by ${operation}`, async (t) => {
    const aws = await startAwsRecorder(t, () => ({ output }));
    const names = ['SNS', 'LAMBDA', 'KINESIS', 'FIREHOSE', 'SFN', 'CLOUDWATCH_LOGS'];
    const bus = await startTestBus(t, {
      endpoints: Object.fromEntries(names.map((name) => [name, aws.url])),
    });
    await ruleTo(bus, { Arn: `arn:aws:${service}:us-west-2:111111111111:${resource}`, RoleArn });
    await putDetails(bus, { a: 1 });
    await untilOwed(bus, 0);
    assert.equal((await health(bus)).deliveries.failed, 0);
    const [call, ...others] = aws.calls;
    assert.equal(call?.operation, operation);
    assert.equal(call?.region, 'us-west-2', 'where the target is, not where its rule is');
    assert.deepEqual(others, []);
  });
}

test('a topic passes an event on to its queue', async (t) => {
  const queues = await startQueues(t);
  const queue = await queues.create('q');
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const sns = new SNSClient({ endpoint: queues.url, region: 'eu-central-1', credentials });
  t.after(() => sns.destroy());
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'topic' }));
  const Attributes = { RawMessageDelivery: 'true' };
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queue.arn, Attributes }));
  const bus = await startTestBus(t, { endpoints: { SNS: queues.url } });
  await ruleTo(bus, { Arn: TopicArn, RoleArn, InputPath: '$.detail' });
  await putDetails(bus, { shop: 'é' });
  const [message] = await queue.receive(1);
  assert.equal(message?.Body, '{"shop":"é"}');
  await untilOwed(bus, 0);
  assert.equal((await health(bus)).deliveries.failed, 0);
});

test('a stream holds the record of an event under the key that its target asks for', async (t) => {
  const streams = await startStreams(t);
  const stream = await streams.create('orders');
  const bus = await startTestBus(t, { endpoints: { KINESIS: streams.url } });
  const KinesisParameters = { PartitionKeyPath: '$.detail.shop' };
  const Arn = 'arn:aws:kinesis:eu-central-1:111111111111:stream/orders';
  await ruleTo(bus, { Arn, RoleArn, KinesisParameters, InputPath: '$.detail' });
  await putDetails(bus, { shop: 'a' }, { shop: 'b' });
  await until(async () => (await stream.records()).length === 2);
  const records = [...(await stream.records())].sort((a, b) => a.key.localeCompare(b.key));
  assert.deepEqual(records, [
    { data: '{"shop":"a"}', key: 'a' },
    { data: '{"shop":"b"}', key: 'b' },
  ]);
});

test('a record that is longer than the stream takes ends, those beside it arrive', async (t) => {
  const streams = await startStreams(t);
  const stream = await streams.create('orders');
  const bus = await startTestBus(t, { endpoints: { KINESIS: streams.url } });
  const Arn = 'arn:aws:kinesis:eu-central-1:111111111111:stream/orders';
  const InputTransformer = { InputPathsMap: { n: '$.detail.n' }, InputTemplate: '{"once":<n>,"twice":<n>}' };
  await ruleTo(bus, { Arn, RoleArn, InputTransformer });
  await putDetails(bus, { n: 1 }, { n: 'x'.repeat(600 * 1024) }, { n: 2 });
  await untilOwed(bus, 0);
  assert.equal((await health(bus)).deliveries.failed, 1);
  const data = (await stream.records()).map((record) => record.data);
  assert.deepEqual(data.sort(), ['{"once":1,"twice":1}', '{"once":2,"twice":2}']);
});

test('a stream that is missing sends events to the dead-letter queue', async (t) => {
  const streams = await startStreams(t);
  const queues = await startQueues(t);
  const dead = await queues.create('dead');
  const bus = await startTestBus(t, { endpoints: { KINESIS: streams.url, SQS: queues.url } });
  const Arn = 'arn:aws:kinesis:eu-central-1:111111111111:stream/nowhere';
  await ruleTo(bus, { Arn, RoleArn, DeadLetterConfig: { Arn: dead.arn } });
  await putDetails(bus, {});
  const [message] = await dead.receive(1);
  assert.equal(message?.MessageAttributes?.['ERROR_CODE']?.StringValue, 'NO_RESOURCE');
  assert.equal(message?.MessageAttributes?.['TARGET_ARN']?.StringValue, Arn);
});

test('an execution keeps its name from one attempt to the next', async (t) => {
  const aws = await startAwsRecorder(t, (_call, n) =>
    n === 0 ? 'reset' : { error: 'ExecutionAlreadyExists' },
  );
  const data = mkdtempSync(join(tmpdir(), 'busbar-executions-'));
  t.after(() => rmSync(data, { recursive: true }));
  const clock = new HandClock(Date.UTC(2026, 0, 1));
  const options = { data, endpoints: { SFN: aws.url }, clock, random: () => 1 };
  const bus = await startTestBus(t, options);
  await ruleTo(bus, { Arn: 'arn:aws:states:eu-central-1:111111111111:stateMachine:m', RoleArn });
  await putDetails(bus, {});
  await aws.arrived(1);
  await untilOwed(bus, 1);
  await bus.close();
  const next = await startTestBus(t, options);
  clock.advance(1000);
  await untilOwed(next, 0);
  assert.equal((await health(next)).deliveries.failed, 0);
  const [first, second] = aws.calls.map(({ input }) => input['name']);
  assert.ok(first);
  assert.equal(second, first);
});

test('events that fall due together go in one call, and each that fails is tried again alone', async (t) => {
  let throttled = 0;
  const aws = await startAwsRecorder(t, ({ input }) => {
    const Records = (input['Records'] as { Data: string }[]).map(({ Data }, n) => {
      if (Data !== '{"n":3}' || throttled++ > 0) return { SequenceNumber: String(n), ShardId: 'shard-0' };
      return { ErrorCode: 'ProvisionedThroughputExceededException', ErrorMessage: 'Too fast.' };
    });
    return { output: { FailedRecordCount: 0, Records } };
  });
  const clock = new HandClock(Date.UTC(2026, 0, 1));
  const bus = await startTestBus(t, { endpoints: { KINESIS: aws.url }, clock, random: () => 1 });
  const Arn = 'arn:aws:kinesis:eu-central-1:111111111111:stream/s';
  await ruleTo(bus, { Arn, RoleArn, InputPath: '$.detail' });
  const details = Array.from({ length: 10 }, (_, n) => ({ n }));
  await putDetails(bus, ...details);
  await untilOwed(bus, 1);
  clock.advance(1000);
  await untilOwed(bus, 0);
  assert.equal((await health(bus)).deliveries.failed, 0);
  const sent = aws.calls.map(({ input }) => (input['Records'] as { Data: string }[]).map(({ Data }) => Data));
  assert.deepEqual(sent, [details.map((detail) => JSON.stringify(detail)), ['{"n":3}']]);
});

test('an entry that the service will never take takes no other down', async (t) => {
  const aws = await startAwsRecorder(t, ({ input }) => {
    const entries = input['PublishBatchRequestEntries'] as { Id: string; Message: string }[];
    return entries.some(({ Message }) => Message === '{"n":3}')
      ? { error: 'BatchRequestTooLong' }
      : { output: { Successful: entries.map(({ Id }) => ({ Id, MessageId: 'm' })), Failed: [] } };
  });
  const bus = await startTestBus(t, { endpoints: { SNS: aws.url } });
  await ruleTo(bus, { Arn: 'arn:aws:sns:eu-central-1:111111111111:t', InputPath: '$.detail' });
  await putDetails(bus, ...Array.from({ length: 10 }, (_, n) => ({ n })));
  await untilOwed(bus, 0);
  assert.equal((await health(bus)).deliveries.failed, 1);
  assert.ok(aws.calls.length < 10, `${aws.calls.length} calls for ten messages`);
});

async function refusal(bus: TestBus, target: object): Promise<unknown> {
  const { json } = await bus.call('PutTargets', { Rule: 'r', Targets: [{ Id: 't', ...target }] });
  return json['message'] ?? json['FailedEntryCount'];
}

test('PutTargets takes only what the service can be invoked by', async (t) => {
  const bus = await startTestBus(t);
  await must(bus, 'PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
  const at = (place: string) => `arn:aws:${place}`;
  for (const Arn of [
    'lambda:eu-central-1:111111111111:layer:l',
    'lambda:eu-central-1:111111111111:function:f:a:b',
    'lambda::111111111111:function:f',
    'lambda:eu-central-1:1:function:f',
    'lambda:evil.example/x:111111111111:function:f',
    'sqs:eu-central-1:111111111111:q:r',
    'sns:eu-central-1:111111111111:t.fifo',
    'sns:eu-central-1:111111111111:t:11111111-2222-4333-8444-555555555555',
    'kinesis:eu-central-1:111111111111:stream/s/consumer/c:1',
    'kinesis:eu-central-1:111111111111:s',
    'firehose:eu-central-1:111111111111:d',
    'states:eu-central-1:111111111111:activity:a',
    'states:eu-central-1:111111111111:execution:m:e',
    'logs:eu-central-1:111111111111:log-group:g:log-stream:s',
  ].map(at)) {
    const wrongForm = `Parameter ${Arn} is not valid. Reason: Provided Arn is not in correct format.`;
    assert.equal(await refusal(bus, { Arn, RoleArn }), wrongForm);
  }
  for (const Arn of [
    'lambda:eu-central-1:111111111111:function:f:$LATEST',
    'states:eu-central-1:111111111111:stateMachine:m:live',
    'logs:eu-central-1:111111111111:log-group:/aws/events/g:*',
  ].map(at)) {
    assert.equal(await refusal(bus, { Arn, RoleArn }), 0, Arn);
  }
});

test('PutTargets wants a role where AWS does', async (t) => {
  const bus = await startTestBus(t);
  await must(bus, 'PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
  for (const Arn of [
    'arn:aws:kinesis:eu-central-1:111111111111:stream/s',
    'arn:aws:firehose:eu-central-1:111111111111:deliverystream/d',
    'arn:aws:states:eu-central-1:111111111111:stateMachine:m',
    'arn:aws:sns:eu-central-1:222222222222:t',
  ]) {
    assert.equal(await refusal(bus, { Arn }), `RoleArn is required for target ${Arn}.`);
    assert.equal(await refusal(bus, { Arn, RoleArn }), 0);
  }
  for (const Arn of [
    'arn:aws:sns:eu-central-1:111111111111:t',
    'arn:aws:lambda:eu-central-1:222222222222:function:f',
    'arn:aws:logs:eu-central-1:111111111111:log-group:g',
  ]) {
    assert.equal(await refusal(bus, { Arn }), 0);
  }
});

test('PutTargets refuses parameters that could not be used', async (t) => {
  const bus = await startTestBus(t);
  await must(bus, 'PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
  const stream = { Arn: 'arn:aws:kinesis:eu-central-1:111111111111:stream/s', RoleArn };
  assert.equal(
    await refusal(bus, { ...stream, KinesisParameters: { PartitionKeyPath: '$..a' } }),
    'PartitionKeyPath for target t is invalid.',
  );
  const group = { Arn: 'arn:aws:logs:eu-central-1:111111111111:log-group:g' };
  assert.equal(
    await refusal(bus, { ...group, InputTransformer: { InputTemplate: '"text"' } }),
    'Input for target t is not a valid JSON text.',
  );
  const queue = { Arn: 'arn:aws:sqs:eu-central-1:111111111111:q.fifo' };
  assert.equal(await refusal(bus, queue), 'Parameter(s) SqsParameters must be specified for target: t.');
  assert.equal(await refusal(bus, { ...queue, SqsParameters: { MessageGroupId: 'g' } }), 0);
});
