import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.ts';
import { owedEvent, withFolder } from './store-suite.ts';

const skip = process.platform === 'win32' ? 'Windows keeps no modes of files' : false;

/** The files of the folder that others may look into. */
function open(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => (statSync(join(folder, name)).mode & 0o077) !== 0);
}

test('in a folder that others can look into, the database and its log are the owner’s', { skip }, () =>
  withFolder(async (folder) => {
    chmodSync(folder, 0o755);
    const store = await openSqliteStore(folder);
    await store.append([owedEvent('e', 1)]);
    assert.ok(existsSync(join(folder, 'busbar.sqlite-wal')));
    assert.deepEqual(open(folder), []);
    await store.close();
    assert.deepEqual(open(folder), []);
  }),
);

test(
  'a database that others could read is closed to them, and so is the log that was left beside it',
  { skip },
  () =>
    withFolder(async (parent) => {
      const [before, after] = [join(parent, 'before'), join(parent, 'after')];
      mkdirSync(after);
      const store = await openSqliteStore(before);
      await store.append([owedEvent('e', 1)]);
      // As a process that was killed leaves them.
      for (const name of readdirSync(before)) {
        copyFileSync(join(before, name), join(after, name));
        chmodSync(join(after, name), 0o644);
      }
      await store.close();
      assert.equal(open(after).length, 2);

      const again = await openSqliteStore(after);
      assert.deepEqual(open(after), []);
      assert.deepEqual(await again.countDeliveries(), { owed: 1, failed: 0 });
      await again.close();
    }),
);
