import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { CONFIGURED, run } from './cli-run.ts';
import { startTestBus } from './running-bus.ts';
import { until } from './until.ts';

const ENV = { ...CONFIGURED, AWS_ACCESS_KEY_ID: '111111111111', AWS_REGION: 'eu-central-1' };

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A status, or no answer at all. */
type Reply = number | 'hang up' | 'silence';

// What --forward-to reaches: it gives the replies in turn, the last one for ever.
async function receiver(t: TestContext, replies: readonly Reply[]) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    received.push({ headers: request.headers, body });
    const reply = replies[Math.min(received.length, replies.length) - 1];
    if (reply === 'hang up') request.socket.destroy();
    if (typeof reply === 'number') response.writeHead(reply, { 'retry-after': '0' }).end('said');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received };
}

// A bus that took events with these totals, and the line that listens to them from the first on.
async function listening(t: TestContext, totals: readonly string[], replies: readonly Reply[]) {
  const bus = await startTestBus(t);
  for (const total of totals) {
    const entry = { Source: 'shop', DetailType: 'Order', Detail: `{"total":${total}}` };
    await bus.call('PutEvents', { Entries: [entry] });
  }
  const other = await receiver(t, replies);
  const line = ['listen', '--since', '1h', '--endpoint-url', bus.url, '--forward-to', other.url];
  const listen = (argv: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    run([...line, ...argv], { env: { ...ENV, ...env } });
  return { listen, received: other.received };
}

test('events go on in their order, with headers, and each answer is shown', async (t) => {
  const { listen, received } = await listening(t, ['7.0', '8'], [200]);
  const taken = await listen(['--header', 'X-Mine=a=b', '--header', 'X-Other: yes', '--count', '2']);
  assert.equal(taken.code, 0, taken.stderr);
  assert.match(taken.stdout, /^[\d:.]+ {2}shop {2}Order {2}200 OK {2}\d+ ms\n/);
  assert.match(taken.stderr, /\n2 taken, 0 not\.\n$/);
  assert.deepEqual(
    received.map(({ body }) => /"total":[\d.]+/.exec(body)?.[0]),
    ['"total":7.0', '"total":8'],
  );
  const [first] = received;
  assert.equal(first?.headers['x-mine'], 'a=b');
  assert.equal(first?.headers['x-other'], 'yes');
  assert.equal(first?.headers['webhook-id'], JSON.parse(first?.body ?? '{}').id);
  assert.equal(first?.headers['webhook-signature'], undefined);
});

test('what is in the way for the moment is tried again, and the next event waits for it', async (t) => {
  const { listen, received } = await listening(t, ['1', '2'], [503, 429, 'hang up', 200]);
  const { code, stdout, stderr } = await listen(['--count', '2']);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /200 OK {2}\d+ ms {2}4 attempts\n.*200 OK {2}\d+ ms\n$/);
  assert.match(stderr, /\n503 Service Unavailable; trying again in 0\.0 s\.\n429 Too Many Requests; /);
  assert.match(stderr, /\n2 taken, 0 not\. 3 requests were sent again\.\n$/);
  const ids = received.map(({ headers }) => headers['webhook-id']);
  assert.equal(new Set(ids.slice(0, 4)).size, 1);
  assert.notEqual(ids[4], ids[0]);
});

test('what is refused is not tried again, and nothing is with no retries', async (t) => {
  const { listen, received } = await listening(t, ['1', '2'], [400, 302, 500, 500, 500]);
  const refused = await listen(['--count', '2']);
  assert.equal(refused.code, 1);
  assert.match(refused.stdout, /400 Bad Request {2}\d+ ms\n.*302 Found {2}\d+ ms\n$/);
  assert.match(refused.stderr, /\n0 taken, 2 not\.\n$/);
  const once = await listen(['--count', '1', '--retries', '0']);
  assert.equal(once.code, 1);
  assert.match(once.stdout, /500 Internal Server Error {2}\d+ ms\n$/);
  const twice = await listen(['--count', '1', '--retries', '1', '--output', 'json']);
  const { said, attempts, isTaken } = JSON.parse(twice.stdout);
  assert.deepEqual([said, attempts, isTaken], ['500 Internal Server Error', 2, false]);
  assert.equal(received.length, 5);
});

test('nobody there, and nobody who answers', async (t) => {
  const { listen } = await listening(t, ['1'], ['silence']);
  const late = await listen(['--count', '1', '--retries', '0', '--timeout', '50ms']);
  assert.match(late.stdout, /no answer in time/);
  const gone = await listen(['--count', '1', '--retries', '1', '--forward-to', 'http://127.0.0.1:1/']);
  assert.match(gone.stdout, /(ECONNREFUSED|bad port).* 2 attempts\n$/);
});

test('with a secret, typed or of the environment, each request is signed as Standard Webhooks are', async (t) => {
  const { listen, received } = await listening(t, ['7.0'], [200]);
  const key = Buffer.from('known to both sides and nobody else');
  const secret = `whsec_${key.toString('base64')}`;
  assert.equal((await listen(['--count', '1', '--secret', secret])).code, 0);
  assert.equal((await listen(['--count', '1'], { BUSBAR_WEBHOOK_SECRET: secret })).code, 0);
  assert.equal(received.length, 2);
  for (const { headers, body } of received) {
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const expected = createHmac('sha256', key).update(signed).digest('base64');
    assert.equal(headers['webhook-signature'], `v1,${expected}`);
    assert.ok(Math.abs(Number(headers['webhook-timestamp']) - Date.now() / 1000) < 60);
  }
});

test('Ctrl-C ends it with a summary, and tells of what was under way', async (t) => {
  const { listen, received } = await listening(t, ['1', '2'], [200, 'silence']);
  const ended = listen([]);
  await until(async () => received.length === 2);
  process.emit('SIGINT');
  const { code, stderr } = await ended;
  assert.equal(code, 0);
  assert.match(stderr, /\n1 taken, 0 not\. One more was under way: whether it was taken is not known\.\n$/);
});

test('options that make no sense', async (t) => {
  const { listen, received } = await listening(t, ['1'], [200]);
  for (const [argv, told] of [
    [['--forward-to', 'localhost'], /--forward-to wants a URL/],
    [['--header', 'x'], /--header wants NAME=VALUE, not "x"/],
    [['--header', 'x y=z'], /"x y=z" is no header that can be sent/],
    [['--retries', '-1'], /--retries takes a whole number from 0, not "-1"/],
    [['--retries', '1.5'], /--retries takes a whole number/],
    [['--secret', 'not base64'], /--secret wants base64, as "openssl rand -base64 24" makes it/],
  ] as const) {
    const { code, stderr } = await listen(argv);
    assert.equal(code, 252, argv.join(' '));
    assert.match(stderr, told);
  }
  const environment = await listen([], { BUSBAR_WEBHOOK_SECRET: '?' });
  assert.match(environment.stderr, /BUSBAR_WEBHOOK_SECRET wants base64/);
  assert.equal(received.length, 0);
});
