import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { startEndpoint } from './http-endpoint.ts';
import { NatsServer } from './nats-server.ts';

const busbar = fileURLToPath(new URL('../bin/busbar.js', import.meta.url));

interface RunningServer {
  readonly process: ChildProcess;
  readonly greeting: string;
  readonly client: EventBridgeClient;
}

/** `busbar start --store` as users run it. */
async function startServer(
  t: TestContext,
  { store, data }: { store: string; data: string },
): Promise<RunningServer> {
  const args = [busbar, 'start', '--port', '0', '--log', 'off', '--store', store, '--data', data];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  for await (const greeting of createInterface({ input: child.stdout })) {
    const endpoint = /http:\/\/[\d.:]+/.exec(greeting)?.[0];
    if (endpoint === undefined) continue;
    const credentials = { accessKeyId: '111111111111', secretAccessKey: 'secret' };
    const client = new EventBridgeClient({ endpoint, region: 'eu-central-1', credentials, maxAttempts: 1 });
    t.after(() => client.destroy());
    return { process: child, greeting, client };
  }
  throw new Error('the server ended before it listened');
}

async function put({ client }: RunningServer, count: number): Promise<readonly string[]> {
  const Entries = Array.from({ length: count }, () => ({ Source: 'a', DetailType: 't', Detail: '{}' }));
  const { Entries: results = [] } = await client.send(new PutEventsCommand({ Entries }));
  return results.flatMap(({ EventId }) => EventId ?? []);
}

async function end(server: RunningServer, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
  const exited = once(server.process, 'exit');
  server.process.kill(signal);
  const [code] = await exited;
  return code;
}

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
  const place = { store: nats.url, data };

  const endpoint = await startEndpoint(t);
  const acknowledged = new Set<string>();
  const arrived = () => new Set(endpoint.received.map(({ body }) => JSON.parse(body).id as string));
  let server = await startServer(t, place);
  assert.match(server.greeting, new RegExp(`kept in ${nats.url}\\.`));
  await server.client.send(new PutRuleCommand({ Name: 'r', EventPattern: '{"source":["a"]}' }));
  await server.client.send(new PutTargetsCommand({ Rule: 'r', Targets: [{ Id: 't', Arn: endpoint.url }] }));

  for (let round = 0; round < 4; round += 1) {
    const running = server;
    let alive = true;
    const callers = Array.from({ length: 4 }, async () => {
      while (alive) {
        try {
          for (const id of await put(running, 5)) acknowledged.add(id);
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
    await end(running, 'SIGKILL');
    alive = false;
    await Promise.all(callers);
    server = await startServer(t, place);
  }
  while (!acknowledged.isSubsetOf(arrived())) await endpoint.arrived(endpoint.received.length + 1);
  t.diagnostic(
    `${acknowledged.size} acknowledged, ${endpoint.received.length - arrived().size} delivered twice`,
  );
  assert.equal(await end(server, 'SIGTERM'), 0);
  assert.deepEqual(readdirSync(data), ['secret.key']);
});
