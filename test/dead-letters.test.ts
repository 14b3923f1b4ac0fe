import assert from 'node:assert/strict';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { HandClock } from '../src/domain/clock.ts';
import { must, putDetails } from './api-destination-rule.ts';
import { startEndpoint } from './http-endpoint.ts';
import { type Queue, startQueues } from './queue.ts';
import { startTestBus, type TestBus } from './running-bus.ts';
import { health, until, untilOwed } from './until.ts';

const START = Date.UTC(2026, 0, 1);
const QUEUE = 'arn:aws:sqs:eu-central-1:000000000000:dead';

async function ruleTo(bus: TestBus, Arn: string, deadLetterArn: string, more: object = {}): Promise<void> {
  await must(bus, 'PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
  const Targets = [{ Id: 't', Arn, DeadLetterConfig: { Arn: deadLetterArn }, ...more }];
  await must(bus, 'PutTargets', { Rule: 'r', Targets });
}

/** A way to the queues that can be closed: then 503 is all that comes back. */
async function startGate(t: TestContext, queuesUrl: string) {
  const gate = { url: '', isOpen: false, requests: 0 };
  const server = createServer((incoming, answer) => {
    gate.requests += 1;
    if (!gate.isOpen) {
      answer.writeHead(503).end();
      return;
    }
    const { method, headers } = incoming;
    const through = request(new URL(incoming.url ?? '/', queuesUrl), { method, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 500, response.headers);
      response.pipe(answer);
    });
    incoming.pipe(through);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  gate.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return gate;
}

/** What the only message in the queue tells, by name of attribute. */
async function told(queue: Queue): Promise<Readonly<Record<string, string | undefined>>> {
  const [message] = await queue.receive(1);
  const attributes = Object.entries(message?.MessageAttributes ?? {});
  return Object.fromEntries(attributes.map(([name, { StringValue }]) => [name, StringValue]));
}

test('what SQS refuses in a message’s attributes is replaced', async (t) => {
  const queues = await startQueues(t);
  const dead = await queues.create('dead');
  const before = 'The endpoint answered 400: ';
  // The excerpt of an answer ends after 200 characters, in the middle of the last pair.
  const body = `\0\u0007\t\n\u001b\uffff\ufffe\u007fé😀${'x'.repeat(188)}😀`;
  const endpoint = await startEndpoint(t, () => ({ status: 400, body }));
  const bus = await startTestBus(t, { endpoints: { SQS: queues.url } });
  await ruleTo(bus, endpoint.url, dead.arn);
  await putDetails(bus, {});
  const [message] = await dead.receive(1);
  const text = message?.MessageAttributes?.ERROR_MESSAGE?.StringValue ?? '';
  const bad = '\ufffd';
  const expected = `${bad}${bad}\t\n${bad}${bad}${bad}\u007fé😀${'x'.repeat(188)}`;
  assert.equal(text.slice(0, before.length + expected.length), before + expected);
  assert.match(text.slice(before.length + expected.length), /^\ufffd+$/);
});

test('a dead-letter queue that fails for now is tried again, and the target is left alone', async (t) => {
  const queues = await startQueues(t);
  const dead = await queues.create('dead');
  const gate = await startGate(t, queues.url);
  const endpoint = await startEndpoint(t, () => ({ status: 400 }));
  const clock = new HandClock(START);
  const bus = await startTestBus(t, { endpoints: { SQS: gate.url }, clock, random: () => 1 });
  await ruleTo(bus, endpoint.url, dead.arn);
  await putDetails(bus, {});
  for (const [tries, waitMs] of [
    [1, 1000],
    [2, 2000],
    [3, 4000],
  ] as const) {
    await until(async () => gate.requests === tries);
    await untilOwed(bus, 1);
    gate.isOpen = tries === 3;
    clock.advance(waitMs);
  }
  await untilOwed(bus, 0);
  assert.equal((await health(bus)).deliveries.failed, 0);
  assert.equal(endpoint.received.length, 1);
  const { ERROR_CODE, ERROR_MESSAGE, RETRY_ATTEMPTS } = await told(dead);
  assert.equal(ERROR_CODE, 'SDK_CLIENT_ERROR');
  assert.equal(ERROR_MESSAGE, 'The endpoint answered 400.');
  assert.equal(RETRY_ATTEMPTS, '0');
});

test('retries that ran out stay what the dead letter tells of, however long its queue was away', async (t) => {
  const queues = await startQueues(t);
  const dead = await queues.create('dead');
  const gate = await startGate(t, queues.url);
  const endpoint = await startEndpoint(t, () => ({ status: 503 }));
  const clock = new HandClock(START);
  const bus = await startTestBus(t, { endpoints: { SQS: gate.url }, clock, random: () => 1 });
  await ruleTo(bus, endpoint.url, dead.arn, { RetryPolicy: { MaximumRetryAttempts: 1 } });
  await putDetails(bus, {});
  await endpoint.arrived(1);
  await untilOwed(bus, 1);
  clock.advance(1000);
  await until(async () => gate.requests === 1);
  await untilOwed(bus, 1);
  gate.isOpen = true;
  clock.advance(1000);
  await untilOwed(bus, 0);
  assert.equal(endpoint.received.length, 2);
  const { EXHAUSTED_RETRY_CONDITION, RETRY_ATTEMPTS } = await told(dead);
  assert.equal(EXHAUSTED_RETRY_CONDITION, 'MaximumRetryAttempts');
  assert.equal(RETRY_ATTEMPTS, '1');
});

test('a dead-letter queue that stays away ends the delivery as failed', async (t) => {
  const gate = await startGate(t, 'http://127.0.0.1:1/');
  const endpoint = await startEndpoint(t, () => ({ status: 400 }));
  const endpoints = { SQS: gate.url };
  const bus = await startTestBus(t, { endpoints, clock: new HandClock(START), random: () => 0 });
  await ruleTo(bus, endpoint.url, QUEUE);
  await putDetails(bus, {});
  await untilOwed(bus, 0);
  assert.equal((await health(bus)).deliveries.failed, 1);
  assert.equal(endpoint.received.length, 1);
  assert.equal(gate.requests, 9, 'the first try and eight more');
});
