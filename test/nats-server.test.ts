import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { connect } from '@nats-io/transport-node';
import { NatsServer } from './nats-server.ts';

test('a server starts on a free port, is killed, comes back on the same one, and leaves nothing', async () => {
  const first = await NatsServer.start();
  const client = await connect({ servers: first.url, reconnect: false });
  assert.equal(client.info?.jetstream, true);
  await first.kill();
  await client.closed();
  const second = await NatsServer.start({ folder: first.folder, port: first.port });
  assert.equal(second.url, first.url);
  await second.stop();
  await first.stop();
  assert.ok(!existsSync(first.folder));
});

test('a server that can not start says why', async () => {
  await assert.rejects(NatsServer.start({ args: ['--no-such-option'] }), /no-such-option/);
});
