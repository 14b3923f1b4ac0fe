import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { CommandError } from '../errors.ts';
import { KeptConnections } from './kept-connections.ts';

const LIMITS = {
  connectTimeoutMs: 30_000,
  readTimeoutMs: 30_000,
  verifySsl: true,
  caBundle: undefined,
  proxyEnv: {},
};

// A server that does with each request on each of its connections what it is told.
async function server(
  t: TestContext,
  onRequest: (socket: Socket, place: { readonly connection: number; readonly request: number }) => void,
) {
  let connections = 0;
  const listener = createServer((socket) => {
    connections += 1;
    const connection = connections;
    let request = 0;
    socket.on('error', () => undefined);
    socket.on('data', () => {
      request += 1;
      onRequest(socket, { connection, request });
    });
    t.after(() => socket.destroy());
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  t.after(() => listener.close());
  const address = listener.address();
  assert.ok(typeof address === 'object' && address !== null);
  const kept = new KeptConnections(new URL(`http://127.0.0.1:${address.port}/`), LIMITS);
  t.after(() => kept.close());
  return { post: () => kept.post({ host: 'h' }, Buffer.from('{}')), connections: () => connections };
}

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

test('one connection after the other is used again', async (t) => {
  const { post, connections } = await server(t, (socket) => socket.write(OK));
  for (let index = 0; index < 5; index += 1) assert.equal((await post()).body, 'ok');
  assert.equal(connections(), 1);
  await Promise.all([post(), post(), post()]);
  assert.equal(connections(), 3);
});

test('a connection that was closed while it was idle costs nothing', async (t) => {
  const { post, connections } = await server(t, (socket, { connection, request }) => {
    if (connection === 1 && request === 2) socket.destroy();
    else socket.write(OK);
  });
  await post();
  assert.equal((await post()).body, 'ok');
  assert.equal(connections(), 2);
});

test('a server that says it closes is not asked there again', async (t) => {
  const { post, connections } = await server(t, (socket) => {
    socket.end('HTTP/1.1 503 Busy\r\nconnection: close\r\ncontent-length: 4\r\n\r\nbusy');
  });
  assert.deepEqual([(await post()).status, (await post()).body], [503, 'busy']);
  assert.equal(connections(), 2);
});

test('a server that closes without a word, or in the middle of one, is an error', async (t) => {
  for (const said of ['', 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf']) {
    const { post } = await server(t, (socket) => socket.end(said));
    await assert.rejects(
      post(),
      (error) => error instanceof CommandError && /^Connection was closed before/.test(error.message),
    );
  }
});
