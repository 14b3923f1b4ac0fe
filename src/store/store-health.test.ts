import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HandClock } from '../domain/clock.ts';
import type { Log } from '../domain/log.ts';
import { MemoryStore } from './memory/memory-store.ts';
import { RevisionConflict, StoreFailure, type StoreProblem } from './store.ts';
import { StoreHealth } from './store-health.ts';

/** A store in memory that keeps nothing while it has a problem. */
class FailingStore extends MemoryStore {
  problem: StoreProblem | undefined;
  probes = 0;

  override async settle(): Promise<void> {
    if (this.problem !== undefined) throw new StoreFailure(this.problem, `SQLITE says ${this.problem}`);
  }

  override async probe(): Promise<void> {
    this.probes += 1;
    await this.settle();
  }
}

function watched() {
  const clock = new HandClock(1000);
  const lines: string[] = [];
  const write = (message: string, fields?: object) =>
    lines.push(`${message}${fields === undefined ? '' : ` ${JSON.stringify(fields)}`}`);
  const log: Log = { info: write, warn: write, error: write };
  const store = new FailingStore();
  const health = new StoreHealth({ store, clock, machineClock: clock, log });
  const settle = () => health.store.settle([]).catch(() => undefined);
  return { clock, lines, log, store, health, settle };
}

test('a store that is well costs no write, whoever asks', async () => {
  const { health, store, lines } = watched();
  await health.store.append([]);
  assert.equal(await health.lookAgain(), undefined);
  assert.equal(store.probes, 0);
  assert.deepEqual(lines, []);
});

test('a write that fails is a trouble until a write is kept', async () => {
  const { health, store, settle, clock } = watched();
  store.problem = 'full';
  await settle();
  clock.advance(500);
  await settle();
  assert.deepEqual(health.trouble, {
    problem: 'full',
    message: 'The disk is full: nothing can be kept.',
    advice: 'Make room on it. Busbar goes on by itself as soon as something can be kept.',
    since: 1000,
    failures: 2,
  });
  store.problem = undefined;
  await settle();
  assert.equal(health.trouble, undefined);
});

test('while the last write failed, whoever asks has one more made', async () => {
  const { health, store, settle } = watched();
  store.problem = 'full';
  await settle();
  assert.equal((await health.lookAgain())?.problem, 'full');
  assert.equal(store.probes, 1);
  store.problem = undefined;
  assert.equal(await health.lookAgain(), undefined);
  assert.equal(await health.lookAgain(), undefined);
  assert.equal(store.probes, 2);
});

test('a trouble is told when it begins, now and then with a count, and when it is over', async () => {
  const { store, settle, clock, lines } = watched();
  store.problem = 'full';
  for (let n = 0; n < 100; n++) {
    await settle();
    clock.advance(250);
  }
  store.problem = undefined;
  await settle();
  await settle();
  const since = '"since":"1970-01-01T00:00:01.000Z"';
  assert.deepEqual(lines, [
    'The disk is full: nothing can be kept. Make room on it. Busbar goes on by itself as soon as something can be kept. {"error":"SQLITE says full"}',
    `The store still keeps nothing. {"failures":40,${since}}`,
    `The store still keeps nothing. {"failures":40,${since}}`,
    `The store keeps what is written again. {"failures":100,${since}}`,
  ]);
});

test('others do not repeat in the log what was told', async () => {
  const { health, store, settle, log, lines } = watched();
  const quiet = health.quieten(log);
  store.problem = 'full';
  await settle();
  lines.length = 0;
  quiet.error('An attempt could not be settled.', { error: 'StoreFailure: SQLITE says full' });
  assert.deepEqual(lines, []);
  quiet.error('A defect.', { error: 'another' });
  quiet.warn('w');
  assert.deepEqual(lines, ['A defect. {"error":"another"}', 'w']);
});

test('what the caller has to mend is no trouble', async () => {
  const { health } = watched();
  const change = { kind: 'k', key: 'k', value: 1, expectedRevision: 7 };
  await assert.rejects(health.store.writeConfiguration(change), RevisionConflict);
  assert.equal(health.trouble, undefined);
});

test('a store that is lost stays lost, and whoever waits for that is told once', async () => {
  const { health, store, settle, lines } = watched();
  let told = 0;
  health.whenLost(() => {
    told += 1;
  });
  store.problem = 'lost';
  await settle();
  await settle();
  store.problem = undefined;
  await settle();
  assert.equal((await health.lookAgain())?.problem, 'lost');
  assert.equal(told, 1);
  assert.equal(store.probes, 0);
  assert.deepEqual(lines, ['SQLITE says lost']);
});
