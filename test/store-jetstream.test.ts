import { basename } from 'node:path';
import { after, before } from 'node:test';
import { openJetStreamStore } from '../src/store/jetstream/index.ts';
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
