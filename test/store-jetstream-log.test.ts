import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigurationBucket } from '../src/store/jetstream/configuration-bucket.ts';
import { openJetStreamStore } from '../src/store/jetstream/index.ts';
import { LogCleaner } from '../src/store/jetstream/log-cleaner.ts';
import { LogIndex } from '../src/store/jetstream/log-index.ts';
import { encodeAppend, encodeRecord, type LogRecord } from '../src/store/jetstream/log-record.ts';
import { LogStream } from '../src/store/jetstream/log-stream.ts';
import { LogWriter } from '../src/store/jetstream/log-writer.ts';
import { PART_INDEX } from '../src/store/jetstream/message-parts.ts';
import { NatsLink } from '../src/store/jetstream/nats-link.ts';
import { parseStoreUrl } from '../src/store/jetstream/store-url.ts';
import { type ConfigurationEvent, RevisionConflict, type Store } from '../src/store/store.ts';
import { fromOutside } from './jetstream-stream.ts';
import { NatsServer } from './nats-server.ts';
import { leaseNames, owedEvent } from './store-suite.ts';
import { until } from './until.ts';

async function withServer(test: (server: NatsServer) => Promise<void>): Promise<void> {
  const server = await NatsServer.start();
  try {
    await test(server);
  } finally {
    await server.stop();
  }
}

async function deliverAll(store: Store, now: number): Promise<void> {
  for (;;) {
    const leased = await store.lease({ max: 100, now, until: now + 1 });
    if (leased.length === 0) return;
    await store.settle(leased.map(({ id }) => ({ kind: 'done', id })));
  }
}

test('what is delivered leaves the stream, but for the last message', () =>
  withServer(async ({ url }) => {
    const store = await openJetStreamStore(url);
    for (let n = 0; n < 300; n += 1) await store.append([owedEvent(`e${n}`, 1, ['a', 'b'])]);
    await deliverAll(store, 1);
    await store.append([owedEvent('last', 1)]);
    await store.close();
    await fromOutside(url, async ({ messages }) => assert.equal(await messages(), 1));
    const again = await openJetStreamStore(url);
    assert.deepEqual(await leaseNames(again, { now: 1 }), ['last/t']);
    await again.close();
  }));

test('parts whose writer did not live to make them count are left out, and cleaned away', () =>
  withServer(async ({ url }) => {
    const link = await NatsLink.open(parseStoreUrl(url));
    const stream = new LogStream(link);
    await stream.ensure();
    for (const sequence of [0, 1]) {
      const message = { tag: `gone.1.0.${sequence}`, index: PART_INDEX, body: new Uint8Array(500_000) };
      await stream.write(message, { sequence, tag: undefined });
    }
    await link.close();
    const store = await openJetStreamStore(url);
    assert.deepEqual(await store.countDeliveries(), { owed: 0, failed: 0 });
    await store.append([owedEvent('e', 1)]);
    await store.close();
    await fromOutside(url, async ({ messages }) => assert.equal(await messages(), 1));
  }));

test('an event that takes several messages goes with all of them', () =>
  withServer(async ({ url }) => {
    const large = owedEvent('large', 1);
    const event = { ...large.event, envelope: 'x'.repeat(3_000_000) };
    const store = await openJetStreamStore(url);
    await store.append([{ ...large, event }]);
    await store.close();
    await fromOutside(url, async ({ messages }) => assert.equal(await messages(), 4));
    const again = await openJetStreamStore(url);
    const [leased] = await again.lease({ max: 1, now: 1, until: 2 });
    assert.ok(leased?.event.envelope === event.envelope);
    await again.settle([{ kind: 'done', id: leased.id }]);
    await again.close();
    await fromOutside(url, async ({ messages }) => assert.equal(await messages(), 1));
  }));

test('what lies between messages that are needed is deleted once it is much, and nothing comes back', () =>
  withServer(async ({ url }) => {
    const link = await NatsLink.open(parseStoreUrl(url));
    const stream = new LogStream(link);
    await stream.ensure();
    const index = new LogIndex();
    const follower = { lastApplied: () => index.lastApplied, catchUp: async () => 0 };
    const writer = new LogWriter({ link, stream, writer: 'w', last: 0 }, follower);
    const limits = { purgeStepMessages: 1_000, garbageBytes: 1_000_000, garbageMessages: 50 };
    const cleaner = new LogCleaner(stream, index, limits);
    const append = async (id: string) => {
      const encoded = encodeAppend([owedEvent(id, 1)]);
      await writer.write(encoded, (kept) => index.apply(kept, encoded.record));
      return index.lastApplied;
    };
    const settle = (message: number) => {
      const key = { message, slot: 0 };
      const record = { kind: 'settle', settled: [{ key, settlement: { kind: 'done', id: '' } }] } as const;
      const apply = (kept: Parameters<LogIndex['apply']>[0]) => index.apply(kept, record as LogRecord);
      return writer.write(encodeRecord(record), apply);
    };
    await append('needed');
    for (let n = 0; n < 60; n += 1) await settle(await append(`e${n}`));
    assert.equal((await link.manager.streams.info(stream.name)).state.messages, 121);
    cleaner.look();
    await cleaner.idle();
    // The one that is owed, and the last settlement.
    assert.equal((await link.manager.streams.info(stream.name)).state.messages, 2);
    await link.close();
    const store = await openJetStreamStore(url);
    assert.deepEqual(await leaseNames(store, { now: 1 }), ['needed/t']);
    await store.close();
  }));

test('configuration that another process changes is seen, also after the server was away', () =>
  withServer(async (server) => {
    const links = await Promise.all([1, 2].map(() => NatsLink.open(parseStoreUrl(server.url))));
    const [ours, theirs] = await Promise.all(links.map((link) => ConfigurationBucket.open(link)));
    assert.ok(ours !== undefined && theirs !== undefined);
    const told: ConfigurationEvent[] = [];
    ours.watch((event) => told.push(event));
    const change = { kind: 'rule', key: 'k', value: 'one', expectedRevision: 0 };
    const first = await theirs.write(change);
    await until(async () => told.length === 1);
    assert.deepEqual(ours.read(), [{ kind: 'rule', key: 'k', value: 'one', revision: first }]);

    await server.kill();
    const again = await NatsServer.start({ folder: server.folder, port: server.port });
    const second = await theirs.write({ ...change, value: 'two', expectedRevision: first });
    // Whether or not the change was seen by now: it came first.
    await assert.rejects(ours.write({ ...change, value: 'late', expectedRevision: first }), RevisionConflict);
    await until(async () => told.length === 2);
    await theirs.write({ ...change, value: undefined, expectedRevision: second });
    await until(async () => told.length === 3);
    assert.deepEqual(
      told.map(({ kind }) => kind),
      ['put', 'put', 'delete'],
    );
    assert.deepEqual(ours.read(), []);
    for (const bucket of [ours, theirs]) bucket.close();
    for (const link of links) await link.close();
    await again.stop();
  }));
