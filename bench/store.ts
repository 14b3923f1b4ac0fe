import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import Database from 'better-sqlite3';
import type { OwedEvent } from '../src/domain/delivery.ts';
import { openJetStreamStore } from '../src/store/jetstream/index.ts';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.ts';
import type { Store } from '../src/store/store.ts';
import { NatsServer } from '../test/nats-server.ts';

// How many events a second the stores keep, SQLite against the two least things that would keep them (rows inserted
// and committed by the driver alone, and bytes appended to a file and synced), JetStream against messages published
// by its client alone. Each event has 1 KB and owes one delivery; each call holds ten. Every round measures
// everything once, in an order that turns around, so that a slow moment of the machine hits all of them. What NATS
// acknowledges is written and not synced: the figures of the two stores do not stand for the same promise.
//
//   node bench/store.ts [folder]     the folder is on the disk to measure; default: the temporary folder

const ROUNDS = 5;
const SECONDS_PER_MEASUREMENT = 0.8;
const EVENTS_PER_CALL = 10;
const LEASE_SIZE = 100;
const envelope = 'x'.repeat(1_024);
const parent = process.argv[2] ?? tmpdir();

/** One measurement: events a second, and how long the event loop was held up, in milliseconds. */
interface Measured {
  readonly eventsPerSecond: number;
  readonly delayP50?: number;
  readonly delayP99?: number;
  readonly delayMaximum?: number;
}

type Subject = (folder: string) => Promise<Measured>;

let lastId = 0;

function tenEvents(): readonly OwedEvent[] {
  return Array.from({ length: EVENTS_PER_CALL }, () => {
    lastId += 1;
    const id = `00000000-0000-4000-8000-${String(lastId).padStart(12, '0')}`;
    return {
      event: { id, busArn: 'arn:aws:events:eu-central-1:000000000000:event-bus/b', receivedAt: 1, envelope },
      deliveries: [{ owner: 'arn:aws:events:eu-central-1:000000000000:rule/b/r', targetId: 'target' }],
    };
  });
}

const isOver = (start: number) => performance.now() - start > SECONDS_PER_MEASUREMENT * 1_000;
const perSecond = (events: number, start: number) => (events * 1_000) / (performance.now() - start);

const fileAndSync: Subject = async (folder) => {
  const descriptor = openSync(join(folder, 'file'), 'a');
  const bytes = Buffer.from(envelope.repeat(EVENTS_PER_CALL));
  const start = performance.now();
  let events = 0;
  for (; !isOver(start); events += EVENTS_PER_CALL) {
    writeSync(descriptor, bytes);
    fsyncSync(descriptor);
  }
  const eventsPerSecond = perSecond(events, start);
  closeSync(descriptor);
  return { eventsPerSecond };
};

const rawSqlite: Subject = async (folder) => {
  const database = new Database(join(folder, 'raw.sqlite'));
  for (const pragma of ['locking_mode = EXCLUSIVE', 'journal_mode = WAL', 'synchronous = FULL']) {
    database.pragma(pragma);
  }
  database.exec('CREATE TABLE event (sequence INTEGER PRIMARY KEY, envelope TEXT NOT NULL)');
  const insert = database.prepare('INSERT INTO event (envelope) VALUES (?)');
  const insertTen = database.transaction(() => {
    for (let index = 0; index < EVENTS_PER_CALL; index += 1) insert.run(envelope);
  });
  const start = performance.now();
  let events = 0;
  for (; !isOver(start); events += EVENTS_PER_CALL) insertTen();
  const eventsPerSecond = perSecond(events, start);
  database.close();
  return { eventsPerSecond };
};

const PUBLISHED_AT_A_TIME = 32;

const rawPublish: Subject = async (folder) => {
  const server = await NatsServer.start({ folder });
  const connection = await connect({ servers: server.url });
  await (await jetstreamManager(connection)).streams.add({ name: 'raw', subjects: ['raw'] });
  const client = jetstream(connection);
  const bytes = Buffer.from(envelope.repeat(EVENTS_PER_CALL));
  const start = performance.now();
  const publish = async () => {
    let events = 0;
    for (; !isOver(start); events += EVENTS_PER_CALL) await client.publish('raw', bytes);
    return events;
  };
  const eventsPerSecond = perSecond(
    sum(await Promise.all(Array.from({ length: PUBLISHED_AT_A_TIME }, publish))),
    start,
  );
  await connection.close();
  await server.stop();
  return { eventsPerSecond };
};

/** A store of its own for one measurement, and how to end what it runs on. */
type OpenStore = (folder: string) => Promise<{ readonly store: Store; readonly end: () => Promise<void> }>;

const sqlite: OpenStore = async (folder) => ({
  store: await openSqliteStore(folder),
  end: () => Promise.resolve(),
});

const nats: OpenStore = async (folder) => {
  const server = await NatsServer.start({ folder });
  return { store: await openJetStreamStore(server.url), end: () => server.stop() };
};

/** Runs `work` on a store of its own and watches the event loop meanwhile. */
async function onStore(
  { folder, open }: { folder: string; open: OpenStore },
  work: (store: Store) => Promise<number>,
): Promise<Measured> {
  const { store, end } = await open(folder);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  const eventsPerSecond = perSecond(await work(store), start);
  delay.disable();
  await store.close();
  await end();
  return {
    eventsPerSecond,
    delayP50: delay.percentile(50) / 1e6,
    delayP99: delay.percentile(99) / 1e6,
    delayMaximum: delay.max / 1e6,
  };
}

async function appendWhile(store: Store, goOn: () => boolean): Promise<number> {
  let events = 0;
  for (; goOn(); events += EVENTS_PER_CALL) await store.append(tenEvents());
  return events;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

const appending =
  (open: OpenStore, callers: number): Subject =>
  (folder) =>
    onStore({ folder, open }, async (store) => {
      const start = performance.now();
      const all = Array.from({ length: callers }, () => appendWhile(store, () => !isOver(start)));
      return sum(await Promise.all(all));
    });

/** Events that were appended, leased and settled as delivered, all at the same time. */
const delivering =
  (open: OpenStore, callers: number): Subject =>
  (folder) =>
    onStore({ folder, open }, async (store) => {
      const start = performance.now();
      let appended = 0;
      let settled = 0;
      const settle = async () => {
        for (let leased = await leaseSome(store); ; leased = await leaseSome(store)) {
          if (leased.length === 0) {
            if (isOver(start)) return;
            // A store may answer from memory: others must get their turn.
            await new Promise(setImmediate);
            continue;
          }
          await store.settle(leased.map(({ id }) => ({ kind: 'done', id })));
          settled += leased.length;
        }
      };
      // Appends wait while much is owed, as they would for a queue that is bounded.
      const append = async () => {
        while (!isOver(start)) {
          if (appended - settled > 20 * LEASE_SIZE) await new Promise(setImmediate);
          else {
            await store.append(tenEvents());
            appended += EVENTS_PER_CALL;
          }
        }
      };
      await Promise.all([...Array.from({ length: callers }, append), settle(), settle()]);
      return settled;
    });

const leaseSome = (store: Store) => store.lease({ max: LEASE_SIZE, now: 1, until: 2 });

/** How long one call after the other takes, in milliseconds: nobody else asks anything of the store. */
interface Waits {
  readonly append: readonly number[];
  readonly settle: readonly number[];
  /** From the append to the end of the settlement. */
  readonly all: readonly number[];
}

const CALLS_BEFORE_MEASURING = 20;

/** One event after the other: appended, leased, settled as delivered. */
async function waitsOf(open: OpenStore, folder: string): Promise<Waits> {
  const { store, end } = await open(folder);
  const waits = { append: [] as number[], settle: [] as number[], all: [] as number[] };
  const start = performance.now();
  for (let call = 0; !isOver(start); call += 1) {
    const began = performance.now();
    await store.append(tenEvents().slice(0, 1));
    const appended = performance.now();
    const leased = await leaseSome(store);
    await store.settle(leased.map(({ id }) => ({ kind: 'done', id })));
    if (call < CALLS_BEFORE_MEASURING) continue;
    const settled = performance.now();
    waits.append.push(appended - began);
    waits.settle.push(settled - appended);
    waits.all.push(settled - began);
  }
  await store.close();
  await end();
  return waits;
}

const subjects: readonly (readonly [string, Subject])[] = [
  ['baseline: file append + fsync', fileAndSync],
  ['baseline: raw insert + commit', rawSqlite],
  ['baseline: raw publish, 32 at a time', rawPublish],
  ['SQLite: append, 1 caller', appending(sqlite, 1)],
  ['SQLite: append, 8 callers', appending(sqlite, 8)],
  ['SQLite: append, 32 callers', appending(sqlite, 32)],
  ['SQLite: append, lease, settle, 1 caller', delivering(sqlite, 1)],
  ['SQLite: append, lease, settle, 32 callers', delivering(sqlite, 32)],
  ['JetStream: append, 1 caller', appending(nats, 1)],
  ['JetStream: append, 8 callers', appending(nats, 8)],
  ['JetStream: append, 32 callers', appending(nats, 32)],
  ['JetStream: append, lease, settle, 1 caller', delivering(nats, 1)],
  ['JetStream: append, lease, settle, 32 callers', delivering(nats, 32)],
];

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(parent, 'busbar-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const results = new Map<string, Measured[]>(subjects.map(([name]) => [name, []]));
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [name, subject] of round % 2 === 0 ? subjects : subjects.toReversed()) {
    results.get(name)?.push(await inFolder(subject));
  }
}

const inOrder = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b);
const median = (numbers: readonly number[]) => inOrder(numbers)[numbers.length >> 1] ?? Number.NaN;
const medianOf = (all: readonly Measured[], key: 'delayP50' | 'delayP99' | 'delayMaximum') => {
  const value = median(all.map((each) => each[key] ?? Number.NaN));
  return Number.isNaN(value) ? '' : value.toFixed(1);
};

console.log(`${cpus()[0]?.model}, ${cpus().length} CPUs, Node ${process.version}, ${parent}`);
console.log(`medians of ${ROUNDS} rounds; the event loop's delay in milliseconds, its timer's 1 ms included`);
console.log(`${'events a second'.padEnd(45)} median     (lowest–highest)  delay p50    p99    max`);
for (const [name, all] of results) {
  const rates = all.map(({ eventsPerSecond }) => eventsPerSecond);
  const [lowest = 0, highest = 0] = [inOrder(rates)[0], inOrder(rates).at(-1)];
  console.log(
    name.padEnd(45),
    median(rates).toFixed(0).padStart(6),
    `(${lowest.toFixed(0)}–${highest.toFixed(0)})`.padStart(20),
    medianOf(all, 'delayP50').padStart(10),
    medianOf(all, 'delayP99').padStart(6),
    medianOf(all, 'delayMaximum').padStart(6),
  );
}

const percentile = (numbers: readonly number[], share: number) =>
  (inOrder(numbers)[Math.floor(numbers.length * share)] ?? Number.NaN).toFixed(2);

console.log('\none event at a time, milliseconds: p50 and p99');
for (const [name, open] of [
  ['SQLite', sqlite],
  ['JetStream', nats],
] as const) {
  const waits = await inFolder((folder) => waitsOf(open, folder));
  const cells = Object.entries(waits).map(
    ([what, all]) => `${what} ${percentile(all, 0.5)} ${percentile(all, 0.99)}`,
  );
  console.log(`${name.padEnd(12)} ${cells.join('   ')}`);
}
