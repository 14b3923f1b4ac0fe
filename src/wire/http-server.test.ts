import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { startTestBus } from '../../test/running-bus.ts';
import { until } from '../../test/until.ts';
import { HandClock } from '../domain/clock.ts';

const entry = { Source: 'com.example', DetailType: 'Test', Detail: '{}' };

test('a body that is not JSON is refused, and the server goes on', async (t) => {
  const bus = await startTestBus(t);
  for (const body of ['{', '{"Entries":', 'x', '\u0000', '{"a":1}}']) {
    const { status, json, headers } = await bus.call('PutEvents', body);
    assert.equal(status, 400);
    assert.equal(json.__type, 'SerializationException');
    assert.equal(headers.get('x-amzn-errortype'), 'SerializationException');
  }
  assert.equal((await bus.call('PutEvents', { Entries: [entry] })).status, 200);
});

test('wrong types of JSON are refused before anything is done', async (t) => {
  const bus = await startTestBus(t);
  for (const body of [
    '[]',
    '"x"',
    '7',
    '{"Entries":"x"}',
    '{"Entries":[7]}',
    '{"Entries":[{"Source":{}}]}',
  ]) {
    const { status, json } = await bus.call('PutEvents', body);
    assert.equal(status, 400, body);
    assert.equal(json.__type, 'SerializationException', body);
  }
});

test('an operation that is not in the model is refused by its name', async (t) => {
  const bus = await startTestBus(t);
  const { status, json } = await bus.call('PutEventz', {});
  assert.equal(status, 400);
  assert.deepEqual(json, {
    __type: 'UnknownOperationException',
    message: 'There is no operation PutEventz.',
  });
  for (const operation of ['constructor', '__proto__', 'toString', '']) {
    assert.equal((await bus.call(operation, {})).json.__type, 'UnknownOperationException', operation);
  }
});

test('a request that is not for the API is told where the API is', async (t) => {
  const bus = await startTestBus(t);
  for (const [method, path] of [
    ['GET', '/'],
    ['POST', '/elsewhere'],
    ['PUT', '/'],
  ] as const) {
    const response = await fetch(new URL(path, bus.url), { method });
    assert.equal(response.status, 404);
    assert.match(await response.text(), /the EventBridge API is POST \//);
  }
  const untargeted = await fetch(bus.url, { method: 'POST', body: '{}' });
  assert.equal(untargeted.status, 400);
  assert.match(await untargeted.text(), /X-Amz-Target must be AWSEvents\./);
});

test('a body over the limit is refused, whether or not its length was announced', async (t) => {
  const bus = await startTestBus(t, { limits: { requestBodyBytes: 1000 } });
  const { status, json } = await bus.call('PutEvents', ' '.repeat(1001));
  assert.equal(status, 413);
  assert.match(String(json.message), /larger than 1000 bytes/);
  const chunk = new TextEncoder().encode(' '.repeat(100_000));
  const body = ReadableStream.from(Array(100).fill(chunk));
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' };
  assert.equal((await fetch(bus.url, init)).status, 413);
  assert.equal((await bus.call('PutEvents', { Entries: [entry] })).status, 200);
});

test('more requests than the limit are throttled', async (t) => {
  const bus = await startTestBus(t, { limits: { concurrentRequests: 0 } });
  const { status, json } = await bus.call('PutEvents', { Entries: [entry] });
  assert.equal(status, 400);
  assert.deepEqual(json, { __type: 'ThrottlingException', message: 'Rate exceeded' });
});

test('clients that break off, and bytes that are no HTTP, harm nobody', async (t) => {
  const bus = await startTestBus(t);
  const { port } = new URL(bus.url);
  const send = (text: string) =>
    new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.end(text));
      socket
        .on('close', () => resolve())
        .on('error', () => resolve())
        .resume();
    });
  await send(
    'POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: AWSEvents.PutEvents\r\nContent-Length: 100\r\n\r\n{"Ent',
  );
  await send('\u0000\u0001 garbage\r\n\r\n');
  assert.equal((await bus.call('PutEvents', { Entries: [entry] })).status, 200);
});

test('health tells how many deliveries there are', async (t) => {
  const bus = await startTestBus(t);
  const response = await fetch(new URL('/_busbar/health', bus.url));
  assert.deepEqual(await response.json(), { status: 'ok', deliveries: { owed: 0, failed: 0, underWay: 0 } });
});

test('a compressed body is read, within the same limit', async (t) => {
  const bus = await startTestBus(t, { limits: { requestBodyBytes: 10_000 } });
  const send = (body: Buffer) =>
    fetch(bus.url, {
      method: 'POST',
      headers: { 'X-Amz-Target': 'AWSEvents.PutEvents', 'Content-Encoding': 'gzip' },
      body,
    });
  assert.equal((await send(gzipSync(JSON.stringify({ Entries: [entry] })))).status, 200);
  const bomb = await send(gzipSync(' '.repeat(1_000_000)));
  assert.equal(bomb.status, 400);
  assert.equal((await send(Buffer.from('no gzip'))).status, 400);
});

/** Sends raw bytes and answers all that comes back until the server hangs up or `enough` says so. */
function exchange(url: string, parts: readonly string[], enough: (text: string) => boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => {
      for (const part of parts) socket.write(part);
    });
    socket.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
      if (enough(text)) socket.destroy();
    });
    socket.on('close', () => resolve(text)).on('error', reject);
  });
}

function rawRequest(body: string, headers = ''): string {
  return `POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: AWSEvents.PutEvents\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${headers}\r\n`;
}

test('pipelined requests are answered in their order, on the same connection', async (t) => {
  const bus = await startTestBus(t);
  const body = (count: number) => JSON.stringify({ Entries: Array(count).fill(entry) });
  const requests = [1, 2, 3].map((count) => rawRequest(body(count)) + body(count));
  const answers = await exchange(
    bus.url,
    [requests.join('')],
    (text) => (text.match(/EventId/g) ?? []).length === 6,
  );
  const counts = answers
    .split('HTTP/1.1 200')
    .slice(1)
    .map((answer) => answer.match(/EventId/g)?.length);
  assert.deepEqual(counts, [1, 2, 3]);
});

test('who waits for 100 Continue gets it, and then the answer', async (t) => {
  const bus = await startTestBus(t);
  const body = JSON.stringify({ Entries: [entry] });
  const first = await exchange(bus.url, [rawRequest(body, 'Expect: 100-continue\r\n')], (text) =>
    text.includes('100 Continue'),
  );
  assert.match(first, /^HTTP\/1\.1 100 Continue/);
  const whole = await exchange(bus.url, [rawRequest(body, 'Expect: 100-continue\r\n'), body], (text) =>
    text.includes('EventId'),
  );
  assert.match(whole, /HTTP\/1\.1 200 OK/);
});

test('a body that comes in many small pieces is read whole', async (t) => {
  const bus = await startTestBus(t);
  const body = JSON.stringify({ Entries: [{ ...entry, Detail: '{"text":"grün"}' }] });
  const pieces = [...rawRequest(body), ...body];
  assert.match(await exchange(bus.url, pieces, (text) => text.includes('EventId')), /HTTP\/1\.1 200 OK/);
});

test('pages of other sites may not call a bus that takes everybody on this machine', async (t) => {
  const bus = await startTestBus(t);
  const call = (Origin: string) =>
    fetch(bus.url, {
      method: 'POST',
      headers: { Origin, 'X-Amz-Target': 'AWSEvents.ListRules' },
      body: '{}',
    });
  for (const origin of ['http://evil.example:4010', 'null', 'https://localhost.evil.example']) {
    const response = await call(origin);
    assert.equal(response.status, 400, origin);
    assert.match(await response.text(), /AccessDeniedException/);
  }
  for (const origin of [bus.url, 'http://localhost:3000', 'http://[::1]:4010']) {
    assert.equal((await call(origin)).status, 200, origin);
  }
});

test('what is refused is not sent back without end', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('DescribeRule', { Name: 'é'.repeat(1_000_000) });
  assert.equal(json.__type, 'ValidationException');
  assert.ok(String(json.message).length < 300_000, `${String(json.message).length} characters`);
});

test('a stop does not wait for connections on which nothing was ever asked', async (t) => {
  const clock = new HandClock(Date.UTC(2026, 0, 2));
  const bus = await startTestBus(t, { clock });
  const socket = connect(Number(new URL(bus.url).port), '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  // The bus has seen the connection once it has answered on a later one.
  assert.equal((await bus.call('PutEvents', { Entries: [entry] })).status, 200);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  // By the hand clock the grace never ends.
  await Promise.all([bus.close(), closed]);
});

/** Opens a connection, says something on it, and answers all that comes back before it is cut. */
function say(url: string, text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text));
    socket.setEncoding('utf8').on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('close', () => resolve(answer)).on('error', () => undefined);
  });
}

test('who begins a request and does not end it is cut off in time', async (t) => {
  const bus = await startTestBus(t, { limits: { requestHeadMs: 100, requestMs: 200 } });
  const [head, body] = await Promise.all([
    say(bus.url, 'POST / HTTP/1.1\r\nHost: x\r\n'),
    say(bus.url, rawRequest('x'.repeat(100)).concat('{"Ent')),
  ]);
  assert.match(head, /^HTTP\/1\.1 408 /);
  assert.match(body, /^HTTP\/1\.1 408 /);
  assert.equal((await bus.call('PutEvents', { Entries: [entry] })).status, 200);
});

test('requests that never end keep nobody out: the longest begun gives way', async (t) => {
  const bus = await startTestBus(t, { limits: { concurrentRequests: 2, stopGraceMs: 100 } });
  const unfinished = rawRequest('x'.repeat(100)).concat('{"Ent');
  const cut: number[] = [];
  const open = [1, 2, 3].map(async (n) => {
    await say(bus.url, unfinished);
    cut.push(n);
  });
  await until(async () => cut.length === 1);
  assert.equal((await bus.call('PutEvents', { Entries: [entry] })).status, 200);
  assert.ok(cut.length <= 2, `${cut.length} were cut off`);
  // The stop cuts the rest.
  const closing = bus.close();
  await Promise.all([closing, ...open]);
});

test('answers that nobody takes count, and are let go of with their connection', async (t) => {
  const bus = await startTestBus(t, { limits: { bufferedBytes: 20_000_000 } });
  const Detail = JSON.stringify({ text: 'x'.repeat(200_000) });
  const EventPattern = JSON.stringify({ source: ['x'.repeat(1900)] });
  for (let n = 0; n < 100; n += 1) await bus.call('PutRule', { Name: `rule-${n}`, EventPattern });
  const listing = `POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: AWSEvents.ListRules\r\nAuthorization: AWS4-HMAC-SHA256 Credential=111111111111/20260102/eu-central-1/events/aws4_request, SignedHeaders=host, Signature=0\r\nContent-Length: 2\r\n\r\n{}`;
  const deaf = Array.from({ length: 60 }, () => {
    const socket = connect(Number(new URL(bus.url).port), '127.0.0.1', () =>
      socket.write(listing.repeat(60)),
    );
    return socket.pause().on('error', () => undefined);
  });
  const put = () => bus.call('PutEvents', { Entries: [{ ...entry, Detail }] });
  await until(async () => (await put()).json.__type === 'ThrottlingException');
  for (const socket of deaf) socket.destroy();
  await until(async () => (await put()).status === 200);
});
