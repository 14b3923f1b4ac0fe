import { test } from 'node:test';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.ts';
import { KillWriter, Ledger } from './store-kill-rounds.ts';
import { withFolder } from './store-suite.ts';

const ROUNDS = 8;
const MAXIMUM_LINES_BEFORE_KILL = 1_500;

test('what was acknowledged is there after kill -9, at any moment', { timeout: 60_000 }, () =>
  withFolder(async (folder) => {
    const ledger = new Ledger();
    for (let round = 0; round < ROUNDS; round += 1) {
      const lines = 1 + Math.floor(Math.random() * MAXIMUM_LINES_BEFORE_KILL);
      const writer = new KillWriter(folder, `r${round}`);
      await writer.says(lines);
      ledger.enter(await writer.kill());
      const store = await openSqliteStore(folder);
      await ledger.mustHold(store, `round ${round}, killed after ${lines} lines`);
      await store.close();
    }
    ledger.mustNotBeEmpty();
  }),
);
