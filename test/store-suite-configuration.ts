import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ConfigurationEvent, RevisionConflict, type Store } from '../src/store/store.ts';
import type { WithStore } from './store-suite.ts';

const put = (store: Store, value: unknown, expectedRevision = 0, key = 'k') =>
  store.writeConfiguration({ kind: 'rule', key, value, expectedRevision });

/** What a store promises about configuration. */
export function configurationTests(withStore: WithStore): void {
  test('is empty at first', () =>
    withStore(async (store) => {
      assert.deepEqual(await store.readConfiguration(), []);
    }));

  test('create, update and delete, each with the revision that the writer saw', () =>
    withStore(async (store) => {
      const first = await put(store, { state: 'ENABLED' });
      assert.ok(first > 0);
      assert.deepEqual(await store.readConfiguration(), [
        { kind: 'rule', key: 'k', value: { state: 'ENABLED' }, revision: first },
      ]);
      const second = await put(store, { state: 'DISABLED' }, first);
      assert.ok(second > first);
      assert.deepEqual(await store.readConfiguration(), [
        { kind: 'rule', key: 'k', value: { state: 'DISABLED' }, revision: second },
      ]);
      const third = await put(store, undefined, second);
      assert.ok(third > second);
      assert.deepEqual(await store.readConfiguration(), []);
    }));

  test('a record that is created again has a greater revision than any before', () =>
    withStore(async (store) => {
      const created = await put(store, 1);
      const deleted = await put(store, undefined, created);
      const again = await put(store, 2);
      assert.ok(again > deleted);
    }));

  test('a writer that saw another revision is refused, and nothing changes', () =>
    withStore(async (store) => {
      const revision = await put(store, 'kept');
      for (const wrong of [0, revision - 1, revision + 1]) {
        if (wrong === revision) continue;
        await assert.rejects(put(store, 'lost', wrong), RevisionConflict);
        await assert.rejects(put(store, undefined, wrong), RevisionConflict);
      }
      const deleted = await put(store, undefined, revision);
      await assert.rejects(put(store, 'lost', revision), RevisionConflict);
      await assert.rejects(put(store, 'lost', deleted), RevisionConflict);
      assert.deepEqual(await store.readConfiguration(), []);
    }));

  test('of writers at the same time, exactly one wins', () =>
    withStore(async (store) => {
      const attempts = Array.from({ length: 20 }, (_, index) => put(store, index));
      const results = await Promise.allSettled(attempts);
      assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
      for (const result of results) {
        if (result.status === 'rejected') assert.ok(result.reason instanceof RevisionConflict);
      }
      const winner = results.findIndex(({ status }) => status === 'fulfilled');
      assert.equal((await store.readConfiguration())[0]?.value, winner);
    }));

  test('a refused writer does not harm the calls beside it', () =>
    withStore(async (store) => {
      const results = await Promise.allSettled([
        put(store, 'a', 0, 'a'),
        put(store, 'b', 99, 'b'),
        store.append([]),
        put(store, 'c', 0, 'c'),
      ]);
      assert.deepEqual(
        results.map(({ status }) => status),
        ['fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
      );
      const records = await store.readConfiguration();
      assert.deepEqual(
        records.map(({ key }) => key),
        ['a', 'c'],
      );
    }));

  test('records come in order of kind and key, by code unit', () =>
    withStore(async (store) => {
      const names = ['b', 'a', 'B', '\u{1F680}', '\uFFFD', 'ä', '', 'a b', 'aa'];
      for (const kind of ['rule', 'bus']) {
        for (const key of names) await store.writeConfiguration({ kind, key, value: 1, expectedRevision: 0 });
      }
      const sorted = [...names].sort();
      assert.deepEqual(
        (await store.readConfiguration()).map(({ kind, key }) => [kind, key]),
        [...sorted.map((key) => ['bus', key]), ...sorted.map((key) => ['rule', key])],
      );
    }));

  test('the same key in two kinds is two records', () =>
    withStore(async (store) => {
      for (const [kind, key] of [
        ['a', 'bc'],
        ['ab', 'c'],
      ] as const) {
        await store.writeConfiguration({ kind, key, value: kind, expectedRevision: 0 });
      }
      assert.equal((await store.readConfiguration()).length, 2);
    }));

  test('any JSON value comes back as it was, and belongs to nobody', () =>
    withStore(async (store) => {
      const value = { list: [1, 'two', null, true, { deep: -0.5 }], '': 0, text: '\u0000\ud800"' };
      await put(store, value);
      for (const plain of [null, false, 0, '', []]) await put(store, plain, 0, JSON.stringify(plain));
      const expected = structuredClone(value);
      value.list.push('changed by the writer');
      const read = (await store.readConfiguration()).find(({ key }) => key === 'k');
      assert.deepEqual(read?.value, expected);
      (read.value as { list: unknown[] }).list.push('changed by a reader');
      assert.deepEqual((await store.readConfiguration()).find(({ key }) => key === 'k')?.value, expected);
      assert.equal((await store.readConfiguration()).length, 6);
    }));

  test('what JSON can not say is refused', () =>
    withStore(async (store) => {
      await assert.rejects(
        put(store, () => 'a function'),
        TypeError,
      );
      assert.deepEqual(await store.readConfiguration(), []);
    }));

  watcherTests(withStore);
}

function watcherTests(withStore: WithStore): void {
  test('a watcher has been told when the write resolves, in order, until it ends', () =>
    withStore(async (store) => {
      const told: ConfigurationEvent[] = [];
      const end = store.watchConfiguration((event) => told.push(event));
      const first = await put(store, 'one');
      assert.equal(told.length, 1);
      const second = await put(store, 'two', first);
      await put(store, undefined, second);
      assert.deepEqual(told, [
        { kind: 'put', record: { kind: 'rule', key: 'k', value: 'one', revision: first } },
        { kind: 'put', record: { kind: 'rule', key: 'k', value: 'two', revision: second } },
        { kind: 'delete', record: { kind: 'rule', key: 'k' } },
      ]);
      end();
      await put(store, 'three');
      assert.equal(told.length, 3);
    }));

  test('a watcher can read what it is told of', () =>
    withStore(async (store) => {
      const read: Promise<unknown>[] = [];
      store.watchConfiguration(() => read.push(store.readConfiguration()));
      const revision = await put(store, 'one');
      assert.deepEqual(await read[0], [{ kind: 'rule', key: 'k', value: 'one', revision }]);
    }));

  test('a refused write tells nobody', () =>
    withStore(async (store) => {
      let told = 0;
      store.watchConfiguration(() => {
        told += 1;
      });
      await assert.rejects(put(store, 'one', 7), RevisionConflict);
      assert.equal(told, 0);
    }));

  test('watchers are told apart, also when they are the same function', () =>
    withStore(async (store) => {
      let told = 0;
      const listener = () => {
        told += 1;
      };
      const endFirst = store.watchConfiguration(listener);
      store.watchConfiguration(listener);
      await put(store, 'one');
      assert.equal(told, 2);
      endFirst();
      endFirst();
      await put(store, 'other', 0, 'other');
      assert.equal(told, 3);
    }));
}
