import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.ts';
import { fillDisk, withSmallDisk } from './small-disk.ts';
import { leaseNames, owedEvent } from './store-suite.ts';

const large = (id: string) => {
  const { event, deliveries } = owedEvent(id, 1);
  return { event: { ...event, envelope: 'x'.repeat(200_000) }, deliveries };
};

test('a full disk refuses what it can not keep, and the store works again when there is room', async (t) => {
  await withSmallDisk(t, async (disk) => {
    const store = await openSqliteStore(disk);
    let told = 0;
    store.watchConfiguration(() => {
      told += 1;
    });
    await store.append([owedEvent('before', 1)]);
    const [held] = await store.lease({ max: 1, now: 1, until: 50 });
    assert.ok(held !== undefined);

    const ballast = join(disk, 'ballast');
    fillDisk(ballast);
    const refused = await Promise.allSettled([
      store.append([large('lost')]),
      store.writeConfiguration({ kind: 'k', key: 'lost', value: 1, expectedRevision: 0 }),
      store.settle([{ kind: 'done', id: held.id }]),
    ]);
    for (const result of refused) {
      assert.ok(result.status === 'rejected');
      assert.match(String(result.reason), /Nothing was stored: database or disk is full/);
    }
    assert.equal(told, 0);
    assert.deepEqual(await store.countDeliveries(), { owed: 1, failed: 0 });
    assert.deepEqual(
      await leaseNames(store, { now: 49 }),
      [],
      'the lease outlives the settlement that failed',
    );
    assert.deepEqual(await leaseNames(store, { now: 50, until: 60 }), ['before/t']);

    rmSync(ballast);
    await store.append([large('after')]);
    await store.writeConfiguration({ kind: 'k', key: 'kept', value: 1, expectedRevision: 0 });
    await store.settle([{ kind: 'done', id: held.id }]);
    await store.close();

    const reopened = await openSqliteStore(disk);
    assert.deepEqual(
      (await reopened.readConfiguration()).map(({ key }) => key),
      ['kept'],
    );
    assert.deepEqual(await leaseNames(reopened, { now: 1 }), ['after/t']);
    assert.deepEqual(await reopened.countDeliveries(), { owed: 1, failed: 0 });
    await reopened.close();
  });
});

test('a disk that fills up under way loses nothing that was acknowledged', async (t) => {
  await withSmallDisk(t, async (disk) => {
    const store = await openSqliteStore(disk);
    const kept: string[] = [];
    for (let index = 0; index < 40; index += 1) {
      const id = `e${String(index).padStart(2, '0')}`;
      await store.append([large(id)]).then(
        () => kept.push(`${id}/t`),
        () => undefined,
      );
    }
    assert.ok(kept.length > 0 && kept.length < 40, `${kept.length} of 40 events were kept`);
    assert.deepEqual(await leaseNames(store, { now: 1 }), kept);
    await store.close();
    const reopened = await openSqliteStore(disk);
    assert.deepEqual(await leaseNames(reopened, { now: 1 }), kept);
    await reopened.close();
  });
});
