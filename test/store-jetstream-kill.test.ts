import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openJetStreamStore } from '../src/store/jetstream/index.ts';
import { NatsServer } from './nats-server.ts';
import { KillWriter, Ledger } from './store-kill-rounds.ts';
import { owedEvent } from './store-suite.ts';

const ROUNDS = 6;
const MAXIMUM_LINES_BEFORE_KILL = 3_000;
const someLines = () => 1 + Math.floor(Math.random() * MAXIMUM_LINES_BEFORE_KILL);

test('JetStream: what was acknowledged is there after kill -9 of the writer', {
  timeout: 60_000,
}, async () => {
  const server = await NatsServer.start();
  try {
    const ledger = new Ledger();
    for (let round = 0; round < ROUNDS; round += 1) {
      const lines = someLines();
      const writer = new KillWriter(server.url, `r${round}`);
      await writer.says(lines);
      ledger.enter(await writer.kill());
      // At once: nothing of the one that was killed stands in the way.
      const store = await openJetStreamStore(server.url);
      await ledger.mustHold(store, `round ${round}, killed after ${lines} lines`);
      await store.close();
    }
    ledger.mustNotBeEmpty();
  } finally {
    await server.stop();
  }
});

test('JetStream: a server that is killed and comes back costs no call, and nothing', {
  timeout: 90_000,
}, async () => {
  const first = await NatsServer.start();
  let server = first;
  const ledger = new Ledger();
  try {
    const writer = new KillWriter(server.url, 'w');
    for (let round = 0; round < ROUNDS; round += 1) {
      await writer.says(writer.lines + someLines());
      await server.kill();
      server = await NatsServer.start({ folder: first.folder, port: first.port });
    }
    await writer.says(writer.lines + someLines());
    ledger.enter(await writer.kill());
    const store = await openJetStreamStore(server.url);
    await ledger.mustHold(store, 'after the server was killed in each round');
    await store.close();
    ledger.mustNotBeEmpty();
  } finally {
    await server.stop();
    await first.stop();
  }
});

test('JetStream: who says nothing for long is taken over, and writes no more when it wakes up', {
  timeout: 60_000,
}, async () => {
  const server = await NatsServer.start();
  try {
    const ledger = new Ledger();
    const writer = new KillWriter(server.url, 'w', { fails: true });
    await writer.says(someLines());
    writer.pause();
    const store = await openJetStreamStore(server.url);
    await store.append([owedEvent('later', 1)]);
    writer.resume();
    const { lines, complaint } = await writer.ends();
    assert.match(complaint, /Another Busbar writes the log busbar_log by now/);
    ledger.enter(lines);
    await ledger.mustHold(store, 'after it was taken over');
    await store.append([owedEvent('last', 1)]);
    await store.close();
  } finally {
    await server.stop();
  }
});
