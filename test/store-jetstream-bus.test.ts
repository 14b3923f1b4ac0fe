import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { endBusProcess, putEvents, startBusProcess } from './bus-process.ts';
import { startEndpoint } from './http-endpoint.ts';
import { NatsServer } from './nats-server.ts';

test('a bus on JetStream: every acknowledged event arrives, though the bus and the server are killed', {
  timeout: 120_000,
}, async (t) => {
  const nats = await NatsServer.start();
  let current = nats;
  t.after(async () => {
    await current.stop();
    await nats.stop();
  });
  const data = mkdtempSync(join(tmpdir(), 'busbar-nats-key-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const place = ['--store', nats.url, '--data', data];

  const endpoint = await startEndpoint(t);
  const acknowledged = new Set<string>();
  const arrived = () => new Set(endpoint.received.map(({ body }) => JSON.parse(body).id as string));
  let server = await startBusProcess(t, ...place);
  assert.match(server.greeting, new RegExp(`kept in ${nats.url}\\.`));
  await server.client.send(new PutRuleCommand({ Name: 'r', EventPattern: '{"source":["a"]}' }));
  await server.client.send(new PutTargetsCommand({ Rule: 'r', Targets: [{ Id: 't', Arn: endpoint.url }] }));

  for (let round = 0; round < 4; round += 1) {
    const running = server;
    let alive = true;
    const callers = Array.from({ length: 4 }, async () => {
      while (alive) {
        try {
          for (const id of await putEvents(running, 5)) acknowledged.add(id);
        } catch {
          return; // the kill broke the call off: nothing was acknowledged
        }
      }
    });
    await endpoint.arrived(endpoint.received.length + 30 + Math.floor(Math.random() * 200));
    if (round % 2 === 0) {
      await current.kill();
      current = await NatsServer.start({ folder: nats.folder, port: nats.port });
      await endpoint.arrived(endpoint.received.length + 30);
    }
    await endBusProcess(running, 'SIGKILL');
    alive = false;
    await Promise.all(callers);
    server = await startBusProcess(t, ...place);
  }
  while (!acknowledged.isSubsetOf(arrived())) await endpoint.arrived(endpoint.received.length + 1);
  t.diagnostic(
    `${acknowledged.size} acknowledged, ${endpoint.received.length - arrived().size} delivered twice`,
  );
  assert.equal(await endBusProcess(server, 'SIGTERM'), 0);
  assert.deepEqual(readdirSync(data), ['secret.key']);
});
