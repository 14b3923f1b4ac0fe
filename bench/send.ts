/**
 * How fast `busbar send` is beside what the bus can take: `node bench/send.ts [--events 100000] [--rounds 3]`. Both
 * send entries of 1 KB to the same bus on SQLite in turns: clients that keep 32 connections busy with ready-made
 * requests, and the command with a file.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { summarize } from './compare-statistics.ts';
import { startBusFor } from './load-bus.ts';
import { Connections } from './load-connections.ts';
import { makeEntries } from './load-events.ts';
import { putEventsRequests, tookAll } from './load-requests.ts';
import { startSilentTarget } from './load-target.ts';

const ENTRY_BYTES = 1024;
const ENTRIES_PER_REQUEST = 10;
const CONNECTIONS = 32;
const DISTINCT = 1000;

const { values } = parseArgs({
  options: { events: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '3' } },
});
const events = Number(values.events);
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'busbar-bench-'));
const target = await startSilentTarget();
const bus = await startBusFor(target.url, { tree: root, scale: 1, dataFolder: folder });
try {
  const entries = makeEntries(DISTINCT, ENTRY_BYTES);
  const file = join(folder, 'events.jsonl');
  const block = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
  // A million lines are more than one string can hold.
  for (let lines = 0; lines < events; lines += DISTINCT) appendFileSync(file, block);
  const requests = putEventsRequests(bus.url, entries, ENTRIES_PER_REQUEST);
  const connections = await Connections.open(bus.url, CONNECTIONS, tookAll);
  const limits: number[] = [];
  const sends: number[] = [];
  for (let round = -1; round < Number(values.rounds); round += 1) {
    const limit = await atMost(connections, requests);
    const sent = await send(file);
    if (round < 0) continue;
    limits.push(limit);
    sends.push(sent);
    console.log(`round ${round + 1}: bus ${limit.toFixed(0)}/s, send ${sent.toFixed(0)}/s`);
  }
  connections.close();
  const [limit, sent] = [summarize(limits), summarize(sends)];
  console.log(`bus ${limit.median.toFixed(0)} events/s, send ${sent.median.toFixed(0)} events/s`);
  console.log(`send reaches ${(sent.median / limit.median).toFixed(2)} of what the bus takes`);
} finally {
  const stopping = bus.stop();
  target.close();
  await stopping;
  rmSync(folder, { recursive: true, force: true });
}

async function atMost(connections: Connections, requests: readonly Buffer[]): Promise<number> {
  let left = Math.min(events, 50_000) / ENTRIES_PER_REQUEST;
  const { seconds, latencies } = await connections.saturate(() => {
    left -= 1;
    return left < 0 ? undefined : requests[left % requests.length];
  });
  return (latencies.length * ENTRIES_PER_REQUEST) / seconds;
}

// What the command itself measures: reading the file and the start of the process are in its own account.
async function send(file: string): Promise<number> {
  const argv = [join(root, 'bin', 'busbar.js'), 'send', file, '--endpoint-url', bus.url, '--output', 'json'];
  const env = {
    ...process.env,
    AWS_ACCESS_KEY_ID: '111111111111',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_REGION: 'eu-central-1',
  };
  const child = spawn(process.execPath, argv, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const output = child.stdout.toArray();
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`busbar send ended with ${code}`);
  const { sent, seconds } = JSON.parse(Buffer.concat(await output).toString()) as {
    sent: number;
    seconds: number;
  };
  return sent / seconds;
}
