import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.ts';
import { leaseNames, owedEvent, storeSuite, withFolder } from './store-suite.ts';

storeSuite('the SQLite store', { open: openSqliteStore, durable: true });

const error = { code: 'TIMEOUT', message: 'No answer.' };
const run = promisify(execFile);
const storeModule = new URL('../src/store/sqlite/sqlite-store.ts', import.meta.url).href;

/** What a person sees who looks into the file of a store that is closed. */
function inspect<T>(folder: string, read: (database: Database.Database) => T): T {
  const database = new Database(join(folder, 'busbar.sqlite'));
  try {
    return read(database);
  } finally {
    database.close();
  }
}

const rowsOf = (folder: string, table: string) =>
  inspect(folder, (database) => database.prepare(`SELECT count(*) FROM ${table}`).pluck().get());

test('the folder is created with its parents, and holds one file once the store is closed', () =>
  withFolder(async (parent) => {
    const folder = join(parent, 'a', 'b');
    const store = await openSqliteStore(folder);
    await store.append([owedEvent('e', 1)]);
    await store.close();
    assert.deepEqual(readdirSync(folder), ['busbar.sqlite']);
    if (process.platform !== 'win32')
      assert.equal(statSync(folder).mode & 0o077, 0, 'others can look into it');
  }));

test('an event is forgotten with the last delivery that needs it, owed or failed', () =>
  withFolder(async (folder) => {
    const events = async (act: (store: Awaited<ReturnType<typeof openSqliteStore>>) => Promise<void>) => {
      const store = await openSqliteStore(folder);
      await act(store);
      await store.close();
      return rowsOf(folder, 'event');
    };
    const leaseAll = { max: 9, now: 1, until: 2 };
    assert.equal(
      await events((store) => store.append([owedEvent('e', 1, ['a', 'b']), owedEvent('f', 1)])),
      2,
    );
    const two = await events(async (store) => {
      const [a, b, f] = await store.lease(leaseAll);
      assert.ok(a && b && f);
      await store.settle([
        { kind: 'done', id: a.id },
        { kind: 'failed', id: b.id, failedAt: 1, attempts: 1, error },
      ]);
    });
    assert.equal(two, 2, 'the failed delivery still needs the event');
    const none = await events(async (store) => {
      const ids = (await store.listFailed({ max: 9 })).map(({ id }) => id);
      await store.redrive({ ids, now: 1 });
      const leased = await store.lease(leaseAll);
      await store.settle(leased.map(({ id }) => ({ kind: 'done', id })));
    });
    assert.equal(none, 0);
    assert.equal(rowsOf(folder, 'delivery'), 0);
    assert.equal(await events((store) => store.append([owedEvent('owes nothing', 1, [])])), 0);
  }));

test('an archived event is forgotten with the last archive and the last delivery, whichever is later', () =>
  withFolder(async (folder) => {
    const events = async (act: (store: Awaited<ReturnType<typeof openSqliteStore>>) => Promise<unknown>) => {
      const store = await openSqliteStore(folder);
      await act(store);
      await store.close();
      return rowsOf(folder, 'event');
    };
    const all = { before: Number.POSITIVE_INFINITY, max: 9 };
    const append = (store: Awaited<ReturnType<typeof openSqliteStore>>) =>
      store.append([
        { ...owedEvent('both', 1), archives: ['a', 'b'] },
        { ...owedEvent('archived', 1, []), archives: ['a'] },
      ]);
    assert.equal(await events(append), 2);
    assert.equal(await events((store) => store.trimArchive({ archive: 'a', ...all })), 1);
    const settle = async (store: Awaited<ReturnType<typeof openSqliteStore>>) => {
      const leased = await store.lease({ max: 9, now: 1, until: 2 });
      await store.settle(leased.map(({ id }) => ({ kind: 'done', id })));
    };
    assert.equal(await events(settle), 1);
    assert.equal(await events((store) => store.trimArchive({ archive: 'b', ...all })), 0);
    assert.equal(await events(append), 2);
    assert.equal(await events((store) => store.trimArchive({ archive: 'a', ...all })), 1);
    assert.equal(await events((store) => store.trimArchive({ archive: 'b', ...all })), 1);
    assert.equal(await events(settle), 0);
    assert.deepEqual([rowsOf(folder, 'archive'), rowsOf(folder, 'archived')], [0, 0]);
  }));

test('each event has the next number of the log, those that owe nothing included', () =>
  withFolder(async (folder) => {
    for (const id of ['a', 'b']) {
      const store = await openSqliteStore(folder);
      const nothing = owedEvent('owes nothing', 1, []);
      await Promise.all([store.append([owedEvent(id, 1), nothing]), store.append([owedEvent(`${id}2`, 1)])]);
      await store.close();
    }
    const numbers = inspect(folder, (database) =>
      database.prepare<[], [number, string]>('SELECT sequence, id FROM event ORDER BY 1').raw().all(),
    );
    assert.deepEqual(numbers, [
      [1, 'a'],
      [3, 'a2'],
      [4, 'b'],
      [6, 'b2'],
    ]);
  }));

test('what is kept as text can be read by anybody', () =>
  withFolder(async (folder) => {
    const store = await openSqliteStore(folder);
    await store.append([owedEvent('e', 1)]);
    await store.close();
    const envelope = inspect(folder, (database) =>
      database.prepare("SELECT typeof(envelope) || ' ' || envelope FROM event").pluck().get(),
    );
    assert.equal(envelope, 'text {"id":"e"}');
  }));

test('a folder that is in use is refused, to this process and to others', () =>
  withFolder(async (folder) => {
    const store = await openSqliteStore(folder);
    const refused = /Another process has .*busbar\.sqlite open: stop it, or use another folder\./;
    await assert.rejects(openSqliteStore(folder), refused);
    const program = `const { openSqliteStore } = await import(${JSON.stringify(storeModule)});
      await openSqliteStore(process.argv[1]);`;
    await assert.rejects(run(process.execPath, ['--input-type=module', '-e', program, folder]), refused);
    await store.append([owedEvent('e', 1)]);
    await store.close();
    const again = await openSqliteStore(folder);
    assert.deepEqual(await again.countDeliveries(), { owed: 1, failed: 0 });
    await again.close();
  }));

test('a database of a newer Busbar is refused and left as it is', () =>
  withFolder(async (folder) => {
    await (await openSqliteStore(folder)).close();
    inspect(folder, (database) => database.pragma('user_version = 999'));
    await assert.rejects(openSqliteStore(folder), /A newer Busbar wrote .*: its schema is 999/);
    assert.equal(
      inspect(folder, (database) => database.pragma('user_version', { simple: true })),
      999,
    );
  }));

test('a file that is no database is refused and left as it is', () =>
  withFolder(async (folder) => {
    const path = join(folder, 'busbar.sqlite');
    writeFileSync(path, 'somebody else wrote this, and it is long enough to have a header'.repeat(99));
    await assert.rejects(openSqliteStore(folder), /not a database/);
    assert.match(readFileSync(path, 'utf8'), /^somebody else/);
    assert.ok(!existsSync(`${path}-wal`));
  }));

test('a page after an id that is not one is refused', () =>
  withFolder(async (folder) => {
    const store = await openSqliteStore(folder);
    await assert.rejects(store.listFailed({ after: 'x', max: 1 }), /"x" isn't the id of a delivery/);
    await store.close();
  }));

test('a refused call that shares its commit leaves the others kept, counted and handed out once', () =>
  withFolder(async (folder) => {
    const store = await openSqliteStore(folder);
    await store.append([owedEvent('first', 1)]);
    const [first] = await store.lease({ max: 9, now: 1, until: 1_000 });
    const conflict = { kind: 'k', key: 'k', value: 1, expectedRevision: 7 };
    const results = await Promise.allSettled([
      store.append([owedEvent('a', 2, ['t', 'u'])]),
      store.settle([{ id: first?.id ?? '', kind: 'done' }]),
      store.writeConfiguration(conflict),
      store.append([owedEvent('b', 3, ['new'])]),
    ]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
    );
    assert.deepEqual(await store.countDeliveries(), { owed: 3, failed: 0 });
    assert.deepEqual(await leaseNames(store, { now: 9 }), ['a/t', 'a/u', 'b/new']);
    assert.deepEqual(await leaseNames(store, { now: 9 }), []);
    await store.close();
    const again = await openSqliteStore(folder);
    assert.deepEqual(await again.countDeliveries(), { owed: 3, failed: 0 });
    assert.deepEqual(await leaseNames(again, { now: 9 }), ['a/t', 'a/u', 'b/new']);
    await again.close();
  }));
