import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type Database from 'better-sqlite3';
import { AheadRoom, type Place } from './ahead.ts';
import { openDatabase } from './database.ts';
import { type AgedPlace, DeskQueue, PlaceReader } from './desk-queue.ts';
import { QueueTable } from './queue-table.ts';

/** Counts the rows that are read. */
class CountingReader extends PlaceReader {
  rows = 0;

  override dueAfter(...request: Parameters<PlaceReader['dueAfter']>): Iterable<Place> {
    return this.#counted(super.dueAfter(...request));
  }

  override fresh(...request: Parameters<PlaceReader['fresh']>): Iterable<AgedPlace> {
    return this.#counted(super.fresh(...request));
  }

  override retried(...request: Parameters<PlaceReader['retried']>): Iterable<AgedPlace> {
    return this.#counted(super.retried(...request));
  }

  *#counted<Row>(rows: Iterable<Row>): Iterable<Row> {
    for (const row of rows) {
      this.rows += 1;
      yield row;
    }
  }
}

const BACKLOG = 5_000;

function databaseOf(t: TestContext): Database.Database {
  const folder = mkdtempSync(join(tmpdir(), 'busbar-queue-'));
  const database = openDatabase(folder);
  t.after(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });
  return database;
}

/** Queue 1 is owed a backlog since long, every second delivery attempted before; queue 2 three deliveries. */
function queuesOf(t: TestContext, leased: ReadonlySet<number> = new Set()) {
  const database = databaseOf(t);
  const insert = database.prepare(
    `INSERT INTO delivery (event, slot, queue, attempts, due_at, waits_from, error_code)
     VALUES (?, 0, ?, 0, ?, ?, ?)`,
  );
  database.transaction(() => {
    for (let event = 1; event <= BACKLOG; event++) {
      const isRetried = event % 2 === 0;
      insert.run(event, 1, isRetried ? event + BACKLOG : event, event, isRetried ? 'TIMEOUT' : null);
    }
    for (const event of [1, 2, 3]) insert.run(BACKLOG + event, 2, 99_999, 99_999, null);
  })();
  const reader = new CountingReader(database);
  const queue = (id: number) =>
    new DeskQueue(id, {
      names: new QueueTable(database),
      places: reader,
      room: new AheadRoom(),
      isLeased: ({ event }) => leased.has(event),
    });
  return { reader, dead: queue(1), alive: queue(2) };
}

test('taking reads what it takes, however much the queue or another one holds', (t) => {
  const { reader, dead, alive } = queuesOf(t);
  assert.equal(alive.take(9, 100_000).length, 3);
  assert.equal(reader.rows, 3);
  assert.equal(dead.take(9, 100_000).length, 9);
  assert.equal(reader.rows, 3 + 32, 'and some of those after that');
  assert.equal(alive.nextDueAt(), undefined);
  assert.equal(dead.nextDueAt(), 19);
  assert.equal(dead.take(20, 100_000).length, 20);
  assert.equal(reader.rows, 3 + 32);
});

const fresh = (event: number, dueAt: number) => ({
  queue: 2,
  dueAt,
  event,
  slot: 0,
  fresh: { id: `e${event}`, busArn: '', receivedAt: dueAt, envelope: '{}' },
});

test('what is stored behind all others is taken without being read', (t) => {
  const { reader, alive } = queuesOf(t);
  assert.equal(alive.take(9, 99_999).length, 3);
  const [one, two] = [fresh(BACKLOG + 4, 100_000), fresh(BACKLOG + 5, 100_001)];
  for (const place of [one, two]) alive.expectFresh(place);
  assert.equal(alive.nextDueAt(), 100_000);
  assert.deepEqual(alive.take(9, 100_000), [one]);
  assert.deepEqual(alive.take(9, 100_001), [two]);
  assert.equal(alive.nextDueAt(), undefined);
  assert.equal(reader.rows, 3);
});

test('what was stored and taken back, or comes before others, is looked for where it is kept', (t) => {
  const { reader, alive } = queuesOf(t);
  assert.equal(alive.take(2, 99_999).length, 2);
  alive.take(9, 0);
  alive.expectFresh(fresh(BACKLOG + 4, 100_000));
  alive.lookAnew();
  assert.deepEqual(
    alive.take(9, 100_000).map(({ event }) => event),
    [BACKLOG + 3],
  );
  const { rows } = reader;
  alive.expectFresh(fresh(BACKLOG + 5, 5));
  assert.equal(alive.take(9, 100_000).length, 3);
  assert.equal(reader.rows, rows + 3, 'all of them, for nothing says here that they are leased');
});

test('what waits longest is found by reading that and what is leased', (t) => {
  const leased = new Set([1, 2, 3, 4, 5, 6]);
  const { reader, dead } = queuesOf(t, leased);
  assert.deepEqual(
    dead.longestWaiting(4).map(({ event }) => event),
    [7, 8, 9, 10],
  );
  assert.ok(reader.rows <= 2 * 5 + leased.size, `${reader.rows} rows read`);
});
