import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BatchClient, SubmitJobCommand } from '@aws-sdk/client-batch';
import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PublishBatchCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { type RecordedCall, startAwsRecorder } from './aws-recorder.ts';
import { checkAwsSignature } from './aws-signature.ts';
import { readCall } from './aws-wire.ts';

const TOPIC = 'arn:aws:sns:eu-central-1:111111111111:t';

function settings(endpoint: string) {
  const credentials = { accessKeyId: 'busbar', secretAccessKey: 'busbar' };
  return { endpoint, region: 'eu-central-1', credentials, maxAttempts: 1 };
}

function told({ service, operation, input, region }: RecordedCall | Record<string, never>) {
  return { service, operation, input, region };
}

test('a call in each protocol is recorded with its input', async (t) => {
  const aws = await startAwsRecorder(t);
  const sns = new SNSClient(settings(aws.url));
  const value = { DataType: 'String', StringValue: 'v' };
  const entry = { Id: '1', Message: 'é & more', MessageAttributes: { a: value } };
  await sns.send(new PublishBatchCommand({ TopicArn: TOPIC, PublishBatchRequestEntries: [entry] }));
  const lambda = new LambdaClient(settings(aws.url));
  const FunctionName = 'arn:aws:lambda:eu-central-1:111111111111:function:f:live';
  await lambda.send(
    new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: Buffer.from('{"a":1}') }),
  );
  const firehose = new FirehoseClient(settings(aws.url));
  const Records = [{ Data: Buffer.from('one') }, { Data: Buffer.from('é') }];
  await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: 'd', Records }));
  const batch = new BatchClient(settings(aws.url));
  await batch.send(
    new SubmitJobCommand({ jobName: 'j', jobQueue: 'q', jobDefinition: 'd', retryStrategy: { attempts: 3 } }),
  );
  const region = 'eu-central-1';
  assert.deepEqual(aws.calls.map(told), [
    {
      service: 'sns',
      operation: 'PublishBatch',
      input: { TopicArn: TOPIC, PublishBatchRequestEntries: [entry] },
      region,
    },
    {
      service: 'lambda',
      operation: 'Invoke',
      input: { FunctionName, InvocationType: 'Event', Payload: '{"a":1}' },
      region,
    },
    {
      service: 'firehose',
      operation: 'PutRecordBatch',
      input: { DeliveryStreamName: 'd', Records: [{ Data: 'one' }, { Data: 'é' }] },
      region,
    },
    {
      service: 'batch',
      operation: 'SubmitJob',
      input: { jobName: 'j', jobQueue: 'q', jobDefinition: 'd', retryStrategy: { attempts: 3 } },
      region,
    },
  ]);
});

test('answers come as the service would give them', async (t) => {
  const answers = [
    { output: { MessageId: 'm-1' } },
    { error: 'NotFound', status: 404, message: 'No topic.', headers: { 'Retry-After': '7' } },
  ];
  const aws = await startAwsRecorder(t, (_call, n) => answers[n] ?? 'reset');
  const sns = new SNSClient(settings(aws.url));
  const publish = () => sns.send(new PublishCommand({ TopicArn: TOPIC, Message: 'm' }));
  assert.equal((await publish()).MessageId, 'm-1');
  await assert.rejects(publish, { name: 'NotFoundException', message: 'No topic.' });
  await assert.rejects(publish, { code: 'ECONNRESET' });
  assert.equal(aws.calls.length, 3);
});

function faultsOfJson(target: string, body: unknown, headers: object = {}): readonly string[] {
  const json = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target, ...headers };
  const request = { method: 'POST', url: '/', headers: json, body: Buffer.from(JSON.stringify(body)) };
  return readCall(request, 'kinesis').faults;
}

const record = { Data: 'eA==', PartitionKey: 'p' };
const StreamName = 's';

for (const [what, faults] of Object.entries({
  'a missing member': faultsOfJson('Kinesis_20131202.PutRecord', { StreamName, Data: 'eA==' }),
  'an unknown member': faultsOfJson('Kinesis_20131202.PutRecord', { StreamName, ...record, Colour: 1 }),
  'another type': faultsOfJson('Kinesis_20131202.PutRecord', { StreamName, ...record, PartitionKey: 1 }),
  'no base64': faultsOfJson('Kinesis_20131202.PutRecord', { StreamName, ...record, Data: 'x y' }),
  'what is too long': faultsOfJson('Kinesis_20131202.PutRecord', {
    StreamName,
    ...record,
    PartitionKey: 'p'.repeat(257),
  }),
  'what is not of the pattern': faultsOfJson('Kinesis_20131202.PutRecord', { ...record, StreamName: 'a b' }),
  'an empty list': faultsOfJson('Kinesis_20131202.PutRecords', { StreamName, Records: [] }),
  'a fault in a list': faultsOfJson('Kinesis_20131202.PutRecords', {
    StreamName,
    Records: [{ Data: 'eA==' }],
  }),
  'another service': faultsOfJson('DynamoDB.PutRecord', { StreamName, ...record }),
  'another content type': faultsOfJson(
    'Kinesis_20131202.PutRecord',
    { StreamName, ...record },
    { 'content-type': 'text/plain' },
  ),
})) {
  test(`${what} is found out`, () => assert.equal(faults.length, 1, faults.join('\n')));
}

test('an unknown operation, or a path that is none, is found out', () => {
  assert.match(faultsOfJson('Kinesis_20131202.Sing', {})[0] ?? '', /no operation Sing/);
  const request = { method: 'POST', url: '/2015-03-31/function', headers: {}, body: Buffer.alloc(0) };
  assert.match(readCall(request, 'lambda').faults[0] ?? '', /no operation is at/);
});

test('a well-shaped call has no faults, and a signature of another secret does not match', async (t) => {
  assert.deepEqual(faultsOfJson('Kinesis_20131202.PutRecord', { StreamName, ...record }), []);
  const aws = await startAwsRecorder(t);
  const sns = new SNSClient(settings(aws.url));
  await sns.send(new PublishCommand({ TopicArn: TOPIC, Message: 'm' }));
  const [call] = aws.calls;
  assert.ok(call);
  const request = {
    method: call.method,
    url: call.path,
    headers: call.headers,
    body: Buffer.from(call.body),
  };
  assert.equal(checkAwsSignature(request, 'busbar').service, 'sns');
  assert.throws(() => checkAwsSignature(request, 'other'), /does not match/);
  assert.throws(
    () => checkAwsSignature({ ...request, body: Buffer.from(`${call.body} `) }, 'busbar'),
    /body is wrong/,
  );
  const headers = { ...request.headers, 'x-amz-more': '1' };
  assert.throws(() => checkAwsSignature({ ...request, headers }, 'busbar'), /x-amz-more is not signed/);
});
