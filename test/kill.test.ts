import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { Random } from '../bench/random.ts';
import { type BusProcess, endBusProcess, putEvents, startBusProcess } from './bus-process.ts';
import { type Endpoint, startEndpoint } from './http-endpoint.ts';

async function addRule({ client }: BusProcess, ...arns: readonly string[]): Promise<void> {
  await client.send(new PutRuleCommand({ Name: 'r', EventPattern: '{"source":["a"]}' }));
  const Targets = arns.map((Arn, n) => ({ Id: `t${n}`, Arn }));
  await client.send(new PutTargetsCommand({ Rule: 'r', Targets }));
}

function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'busbar-kill-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('events acknowledged before a kill -9 and not delivered yet arrive after the restart', {
  timeout: 60_000,
}, async (t) => {
  const folder = temporaryFolder(t);
  let killed = false;
  const endpoint = await startEndpoint(t, () => (killed ? { status: 200 } : 'hang'));
  const first = await startBusProcess(t, '--data', folder);
  await addRule(first, endpoint.url);
  const acknowledged = [...(await putEvents(first, 10)), ...(await putEvents(first, 10))];
  // The target hangs: it gets a few, and the rest waits in the store.
  await endpoint.arrived(10);
  await endBusProcess(first, 'SIGKILL');

  killed = true;
  const hung = endpoint.received.length;
  await startBusProcess(t, '--data', folder);
  await endpoint.arrived(hung + 20);
  const arrived = endpoint.received.slice(hung).map(({ body }) => JSON.parse(body).id);
  assert.deepEqual(arrived.sort(), acknowledged.sort());
});

// A run can be repeated, and made longer: BUSBAR_KILL_ROUNDS=20 BUSBAR_KILL_SEED=7 node --test test/kill.test.ts
const ROUNDS = Number(process.env['BUSBAR_KILL_ROUNDS'] ?? 4);
const SEED = Number(process.env['BUSBAR_KILL_SEED'] ?? Date.now() % 1_000_000);

test('whenever it is killed under load, every acknowledged event arrives', {
  timeout: 60_000 + ROUNDS * 20_000,
}, async (t) => {
  const random = new Random(SEED);
  const folder = temporaryFolder(t);
  let isAway = true;
  const endpoint = await startEndpoint(t);
  const away = await startEndpoint(t, () => ({ status: isAway ? 503 : 200 }));
  const acknowledged = new Set<string>();
  const idsAt = ({ received }: Endpoint, from = 0) =>
    new Set(received.slice(from).map(({ body }) => JSON.parse(body).id as string));
  let server = await startBusProcess(t, '--data', folder);
  await addRule(server, endpoint.url, away.url);

  for (let round = 0; round < ROUNDS; round++) {
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
    // The moment of the kill: after so many arrivals, and then somewhere in what is going on.
    await endpoint.arrived(endpoint.received.length + 30 + random.integer(0, 200));
    for (let turns = random.integer(0, 40); turns > 0; turns--) await setImmediate();
    await endBusProcess(running, 'SIGKILL');
    alive = false;
    await Promise.all(callers);
    server = await startBusProcess(t, '--data', folder);
  }

  while (!acknowledged.isSubsetOf(idsAt(endpoint))) await endpoint.arrived(endpoint.received.length + 1);
  isAway = false;
  const refused = away.received.length;
  while (!acknowledged.isSubsetOf(idsAt(away, refused))) await away.arrived(away.received.length + 1);
  const twice = endpoint.received.length - idsAt(endpoint).size;
  const twiceAway = away.received.length - refused - idsAt(away, refused).size;
  t.diagnostic(
    `seed ${SEED}, ${ROUNDS} kills: ${acknowledged.size} events acknowledged, none lost; delivered twice: ` +
      `${twice} to the target that was there, ${twiceAway} to the one that was away until the end`,
  );
});

test('a stop waits for a target that hangs no longer than its grace, and the delivery arrives after the restart', {
  timeout: 60_000,
}, async (t) => {
  const folder = temporaryFolder(t);
  let hangs = true;
  const endpoint = await startEndpoint(t, () => (hangs ? 'hang' : { status: 200 }));
  const server = await startBusProcess(t, '--data', folder);
  await addRule(server, endpoint.url);
  const put = performance.now();
  const [id] = await putEvents(server, 1);
  await endpoint.arrived(1);
  // The attempt's own time limit is a second longer than the grace, and has just begun; on a stalled machine, less so.
  const begun = performance.now();
  assert.equal(await endBusProcess(server, 'SIGTERM'), 0);
  const took = performance.now() - begun;
  assert.ok(took < 30_000, `the stop took ${took} ms`);
  hangs = false;
  const again = await startBusProcess(t, '--data', folder);
  await endpoint.arrived(2);
  const [first, second] = endpoint.received;
  assert.equal(JSON.parse(second?.body ?? '').id, id);
  // What was cut off counts as no attempt.
  assert.equal(first?.headers['busbar-attempt'], '1');
  const attempt = String(second?.headers['busbar-attempt']);
  assert.match(attempt, begun - put < 700 ? /^1$/ : /^[12]$/);
  assert.equal(await endBusProcess(again, 'SIGTERM'), 0);
});

test('a stop by SIGTERM loses nothing and ends with code 0', { timeout: 60_000 }, async (t) => {
  const folder = temporaryFolder(t);
  const endpoint = await startEndpoint(t);
  const server = await startBusProcess(t, '--data', folder);
  await addRule(server, endpoint.url);
  const puts = Array.from({ length: 20 }, () => putEvents(server, 10).catch(() => []));
  await endpoint.arrived(1);
  assert.equal(await endBusProcess(server, 'SIGTERM'), 0);
  const acknowledged = new Set((await Promise.all(puts)).flat());
  const again = await startBusProcess(t, '--data', folder);
  const arrived = () => new Set(endpoint.received.map(({ body }) => JSON.parse(body).id as string));
  while (!acknowledged.isSubsetOf(arrived())) await endpoint.arrived(endpoint.received.length + 1);
  assert.equal(await endBusProcess(again, 'SIGTERM'), 0);
});
