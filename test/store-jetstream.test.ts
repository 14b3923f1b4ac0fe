import { basename } from 'node:path';
import { after, before } from 'node:test';
import { openJetStreamStore } from '../src/store/jetstream/index.ts';
import { JetStreamStore } from '../src/store/jetstream/jetstream-store.ts';
import { NatsServer } from './nats-server.ts';
import { storeSuite } from './store-suite.ts';

let server: NatsServer;
before(async () => {
  server = await NatsServer.start();
});
after(() => server.stop());

// The stores of all tests are on one server, told apart by the names of their folders.
storeSuite('the JetStream store', {
  open: (folder) => openJetStreamStore(`${server.url}/${basename(folder)}`),
  durable: true,
});

// The same with a log that is cleaned after each call, so that nothing can be missed that was deleted too early.
storeSuite('the JetStream store, cleaned all the time', {
  open: (folder) =>
    JetStreamStore.open(`${server.url}/${basename(folder)}`, {
      purgeStepMessages: 1,
      garbageBytes: 0,
      garbageMessages: 0,
    }),
  durable: true,
});
