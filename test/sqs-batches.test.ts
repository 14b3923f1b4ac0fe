import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { createSqsTarget } from '../src/deliver/targets/sqs.ts';
import { must, putDetails } from './api-destination-rule.ts';
import { invocationOf, kindAt, told } from './aws-target-suite.ts';
import { startQueues } from './queue.ts';
import { startTestBus } from './running-bus.ts';
import { untilOwed } from './until.ts';

interface Entry {
  readonly Id: string;
  readonly MessageBody: string;
}
type Failed = Readonly<Record<string, { readonly Code: string; readonly SenderFault: boolean }>>;

/** An SQS that takes every message but those that it is told to fail, by their bodies. */
async function startSqs(t: TestContext, failed: Failed = {}) {
  const calls: { readonly operation: string; readonly bodies: readonly string[] }[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    const operation = String(request.headers['x-amz-target']).replace('AmazonSQS.', '');
    const { Entries = [], MessageBody } = JSON.parse(text) as { Entries?: Entry[]; MessageBody?: string };
    const bodies = MessageBody === undefined ? Entries.map((entry) => entry.MessageBody) : [MessageBody];
    if (operation !== 'GetQueueUrl') calls.push({ operation, bodies });
    const md5 = (body: string) => createHash('md5').update(body).digest('hex');
    const answer =
      operation === 'GetQueueUrl'
        ? { QueueUrl: 'http://sqs/1/q' }
        : operation === 'SendMessage'
          ? { MessageId: 'm', MD5OfMessageBody: md5(MessageBody ?? '') }
          : {
              Successful: Entries.filter(({ MessageBody: body }) => failed[body] === undefined)
                .map(({ Id, MessageBody: body }) => ({ Id, MessageId: 'm', MD5OfMessageBody: md5(body) }))
                .reverse(),
              Failed: Entries.flatMap(({ Id, MessageBody: body }) => {
                const fault = failed[body];
                return fault === undefined ? [] : [{ Id, Message: 'No.', ...fault }];
              }),
            };
    response.writeHead(200, { 'Content-Type': 'application/x-amz-json-1.0' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { kind: kindAt(t, createSqsTarget, url), calls };
}

const arn = 'arn:aws:sqs:eu-central-1:111111111111:q';
const invocations = (...inputs: readonly string[]) => inputs.map((input) => invocationOf({ arn }, { input }));

test('messages go in one call, and each has its own end', async (t) => {
  const { kind, calls } = await startSqs(t, {
    '"b"': { Code: 'InvalidMessageContents', SenderFault: true },
    '"c"': { Code: 'InternalError', SenderFault: false },
    '"d"': { Code: 'RequestThrottled', SenderFault: false },
  });
  const outcomes = await kind.invokeBatch?.(invocations('"a"', '"b"', '"c"', '"d"', '"e"'));
  assert.deepEqual(outcomes?.map(told), [
    'delivered',
    'permanent SDK_CLIENT_ERROR',
    'retryable SERVER_ERROR',
    'retryable THROTTLING',
    'delivered',
  ]);
  assert.deepEqual(calls, [{ operation: 'SendMessageBatch', bodies: ['"a"', '"b"', '"c"', '"d"', '"e"'] }]);
});

test('a message with a character that SQS refuses is given up with its name; the others go', async (t) => {
  const { kind, calls } = await startSqs(t);
  const outcomes = await kind.invokeBatch?.(invocations('"a"', '"\uffff"', '"\ud800"', '"\u{10ffff}"'));
  assert.deepEqual(outcomes?.map(told), [
    'delivered',
    'permanent SDK_CLIENT_ERROR',
    'permanent SDK_CLIENT_ERROR',
    'delivered',
  ]);
  const messages = outcomes?.map((outcome) => ('error' in outcome ? outcome.error.message : ''));
  assert.equal(messages?.[1], 'Amazon SQS takes no message with the character U+FFFF.');
  assert.equal(messages?.[2], 'Amazon SQS takes no message with the character U+D800.');
  assert.deepEqual(calls, [{ operation: 'SendMessageBatch', bodies: ['"a"', '"\u{10ffff}"'] }]);
});

test('one message alone is no batch', async (t) => {
  const { kind, calls } = await startSqs(t);
  assert.equal(told(await kind.invoke(invocationOf({ arn }, { input: '1' }))), 'delivered');
  assert.deepEqual(calls, [{ operation: 'SendMessage', bodies: ['1'] }]);
});

test('a FIFO queue gets events in the order in which they came', { timeout: 60_000 }, async (t) => {
  const queues = await startQueues(t);
  const queue = await queues.create('orders.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' });
  const bus = await startTestBus(t, { endpoints: { SQS: queues.url } });
  await must(bus, 'PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
  const SqsParameters = { MessageGroupId: 'g' };
  await must(bus, 'PutTargets', {
    Rule: 'r',
    Targets: [{ Id: 't', Arn: queue.arn, InputPath: '$.detail', SqsParameters }],
  });
  const details = Array.from({ length: 120 }, (_, n) => ({ n }));
  for (let at = 0; at < details.length; at += 10) await putDetails(bus, ...details.slice(at, at + 10));
  await untilOwed(bus, 0);
  const messages = await queue.receive(details.length);
  assert.deepEqual(
    messages.map(({ Body = '' }) => JSON.parse(Body)),
    details,
  );
});
