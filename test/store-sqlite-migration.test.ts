import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.ts';
import { withFolder } from './store-suite.ts';

const migration = (name: string) =>
  readFileSync(new URL(`../src/store/sqlite/migrations/${name}.sql`, import.meta.url), 'utf8');

/** A database as an early version of the schema left it, with deliveries owed, retried and failed. */
function writeVersion(version: 1 | 2, folder: string): void {
  const database = new Database(join(folder, 'busbar.sqlite'));
  database.exec(migration('001-log-and-configuration'));
  if (version === 2) database.exec(migration('002-event-hops'));
  const insertEvent = database.prepare(
    "INSERT INTO event (sequence, id, bus_arn, received_at, envelope) VALUES (?, ?, 'bus', ?, ?)",
  );
  const insertDelivery = database.prepare(
    `INSERT INTO delivery (event, slot, owner, target_id, attempts, due_at, failed_at, error_code, error_message)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const odd = Buffer.from('\ud800', 'utf16le');
  for (const event of [1, 2, 3]) insertEvent.run(event, `e${event}`, event * 10, `{"id":"e${event}"}`);
  insertDelivery.run(1, 0, 'rule/a', 't', 0, 10, null, null, null);
  insertDelivery.run(1, 1, 'rule/b', 't', 2, 700, null, 'TIMEOUT', 'No answer.');
  insertDelivery.run(2, 0, 'rule/a', 't', 1, 20, 60, 'NO_RESOURCE', 'Gone.');
  insertDelivery.run(3, 0, 'rule/a', odd, 0, 30, null, null, null);
  database.exec("UPDATE counter SET value = 3 WHERE name IN ('owed', 'sequence')");
  database.exec("UPDATE counter SET value = 1 WHERE name = 'failed'");
  database.pragma(`user_version = ${version}`);
  database.close();
}

const event = (number: number) => ({
  id: `e${number}`,
  busArn: 'bus',
  receivedAt: number * 10,
  envelope: `{"id":"e${number}"}`,
});

for (const version of [1, 2] as const) {
  test(`what a database of version ${version} owes and keeps is carried over`, () =>
    withFolder(async (folder) => {
      writeVersion(version, folder);
      const store = await openSqliteStore(folder);
      assert.deepEqual(await store.countDeliveries(), { owed: 3, failed: 1 });
      const leased = await store.lease({ max: 9, now: 50, until: 99 });
      assert.deepEqual(
        leased.map(({ id, ...delivery }) => delivery),
        [
          { owner: 'rule/a', targetId: 't', attempts: 0, event: event(1) },
          { owner: 'rule/a', targetId: '\ud800', attempts: 0, event: event(3) },
        ],
      );
      assert.deepEqual(
        (await store.listFailed({ max: 9, owner: 'rule/a' })).map(({ id, ...failed }) => failed),
        [
          {
            owner: 'rule/a',
            targetId: 't',
            attempts: 1,
            event: event(2),
            failedAt: 60,
            error: { code: 'NO_RESOURCE', message: 'Gone.' },
          },
        ],
      );
      const queue = { owner: 'rule/b', targetId: 't' };
      const aged = await store.leaseAged({ queue, receivedBefore: 11, max: 9, now: 50, until: 99 });
      assert.deepEqual(
        aged.deliveries.map(({ attempts, event: { id } }) => [attempts, id]),
        [[2, 'e1']],
      );
      await store.settle([...leased, ...aged.deliveries].map(({ id }) => ({ kind: 'done', id })));
      assert.deepEqual(await store.countDeliveries(), { owed: 0, failed: 1 });
      await store.close();

      const again = await openSqliteStore(folder);
      assert.equal((await again.listFailed({ max: 9, owner: 'rule/a', targetId: 't' })).length, 1);
      await again.close();
      const database = new Database(join(folder, 'busbar.sqlite'));
      assert.deepEqual(database.prepare('SELECT owner, target_id FROM queue').raw().all(), [['rule/a', 't']]);
      database.close();
    }));
}
