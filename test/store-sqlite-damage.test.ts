import assert from 'node:assert/strict';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.ts';
import { owedEvent, withFolder } from './store-suite.ts';

/** Does to the file of a closed store what a defect of a disk might do. */
function damage(folder: string, sql: string): void {
  const database = new Database(join(folder, 'busbar.sqlite'));
  database.exec(sql);
  database.close();
}

const ids = (listed: readonly { readonly event: { readonly id: string } }[]) =>
  listed.map(({ event }) => event.id);

test('a delivery whose event is gone holds up no other, and is listed as failed', () =>
  withFolder(async (folder) => {
    const before = await openSqliteStore(folder);
    for (const id of ['a', 'b', 'c']) await before.append([owedEvent(id, 1)]);
    await before.close();
    damage(folder, "DELETE FROM event WHERE id = 'b'");

    const store = await openSqliteStore(folder);
    const leased = await store.lease({ max: 9, now: 5, until: 9 });
    assert.deepEqual(ids(leased), ['a', 'c']);
    assert.deepEqual(await store.countDeliveries(), { owed: 2, failed: 1 });
    const [failed, ...more] = await store.listFailed({ max: 9 });
    assert.deepEqual(more, []);
    assert.equal(failed?.owner, leased[0]?.owner);
    assert.equal(failed?.targetId, leased[0]?.targetId);
    assert.equal(failed?.failedAt, 5);
    assert.equal(failed?.error.code, 'INTERNAL_ERROR');
    assert.match(failed?.error.message ?? '', /database is damaged: Event 2 is gone/);

    // Nothing of it is left to wait for, and the rest goes on.
    await store.settle(leased.map(({ id }) => ({ kind: 'done', id })));
    assert.equal(await store.nextDueAt(), undefined);
    await store.append([owedEvent('d', 1)]);
    assert.deepEqual(ids(await store.lease({ max: 9, now: 10, until: 11 })), ['d']);

    // Whoever redrives it gets it back as it was, and holds up nobody.
    assert.equal(await store.redrive({ ids: [failed?.id ?? ''], now: 10 }), 1);
    assert.deepEqual(await store.lease({ max: 9, now: 10, until: 11 }), []);
    assert.equal((await store.countDeliveries()).failed, 1);
    await store.close();
  }));

test('deliveries whose queue has lost its name are listed as failed', () =>
  withFolder(async (folder) => {
    const before = await openSqliteStore(folder);
    await before.append([owedEvent('a', 1, ['t1', 't2'])]);
    await before.close();
    damage(folder, "DELETE FROM queue WHERE target_id = 't1'");
    const store = await openSqliteStore(folder);
    const leased = await store.lease({ max: 9, now: 5, until: 9 });
    assert.deepEqual(
      leased.map(({ targetId }) => targetId),
      ['t2'],
    );
    const [failed] = await store.listFailed({ max: 9 });
    assert.match(failed?.error.message ?? '', /database is damaged: Queue 1 is gone/);
    assert.equal(failed?.event.id, 'a');
    await store.close();
  }));

test('a lease that finds only damage says so by what is failed, and the next one goes on', () =>
  withFolder(async (folder) => {
    const before = await openSqliteStore(folder);
    for (const id of ['a', 'b']) await before.append([owedEvent(id, 1)]);
    await before.close();
    damage(folder, "DELETE FROM event WHERE id = 'a'");
    const store = await openSqliteStore(folder);
    assert.deepEqual(await store.lease({ max: 1, now: 5, until: 9 }), []);
    assert.equal(await store.nextDueAt(), 1);
    assert.deepEqual(ids(await store.lease({ max: 1, now: 5, until: 9 })), ['b']);
    await store.close();
  }));

test('a failed delivery that can’t be read hides none of the others', () =>
  withFolder(async (folder) => {
    const before = await openSqliteStore(folder);
    for (const id of ['a', 'b', 'c']) await before.append([owedEvent(id, 1)]);
    const leased = await before.lease({ max: 9, now: 1, until: 2 });
    const error = { code: 'TIMEOUT', message: 'No answer.' };
    await before.settle(leased.map(({ id }) => ({ id, kind: 'failed', failedAt: 3, attempts: 1, error })));
    await before.close();
    damage(folder, "DELETE FROM event WHERE id = 'a'");

    const store = await openSqliteStore(folder);
    assert.deepEqual(ids(await store.listFailed({ max: 9 })), ['', 'b', 'c']);
    const [damaged] = await store.listFailed({ max: 1 });
    assert.match(damaged?.error.message ?? '', /database is damaged/);
    assert.deepEqual(ids(await store.listFailed({ max: 9, after: damaged?.id })), ['b', 'c']);
    await store.close();
  }));

test('an archived event that is gone is told of, and does not stay in the way of others', () =>
  withFolder(async (folder) => {
    const before = await openSqliteStore(folder);
    for (const id of ['a', 'b', 'c']) await before.append([{ ...owedEvent(id, 1, []), archives: ['k'] }]);
    await before.close();
    damage(folder, "DELETE FROM event WHERE id = 'b'");

    const store = await openSqliteStore(folder);
    const page = { archive: 'k', from: 0, to: 9 };
    const [first] = await store.readArchive({ ...page, max: 1 });
    await assert.rejects(store.readArchive({ ...page, max: 9 }), /Event 2 is gone though it is needed/);
    assert.deepEqual(ids(await store.readArchive({ ...page, max: 9, after: '1:2' })), ['c']);
    assert.equal(first?.event.id, 'a');
    assert.equal(await store.trimArchive({ archive: 'k', before: 9, max: 9 }), 3);
    assert.deepEqual(await store.measureArchive('k'), { events: 0, bytes: 0 });
    await store.close();
  }));

test('a file that is damaged, or no database, is named', () =>
  withFolder(async (folder) => {
    const path = join(folder, 'busbar.sqlite');
    const refused = { message: /busbar\.sqlite is damaged, or no database \(.+\): put back a copy/ };
    writeFileSync(path, 'no database '.repeat(1000));
    await assert.rejects(openSqliteStore(folder), refused);
    writeFileSync(path, '');
    await (await openSqliteStore(folder)).close();
    truncateSync(path, 5_000);
    await assert.rejects(openSqliteStore(folder), refused);
  }));
