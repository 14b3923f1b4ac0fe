import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { CONFIGURED, folder, run } from './cli-run.ts';
import { startTestBus, type TestBus } from './running-bus.ts';

const ACCOUNT = '111111111111';
const ENV = { ...CONFIGURED, AWS_ACCESS_KEY_ID: ACCOUNT, AWS_REGION: 'eu-central-1' };

// What targets and --forward-to reach: /ok takes everything, /bad nothing.
async function endpoint(
  t: TestContext,
): Promise<{ url: string; bodies: string[]; headers: IncomingHttpHeaders[] }> {
  const bodies: string[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const server = createServer(async (request, response) => {
    bodies.push(Buffer.concat(await request.toArray()).toString());
    headers.push(request.headers);
    response.statusCode = request.url === '/ok' ? 200 : 400;
    response.end('said');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies, headers };
}

async function busWithOrders(t: TestContext, target: string): Promise<TestBus> {
  const bus = await startTestBus(t);
  await bus.call('PutRule', {
    Name: 'big',
    EventPattern: '{"source":["shop"],"detail":{"total":[{"numeric":[">=",100]}]}}',
  });
  await bus.call('PutTargets', { Rule: 'big', Targets: [{ Id: 'hook', Arn: target }] });
  await bus.call('PutRule', { Name: 'off', EventPattern: '{"source":["shop"]}', State: 'DISABLED' });
  return bus;
}

const order = (total: string) => ({ Source: 'shop', DetailType: 'Order', Detail: `{"total": ${total}}` });

async function put(bus: TestBus, total: string): Promise<string> {
  const { json } = await bus.call('PutEvents', { Entries: [order(total)] });
  const [entry] = json.Entries as { EventId: string }[];
  return entry?.EventId ?? '';
}

test('tail shows events in a line each, as JSON with every digit, or whole', async (t) => {
  const bus = await busWithOrders(t, (await endpoint(t)).url);
  await put(bus, '7.0');
  await put(bus, '8');
  const shown = async (...argv: readonly string[]) =>
    run(['tail', '--since', '1h', '--count', '2', '--endpoint-url', bus.url, ...argv], { env: ENV });
  const plain = await shown();
  assert.equal(plain.code, 0, plain.stderr);
  assert.match(
    plain.stdout,
    /^\d\d:\d\d:\d\d\.\d{3} {2}shop {2}Order {2}\{"total":7\.0\}\n[^\n]*\{"total":8\}\n$/,
  );
  const json = (await shown('--json')).stdout.trim().split('\n');
  assert.match(json[0] ?? '', /^\{"version":"0","id":".*"detail":\{"total":7\.0\}\}$/);
  assert.equal(JSON.parse(json[1] ?? '').detail.total, 8);
  assert.match((await shown('--expanded')).stdout, /\n {4}"detail": \{\n {8}"total": 7\.0\n {4}\}\n/);
  assert.ok((await shown('--color', 'on')).stdout.includes('\u001b[36mshop\u001b[39m'));
  const narrow = await run(
    ['tail', '--since', '1h', '--count', '1', '--endpoint-url', bus.url, '--color', 'off'],
    {
      env: ENV,
      columns: 36,
    },
  );
  assert.match(narrow.stdout, /^.{14}shop {2}Order {2}\{"total"…\n$/);
});

test('tail shows what a pattern or a rule chooses, and what becomes of it', async (t) => {
  const { url } = await endpoint(t);
  const bus = await busWithOrders(t, `${url}/bad`);
  await put(bus, '1');
  const id = await put(bus, '100');
  const line = ['tail', '--since', '1h', '--endpoint-url', bus.url];
  const pattern = ['--pattern', '{"detail":{"total":[100]}}'];
  const chosen = await run([...line, ...pattern, '--count', '1', '--json'], { env: ENV });
  assert.equal(JSON.parse(chosen.stdout).id, id);
  const byRule = await run([...line, '--rule', 'big', '--count', '1', '--json'], { env: ENV });
  assert.equal(JSON.parse(byRule.stdout).id, id);
  const waited = await run(
    [
      'expect',
      '--pattern',
      '{"source":["shop"]}',
      '--timeout',
      '1s',
      '--put',
      JSON.stringify(order('200')),
      '--endpoint-url',
      bus.url,
    ],
    { env: ENV },
  );
  assert.equal(waited.code, 1);
  assert.match(
    waited.stderr,
    /^\nEvent [0-9a-f-]{36} came, but at hook it is failed: The endpoint answered 400: said\n/,
  );
  const story = await run(['explain', 'event', id, '--endpoint-url', bus.url], { env: ENV });
  assert.match(story.stdout, /came to default {2}shop {2}Order\n {2}rule big\n {4}hook {2}http/);
  assert.match(story.stdout, /attempt 1 {2}400 permanent {2}\d+ ms {2}SDK_CLIENT_ERROR/);
  assert.match(story.stdout, /\n {6}failed\n$/);
  const broken = await run([...line, '--pattern', '{"a":1}', '--count', '1'], { env: ENV });
  assert.equal(broken.code, 254);
});

// A bus that breaks off after each event, in the stream's own words.
test('a connection that breaks goes on behind the last event', async (t) => {
  const asked: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers);
    const number = asked.length;
    const data = JSON.stringify({
      eventId: 'i',
      rules: [],
      receivedAt: '2026-01-02T03:04:05.000Z',
      event: { id: `${number}` },
    });
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`id: p-${number}\nevent: event\ndata: ${data}\n\n`, () => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { code, stdout, stderr } = await run(['tail', '--json', '--count', '3', '--endpoint-url', url]);
  assert.equal(code, 0);
  assert.equal(stdout, '{"id":"1"}\n{"id":"2"}\n{"id":"3"}\n');
  assert.deepEqual(
    asked.map((headers) => headers['last-event-id']),
    [undefined, 'p-1', 'p-2'],
  );
  assert.match(stderr, /^The connection broke; trying again\.\nThe bus is back\.\n/);
});

test('expect puts an event and waits until it is delivered', async (t) => {
  const target = await endpoint(t);
  const bus = await busWithOrders(t, `${target.url}/ok`);
  const cwd = folder({ 'order.json': JSON.stringify({ ...order('1'), Detail: { total: 500 } }) });
  const line = ['expect', '--pattern', '{"source":["shop"]}', '--endpoint-url', bus.url];
  const met = await run([...line, '--put', 'order.json', '--rule', 'big', '--target', 'hook'], {
    env: ENV,
    cwd,
  });
  assert.equal(met.code, 0, met.stderr);
  assert.match(met.stdout, /shop {2}Order {2}\{"total":500\}\n +big → hook {2}delivered\n$/);
  assert.equal(target.bodies.length, 1);
  const json = await run([...line, '--put', JSON.stringify(order('100')), '--output', 'json'], { env: ENV });
  assert.equal(JSON.parse(json.stdout).met, true);
  const unmatched = await run([...line, '--put', JSON.stringify(order('1')), '--timeout', '1s'], {
    env: ENV,
  });
  assert.equal(unmatched.code, 1);
  assert.match(unmatched.stderr, /matches the pattern, but no rule matches it, so nobody gets it/);
  const received = await run([...line, '--put', JSON.stringify(order('1')), '--received'], { env: ENV });
  assert.equal(received.code, 0);
  const absent = await run([...line, '--absent', '--timeout', '200ms'], { env: ENV });
  assert.deepEqual(absent, { code: 0, stdout: '', stderr: '' });
  const nothing = await run([...line, '--timeout', '200ms'], { env: ENV });
  assert.equal(nothing.code, 1);
  assert.match(
    nothing.stderr,
    /^\nNo event that matches the pattern came in 0\.2 s\.\nSee what does come: busbar tail/,
  );
  const refused = await run([...line, '--put', '{"Source":"aws.x","DetailType":"d","Detail":"{}"}'], {
    env: ENV,
  });
  assert.equal(refused.code, 255);
  assert.match(refused.stderr, /NotAuthorizedForSource/);
});

test('explain names the leaf that fails, the nearest rule first', async (t) => {
  const bus = await busWithOrders(t, (await endpoint(t)).url);
  const id = await put(bus, '5');
  const explain = (argv: readonly string[], stdin = '') =>
    run(['explain', ...argv, '--endpoint-url', bus.url], { env: ENV, stdin });
  const { code, stdout } = await explain([id]);
  assert.equal(code, 1);
  assert.match(stdout, /^0 of 2 rules match on default\.\n\n✗ big on default\n {4}✗ detail\.total: Found 5;/);
  assert.match(stdout, /✗ off on default\n {4}The rule is disabled\.\n {4}✓ source: Found "shop"/);
  const entry = JSON.stringify({ Source: 'shop', Detail: { total: 100 } });
  const matched = await explain(['-', '--rule', 'big'], entry);
  assert.equal(matched.code, 0, matched.stderr);
  assert.match(matched.stdout, /^1 of 1 rule matches/);
  const json = await explain([id, '--rule', 'big', '--output', 'json']);
  assert.equal(JSON.parse(json.stdout).rules[0].ruleName, 'big');
  const held = await explain([id, '--pattern', '{"detail":{"total":[5]}}']);
  assert.equal(held.code, 0, held.stderr);
  assert.match(held.stdout, /The event matches\./);
});

test('explain pattern tells what it means and what can never match', async (t) => {
  const bus = await startTestBus(t);
  const explain = (argv: readonly string[], stdin = '') =>
    run(['explain', 'pattern', ...argv, '--endpoint-url', bus.url], { env: ENV, stdin });
  const plain = await explain(['{"source":["shop"]}']);
  assert.equal(plain.code, 0, plain.stderr);
  assert.match(plain.stdout, /^source .*"shop"\n\nComplexity: 0 of 10\.\n$/);
  const never = await explain(['-'], '{"detailType":["x"]}');
  assert.equal(never.code, 1);
  assert.match(never.stdout, /It can never match:\n {2}detailType: Events have no field detailType/);
  const invalid = await explain(['{"source":"shop"}']);
  assert.equal(invalid.code, 1);
  assert.match(invalid.stdout, /^Not a valid pattern\. /);
  assert.equal((await explain(['{nonsense'])).code, 252);
  assert.equal((await explain([])).code, 252);
});

test('what the commands can not do they say, with a way on', async () => {
  const told = async (...argv: readonly string[]) => {
    const { code, stderr } = await run(argv, {
      env: { HOME: '/nonexistent', BUSBAR_ENDPOINT_URL: 'http://127.0.0.1:9' },
    });
    return `${code} ${stderr.trim()}`;
  };
  assert.match(
    await told('tail'),
    /^255 Could not connect to .*\nNo Busbar is running there; start one with: busbar start$/,
  );
  assert.match(
    await told('tail', 'x'),
    /^252 busbar tail: "x" is not understood; a pattern goes with --pattern\./,
  );
  assert.match(await told('tail', '--pattern', 'x'), /^252 busbar tail: the pattern is not JSON/);
  assert.match(await told('expect'), /^252 busbar expect: --pattern says what to wait for\./);
  assert.match(await told('explain'), /^252 busbar explain: name one event/);
  assert.match(await told('explain', 'event'), /^252 busbar explain: name the event/);
});
