import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { fromOutside } from './jetstream-stream.ts';
import { NatsServer } from './nats-server.ts';

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
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
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
