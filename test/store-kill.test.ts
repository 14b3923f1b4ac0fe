import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.ts';
import { withFolder } from './store-suite.ts';

const ROUNDS = 8;
const MAXIMUM_LINES_BEFORE_KILL = 1_500;
const writer = fileURLToPath(new URL('./store-kill-writer.ts', import.meta.url));

/** Lets a writer run until it said so many lines, kills it there, and answers all that it said. */
async function killedAfter(lines: number, folder: string, prefix: string): Promise<readonly string[]> {
  const child = spawn(process.execPath, [writer, folder, prefix], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (said.split('\n').length > lines) child.kill('SIGKILL');
  });
  const [, signal] = await closed;
  assert.equal(signal, 'SIGKILL', 'the writer ended by itself');
  return said.split('\n').slice(0, -1);
}

/** What was acknowledged so far, and what may have happened beside it. */
interface Ledger {
  readonly appended: Set<string>;
  readonly asked: Set<string>;
  readonly settled: Map<string, string>;
  configured: number;
}

function enter(ledger: Ledger, line: string): void {
  const [mark, name = '', kind = ''] = line.split(' ');
  if (mark === '+') ledger.appended.add(name);
  else if (mark === '?') ledger.asked.add(`${name} ${kind}`);
  else if (mark === '!') ledger.settled.set(name, kind);
  else if (mark === 'c') ledger.configured = Number(name);
}

async function readNames(folder: string): Promise<{
  readonly owed: ReadonlySet<string>;
  readonly failed: ReadonlySet<string>;
  readonly configured: number;
}> {
  const store = await openSqliteStore(folder);
  const owed = await store.lease({ max: 1_000_000, now: 1, until: 2 });
  const failed = await store.listFailed({ max: 1_000_000 });
  const configured = Number((await store.readConfiguration())[0]?.value ?? 0);
  assert.deepEqual(await store.countDeliveries(), { owed: owed.length, failed: failed.length });
  await store.close();
  const name = ({ event, targetId }: (typeof owed)[number]) => `${event.id}/${targetId}`;
  return { owed: new Set(owed.map(name)), failed: new Set(failed.map(name)), configured };
}

test('what was acknowledged is there after kill -9, at any moment', { timeout: 60_000 }, () =>
  withFolder(async (folder) => {
    const ledger: Ledger = { appended: new Set(), asked: new Set(), settled: new Map(), configured: 0 };
    for (let round = 0; round < ROUNDS; round += 1) {
      const lines = 1 + Math.floor(Math.random() * MAXIMUM_LINES_BEFORE_KILL);
      for (const line of await killedAfter(lines, folder, `r${round}`)) enter(ledger, line);
      const { owed, failed, configured } = await readNames(folder);
      const context = `round ${round}, killed after ${lines} lines`;
      for (const name of ledger.appended) {
        const maybeDone = ledger.asked.has(`${name} done`);
        assert.ok(owed.has(name) || failed.has(name) || maybeDone, `${name} is lost: ${context}`);
      }
      for (const [name, kind] of ledger.settled) {
        assert.ok(!owed.has(name), `${name} is owed again though it was settled: ${context}`);
        assert.equal(failed.has(name), kind === 'failed', `${name} was settled as ${kind}: ${context}`);
      }
      assert.ok(configured >= ledger.configured, `configuration went back: ${context}`);
    }
    assert.ok(ledger.appended.size > 0 && ledger.settled.size > 0, 'the writers never got to work');
  }),
);
