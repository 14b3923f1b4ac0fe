import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type Msg } from '@nats-io/transport-node';
import { EVENT_ID, invocationOf } from '../../../test/invocation.ts';
import { NatsServer, type NatsServerOptions } from '../../../test/nats-server.ts';
import { until } from '../../../test/until.ts';
import { createEgress } from '../egress.ts';
import { createNatsTarget } from './nats.ts';
import { subjectOf } from './nats-url.ts';
import type { Outcome, TargetKind } from './target-kind.ts';

async function startNats(t: TestContext, options: NatsServerOptions = {}): Promise<NatsServer> {
  const server = await NatsServer.start(options);
  t.after(() => server.stop());
  return server;
}

function startTarget(t: TestContext, egress = createEgress('all')): TargetKind {
  const target = createNatsTarget({ egress, reservedSubjects: ['busbar.'] });
  t.after(() => target.close());
  return target;
}

/** Listens to all that is published. */
async function listen(t: TestContext, server: NatsServer): Promise<{ received: Msg[] }> {
  const connection = await connect({ servers: server.host });
  t.after(() => connection.close());
  const received: Msg[] = [];
  connection.subscribe('>', { callback: (_error, message) => void received.push(message) });
  await connection.flush();
  return {
    get received() {
      return received;
    },
  };
}

function told(outcome: Outcome): string {
  return outcome.kind === 'delivered'
    ? 'delivered'
    : `${outcome.kind} ${outcome.error.code} ${outcome.error.message}`;
}

test('an input is published to its subject, and the receiver can tell a second time', async (t) => {
  const server = await startNats(t);
  const { received } = await listen(t, server);
  const target = startTarget(t);
  const arn = `${server.url}/orders.placed.é`;
  const outcomes = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      target.invoke(invocationOf({ arn }, { input: `{"n":${n}.0}`, id: String(n) })),
    ),
  );
  assert.deepEqual(new Set(outcomes.map(told)), new Set(['delivered']));
  await (await connect({ servers: server.host })).close();
  const texts = received.map((message) => message.string());
  assert.deepEqual(
    texts,
    Array.from({ length: 50 }, (_, n) => `{"n":${n}.0}`),
  );
  assert.equal(received[0]?.subject, 'orders.placed.é');
  assert.equal(received[0]?.headers?.get('Busbar-Event-Id'), EVENT_ID);
  assert.equal(received[0]?.headers?.get('Busbar-Attempt'), '1');
  const ids = new Set(received.map(({ headers }) => headers?.get('Nats-Msg-Id')));
  assert.equal(ids.size, 50, 'what is delivered apart is not taken for the same');
});

test('a stream that listens keeps one of what is published twice', async (t) => {
  const server = await startNats(t);
  const connection = await connect({ servers: server.host });
  t.after(() => connection.close());
  const manager = await jetstreamManager(connection);
  await manager.streams.add({ name: 'ORDERS', subjects: ['orders.>'] });
  const target = startTarget(t);
  const arn = `${server.url}/orders.placed`;
  for (const id of ['d-1', 'd-1', 'd-2']) {
    assert.equal(told(await target.invoke(invocationOf({ arn }, { id }))), 'delivered');
  }
  assert.equal((await manager.streams.info('ORDERS')).state.messages, 2, 'two deliveries of one event');
});

test('a server that is away, and back again', async (t) => {
  const server = await startNats(t);
  const target = startTarget(t);
  const arn = `${server.url}/orders`;
  const deliver = async () => told(await target.invoke(invocationOf({ arn })));
  assert.equal(await deliver(), 'delivered');
  await server.kill();
  assert.match(await deliver(), /^retryable CONNECTION_FAILURE 127\.0\.0\.1:\d+: /);
  await startNats(t, { port: server.port });
  assert.equal(await deliver(), 'delivered');
});

test('a server that stands still is given up in time, and asked on a new connection', async (t) => {
  const server = await startNats(t);
  const target = startTarget(t);
  const arn = `${server.url}/orders`;
  const timeout = new AbortController();
  assert.equal(told(await target.invoke(invocationOf({ arn }))), 'delivered');
  server.pause();
  const outcome = target.invoke(invocationOf({ arn }, { signal: timeout.signal }));
  timeout.abort();
  assert.match(told(await outcome), /^retryable TIMEOUT/);
  server.resume();
  assert.equal(told(await target.invoke(invocationOf({ arn }))), 'delivered');
});

test('what the server refuses is refused for good', async (t) => {
  const home = await startNats(t);
  const configuration = join(home.folder, 'nats.conf');
  writeFileSync(
    configuration,
    'max_payload: 2000\nno_auth_user: anyone\n' +
      'authorization { users: [{ user: anyone, password: p, permissions: { publish: { deny: "secret.>" } } }] }\n',
  );
  const server = await startNats(t, { args: ['-c', configuration] });
  const target = startTarget(t);
  const deliver = async (subject: string, input = '{}') =>
    told(await target.invoke(invocationOf({ arn: `${server.url}/${subject}` }, { input })));
  const all = await Promise.all(
    ['secret.a', 'open', 'secret.a', 'secret.b', 'open'].map((subject) => deliver(subject)),
  );
  assert.deepEqual(
    all.map((text) => text.split(' ').slice(0, 2).join(' ')),
    [
      'permanent NO_PERMISSIONS',
      'delivered',
      'permanent NO_PERMISSIONS',
      'permanent NO_PERMISSIONS',
      'delivered',
    ],
  );
  assert.match(
    await deliver('open', `"${'x'.repeat(2000)}"`),
    /^permanent SDK_CLIENT_ERROR .*max_payload size exceeded/,
  );
  assert.equal(await deliver('open', `"${'x'.repeat(1500)}"`), 'delivered');
});

test('a server that wants to know who is there lets nobody in', async (t) => {
  const server = await startNats(t, { args: ['--user', 'u', '--pass', 'p'] });
  const outcome = await startTarget(t).invoke(invocationOf({ arn: `${server.url}/orders` }));
  assert.match(told(outcome), /^permanent NO_PERMISSIONS .*Authorization Violation/);
});

test('what is not NATS is tried again', async (t) => {
  const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const outcome = await startTarget(t).invoke(invocationOf({ arn: `nats://127.0.0.1:${port}/orders` }));
  assert.match(told(outcome), /^retryable CONNECTION_FAILURE/);
});

test('names are looked up with the same care as those of HTTP targets', async (t) => {
  const server = await startNats(t);
  const arn = `nats://localhost:${server.port}/orders`;
  assert.equal(told(await startTarget(t).invoke(invocationOf({ arn }))), 'delivered');
  const nothingInside = startTarget(t, createEgress([]));
  assert.match(
    told(await nothingInside.invoke(invocationOf({ arn }))),
    /^permanent NO_PERMISSIONS .*loopback/,
  );
  const target = startTarget(t, createEgress('all'));
  for (const host of ['169.254.169.254', '2852039166', '[::ffff:169.254.169.254]']) {
    const outcome = await target.invoke(invocationOf({ arn: `nats://${host}/orders` }));
    assert.match(told(outcome), /^permanent NO_PERMISSIONS .*never reached/, host);
  }
});

test("Busbar's own subjects are nobody's target", async (t) => {
  const server = await startNats(t);
  const { received } = await listen(t, server);
  const target = startTarget(t);
  const deliver = async (subject: string) =>
    told(await target.invoke(invocationOf({ arn: `${server.url}/${subject}` })));
  assert.match(await deliver('busbar.log'), /^permanent NO_PERMISSIONS .*keeps its store in/);
  assert.match(await deliver('%62usbar.log'), /^permanent NO_PERMISSIONS/);
  assert.equal(await deliver('busbars.log'), 'delivered');
  await until(async () => received.length > 0);
  assert.deepEqual(
    received.map(({ subject }) => subject),
    ['busbars.log'],
  );
});

test('subjects are plain ones, without users', () => {
  assert.deepEqual(subjectOf('nats://h/a'), { hostname: 'h', port: 4222, subject: 'a' });
  assert.deepEqual(subjectOf('nats://[::1]:80/a.b-c.%C3%A9'), {
    hostname: '::1',
    port: 80,
    subject: 'a.b-c.é',
  });
  assert.equal(subjectOf('nats://0x7f.1/a')?.hostname, '127.0.0.1');
  for (const text of [
    'nats://h',
    'nats://h/',
    'nats://h/a b',
    'nats://h/a%20b',
    'nats://h/a%0D%0APUB',
    'nats://h/a.*',
    'nats://h/%3E',
    'nats://h/a..b',
    'nats://h/a.',
    'nats://h/$JS.API.STREAM.DELETE.ORDERS',
    'nats://u:p@h/a',
    'nats://h/a?x',
    'nats://h/a#x',
    'nats:///a',
    'tls://h/a',
  ]) {
    assert.equal(subjectOf(text), undefined, text);
  }
});
