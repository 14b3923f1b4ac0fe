import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../src/config.ts';
import { startBusbar } from '../src/main.ts';
import { fromOutside } from './jetstream-stream.ts';
import { NatsServer } from './nats-server.ts';
import { until } from './until.ts';

const SECRET = { BUSBAR_SECRET_KEY: 'a'.repeat(64) };

const busbar = fileURLToPath(new URL('../bin/busbar.js', import.meta.url));

async function call(url: string, operation: string, body: object): Promise<number> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'X-Amz-Target': `AWSEvents.${operation}`, 'Content-Type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(body),
  });
  await response.text();
  return response.status;
}

test('a process whose store another one has taken over ends by itself, with one sentence and not with 0', {
  timeout: 60_000,
}, async (t) => {
  const nats = await NatsServer.start();
  t.after(() => nats.stop());
  const args = [busbar, 'start', '--port', '0', '--store', nats.url, '--log', 'error'];
  const server = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...SECRET },
  });
  t.after(() => server.kill('SIGKILL'));
  const said = text(server.stderr);
  const ended = once(server, 'exit');
  let url = '';
  for await (const line of createInterface({ input: server.stdout })) {
    url = /http:\/\/[\d.:]+/.exec(line)?.[0] ?? '';
    if (url !== '') break;
  }
  await call(url, 'PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
  await call(url, 'PutTargets', { Rule: 'r', Targets: [{ Id: 't', Arn: 'http://127.0.0.1:1/' }] });
  await fromOutside(nats.url, ({ publish }) =>
    publish({ 'Nats-Msg-Id': 'other.1.1.0', 'Busbar-Index': '{"o":true}' }),
  );
  const Entries = [{ Source: 'shop', DetailType: 't', Detail: '{}' }];
  assert.equal(await call(url, 'PutEvents', { Entries }), 500);
  const [code] = await ended;
  assert.equal(code, 1);
  const lines = (await said).trimEnd().split('\n');
  assert.equal(lines.length, 1, lines.join('\n'));
  assert.match(
    lines[0] ?? '',
    /Another Busbar writes the log busbar_log by now: .* must be started again\.$/,
  );
});

test('while NATS is away health says so, and it is well again though nobody sends anything', {
  timeout: 90_000,
}, async (t) => {
  const nats = await NatsServer.start();
  let current = nats;
  t.after(async () => {
    await current.stop();
    await nats.stop();
  });
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const bus = await startBusbar(readConfig(['--port=0', `--store=${nats.url}`], SECRET), { log });
  t.after(() => bus.close());
  const health = async () => {
    const response = await fetch(new URL('/_busbar/health', bus.url));
    return { status: response.status, text: await response.text() };
  };
  await call(bus.url, 'PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
  await call(bus.url, 'PutTargets', { Rule: 'r', Targets: [{ Id: 't', Arn: 'http://127.0.0.1:1/' }] });
  assert.equal((await health()).status, 200);
  await nats.kill();
  const Entries = [{ Source: 'shop', DetailType: 't', Detail: '{}' }];
  assert.equal(await call(bus.url, 'PutEvents', { Entries }), 500);
  const { status, text: body } = await health();
  assert.equal(status, 503);
  assert.match(body, /"problem":"unreachable","message":"NATS does not answer: nothing can be kept\."/);
  assert.doesNotMatch(body, new RegExp(nats.host), 'whoever asks is not told where it is');
  current = await NatsServer.start({ folder: nats.folder, port: nats.port });
  await until(async () => (await health()).status === 200);
});
