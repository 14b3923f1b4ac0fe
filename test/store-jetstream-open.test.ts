import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openJetStreamStore } from '../src/store/jetstream/index.ts';
import { fromOutside } from './jetstream-stream.ts';
import { NatsServer, type NatsServerOptions } from './nats-server.ts';
import { owedEvent } from './store-suite.ts';

async function withServer(
  test: (server: NatsServer) => Promise<void>,
  options?: NatsServerOptions,
): Promise<void> {
  const server = await NatsServer.start(options);
  try {
    await test(server);
  } finally {
    await server.stop();
  }
}

test('a store that is in use is refused, and opens as soon as it is closed', () =>
  withServer(async ({ url }) => {
    const store = await openJetStreamStore(url);
    await store.append([owedEvent('e', 1)]);
    const refused = new RegExp(
      `Another Busbar \\(process ${process.pid} on .*\\) has the store .*/busbar open`,
    );
    await assert.rejects(openJetStreamStore(url), refused);
    const other = await openJetStreamStore(`${url}/other`);
    await other.close();
    await store.append([owedEvent('f', 1)]);
    await store.close();
    const again = await openJetStreamStore(url);
    assert.deepEqual(await again.countDeliveries(), { owed: 2, failed: 0 });
    await again.close();
  }));

test('user and password are handed over, and wrong ones are refused without being repeated', () =>
  withServer(
    async ({ host }) => {
      const store = await openJetStreamStore(`nats://us%40er:p%2Fw@${host}/n`);
      await store.close();
      for (const login of ['', 'us%40er:wrong@', 'p%2Fw@']) {
        await assert.rejects(openJetStreamStore(`nats://${login}${host}/n`), (error: Error) => {
          assert.match(
            error.message,
            /Can't connect to NATS at nats:\/\/127\.0\.0\.1:\d+\/n: .*Authorization/i,
          );
          assert.doesNotMatch(error.message, /wrong|p%2Fw|p\/w/);
          return true;
        });
      }
    },
    { args: ['--user', 'us@er', '--pass', 'p/w'] },
  ));

test('a token is handed over', () =>
  withServer(
    async ({ host }) => {
      await (await openJetStreamStore(`nats://s3cret@${host}`)).close();
      await assert.rejects(openJetStreamStore(`nats://${host}`), /Authorization/i);
    },
    { args: ['--auth', 's3cret'] },
  ));

test('where there is no NATS, or none with JetStream, the error says so', async () => {
  const gone = await NatsServer.start();
  await gone.stop();
  await assert.rejects(
    openJetStreamStore(gone.url),
    /Can't connect to NATS at nats:\/\/127\.0\.0\.1:\d+\/busbar/,
  );
  await withServer(({ url }) => assert.rejects(openJetStreamStore(url), /offers no JetStream.*-js/s), {
    jetStream: false,
  });
});

test('a stream of somebody else, and one of a newer Busbar, are refused and left as they are', () =>
  withServer(({ url }) =>
    fromOutside(url, async ({ manager }) => {
      await manager.streams.add({ name: 'theirs_log', subjects: ['orders'] });
      await assert.rejects(openJetStreamStore(`${url}/theirs`), /theirs_log .* is not the log of a Busbar/);
      const description = 'The log of a Busbar, format 99.';
      await manager.streams.add({ name: 'new_log', subjects: ['new.log'], description });
      await assert.rejects(openJetStreamStore(`${url}/new`), /A newer Busbar wrote .*: its format is 99/);
      assert.equal((await manager.streams.info('new_log')).state.last_seq, 0);
    }),
  ));

test('a URL that is wrong is refused with what it should be', async () => {
  for (const url of ['nats://', 'nats://a:b:c', 'nats://h/na.me', 'nats://h?replicas=9', 'nats://h?x=1']) {
    await assert.rejects(openJetStreamStore(url), /must be|1 to 5 replicas/);
  }
});
