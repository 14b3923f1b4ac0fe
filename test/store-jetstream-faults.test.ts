import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { openJetStreamStore } from '../src/store/jetstream/index.ts';
import { fromOutside } from './jetstream-stream.ts';
import { NatsServer } from './nats-server.ts';
import { leaseNames, owedEvent } from './store-suite.ts';

async function withServer(test: (server: NatsServer) => Promise<void>): Promise<void> {
  const server = await NatsServer.start();
  try {
    await test(server);
  } finally {
    await server.stop();
  }
}

const unavailable = { name: 'StoreUnavailable', message: /NATS at .* did not answer/ };

test('while NATS is away calls are refused before long, and work again when it is back', () =>
  withServer(async (server) => {
    const store = await openJetStreamStore(server.url);
    await store.append([owedEvent('before', 1)]);
    await server.kill();
    const start = performance.now();
    const write = () => store.writeConfiguration({ kind: 'k', key: 'k', value: 1, expectedRevision: 0 });
    await Promise.all([
      assert.rejects(store.append([owedEvent('meanwhile', 1)]), unavailable),
      assert.rejects(write, unavailable),
    ]);
    assert.ok(performance.now() - start < 30_000);
    const again = await NatsServer.start({ folder: server.folder, port: server.port });
    await store.append([owedEvent('after', 1)]);
    await write();
    assert.deepEqual(await leaseNames(store, { now: 1 }), ['before/t', 'after/t']);
    await store.close();
    await again.stop();
  }));

test('a NATS that is silent for long refuses calls, and what it took all the same is known afterwards', () =>
  withServer(async (server) => {
    const store = await openJetStreamStore(server.url);
    await store.append([owedEvent('before', 1)]);
    server.pause();
    // It may answer for a moment after the signal.
    const meanwhile = async () => {
      for (;;) await store.append([owedEvent('meanwhile', 1)]);
    };
    await assert.rejects(meanwhile, unavailable);
    server.resume();
    await store.append([owedEvent('after', 1)]);
    const counted = await store.countDeliveries();
    const names = await leaseNames(store, { now: 1 });
    // The last one in the middle was not acknowledged: it may be there or not.
    assert.deepEqual(
      names.filter((name) => name !== 'meanwhile/t'),
      ['before/t', 'after/t'],
    );
    assert.equal(counted.owed, names.length);
    await store.close();
    const again = await openJetStreamStore(server.url);
    assert.deepEqual(await again.countDeliveries(), counted);
    await again.close();
  }));

test('whoever finds that another writes the log writes no more, and says so', () =>
  withServer(async ({ url }) => {
    const store = await openJetStreamStore(url);
    await store.append([owedEvent('e', 1)]);
    await fromOutside(url, ({ publish }) =>
      publish({ 'Nats-Msg-Id': 'other.1.1.0', 'Busbar-Index': '{"o":true}' }),
    );
    const calls = [1, 2, 3].map((n) => store.append([owedEvent(`f${n}`, 1)]));
    for (const call of calls) await assert.rejects(call, /Another Busbar writes the log busbar_log by now/);
    await assert.rejects(store.append([owedEvent('g', 1)]), /taken over/);
    const change = { kind: 'k', key: 'k', value: 1, expectedRevision: 0 };
    await assert.rejects(store.writeConfiguration(change), /taken over/);
    await store.close();
    const again = await openJetStreamStore(url);
    assert.deepEqual(await leaseNames(again, { now: 1 }), ['e/t']);
    assert.deepEqual(await again.readConfiguration(), []);
    await again.close();
  }));

test('a message in the log that is nobody’s is left out, left where it is, and said', () =>
  withServer(async ({ url }) => {
    const store = await openJetStreamStore(url);
    await store.append([owedEvent('e', 1)]);
    const warned = once(process, 'warning');
    const junk = await fromOutside(url, ({ publish }) => publish({}, 'hello'));
    await store.append([owedEvent('f', 1)]);
    const [{ message }] = await warned;
    assert.match(message, new RegExp(`Message ${junk} of the log can't be read`));
    await store.close();
    const again = await openJetStreamStore(url);
    assert.deepEqual(await leaseNames(again, { now: 1 }), ['e/t', 'f/t']);
    await again.close();
    await fromOutside(url, ({ manager }) => manager.streams.getMessage('busbar_log', { seq: junk }));
  }));

test('a delivery whose event is gone holds up no other, and is listed as failed', () =>
  withServer(async ({ url }) => {
    const first = await openJetStreamStore(url);
    await first.append([owedEvent('lost', 1)]);
    await first.append([owedEvent('kept', 2)]);
    await first.close();
    const store = await openJetStreamStore(url);
    // The index is read by now; the first message of all says that the log was opened, and is gone since.
    const [lost] = await fromOutside(url, async ({ manager }) => {
      const { first_seq } = (await manager.streams.info('busbar_log')).state;
      await manager.streams.deleteMessage('busbar_log', first_seq);
      return [first_seq];
    });
    assert.deepEqual(await leaseNames(store, { now: 2 }), ['kept/t']);
    const [failed, ...more] = await store.listFailed({ max: 9 });
    assert.deepEqual(more, []);
    assert.equal(failed?.error.code, 'INTERNAL_ERROR');
    assert.match(failed.error.message, new RegExp(`Message ${lost} of the log can't be read: it is gone`));
    assert.equal(failed.targetId, 't');
    await store.close();
  }));

test('a record of configuration that is too large for a message is refused, and harms no other', () =>
  withServer(async ({ url }) => {
    const store = await openJetStreamStore(url);
    const write = (value: string) =>
      store.writeConfiguration({ kind: 'k', key: 'k', value, expectedRevision: 0 });
    await assert.rejects(write('x'.repeat(2_000_000)), /raise its max_payload/);
    await write('small');
    await store.close();
  }));

test('texts that look like headers of NATS are texts', () =>
  withServer(async ({ url }) => {
    const names = [
      'Rollup:all',
      'Expected-Stream:x',
      'Expected-Last-Sequence',
      'Msg-Id: 1',
      'Expected-Last-Msg-Id:x',
    ];
    const store = await openJetStreamStore(url);
    for (const name of names) await store.append([owedEvent('e', 1, [`Nats-${name}`])]);
    const leased = await store.lease({ max: 9, now: 1, until: 2 });
    assert.deepEqual(
      leased.map(({ targetId }) => targetId),
      names.map((name) => `Nats-${name}`),
    );
    const failed = leased.map(({ id }) => {
      const error = { code: 'X', message: 'Nats-Rollup: all\r\nNats-Expected-Stream: x' };
      return { kind: 'failed', id, failedAt: 1, attempts: 1, error } as const;
    });
    await store.settle(failed);
    // Another one writes: were the number that is expected not read, this writer would not notice.
    await fromOutside(url, ({ publish }) =>
      publish({ 'Nats-Msg-Id': 'other.1.1.0', 'Busbar-Index': '{"o":true}' }),
    );
    const append = store.append([
      owedEvent('f', 1, ['Nats-Expected-Last-Sequence Nats-Expected-Last-Msg-Id']),
    ]);
    await assert.rejects(append, /taken over/);
    await store.close();
    const again = await openJetStreamStore(url);
    assert.deepEqual(await again.countDeliveries(), { owed: 0, failed: names.length });
    const listed = await again.listFailed({ max: 9 });
    assert.deepEqual(
      listed.map(({ targetId, error }) => [targetId, error]),
      failed.map(({ error }, index) => [`Nats-${names[index]}`, error]),
    );
    await again.close();
  }));
