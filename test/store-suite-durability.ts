import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leaseNames, owedEvent, type StoreUnderTest, withFolder } from './store-suite.ts';

const error = { code: 'TIMEOUT', message: 'No answer within 30 s.' };

/** What is there after a store is closed and opened again. */
export function durabilityTests({ open, durable }: StoreUnderTest): void {
  const skip = durable ? false : 'what this store holds ends with it, by design';

  test('configuration, owed and failed deliveries survive; leases do not', { skip }, () =>
    withFolder(async (folder) => {
      const before = await open(folder);
      await before.writeConfiguration({ kind: 'rule', key: 'k', value: [1], expectedRevision: 0 });
      await before.append([owedEvent('e', 10, ['leased', 'retried', 'failed', 'delivered'])]);
      const [leased, retried, failed, delivered] = await before.lease({ max: 4, now: 10, until: 9_999 });
      assert.ok(leased && retried && failed && delivered);
      await before.settle([
        { kind: 'retry', id: retried.id, dueAt: 70, attempts: 1, error },
        { kind: 'failed', id: failed.id, failedAt: 60, attempts: 3, error },
        { kind: 'done', id: delivered.id },
      ]);
      await before.append([owedEvent('f', 20)]);
      const records = await before.readConfiguration();
      await before.close();

      const after = await open(folder);
      assert.deepEqual(await after.readConfiguration(), records);
      assert.deepEqual(await after.countDeliveries(), { owed: 3, failed: 1 });
      assert.deepEqual(await after.listFailed({ max: 9 }), [{ ...failed, attempts: 3, failedAt: 60, error }]);
      assert.equal(await after.nextDueAt(), 10);
      assert.deepEqual(await leaseNames(after, { now: 69 }), ['e/leased', 'f/t']);
      assert.deepEqual(await after.lease({ max: 9, now: 70, until: 80 }), [{ ...retried, attempts: 1 }]);
      await after.close();
    }),
  );

  test('a redriven delivery waits since its redrive, tried again and after a restart too', { skip }, () =>
    withFolder(async (folder) => {
      const before = await open(folder);
      const owed = owedEvent('e', 1);
      await before.append([owed]);
      const [{ id } = { id: '' }] = await before.lease({ max: 1, now: 1, until: 9 });
      await before.settle([{ kind: 'failed', id, failedAt: 2, attempts: 1, error }]);
      await before.redrive({ ids: [id], now: 30 });
      await before.settle([{ kind: 'retry', id, dueAt: 50, attempts: 1, error }]);
      await before.close();

      const after = await open(folder);
      const [queue = { owner: '', targetId: '' }] = owed.deliveries;
      const aged = await after.leaseAged({ queue, receivedBefore: 30, max: 9, now: 30, until: 31 });
      assert.deepEqual(aged, { deliveries: [], oldestFrom: 30 });
      await after.close();
    }),
  );

  test('revisions and ids of deliveries are not used again', { skip }, () =>
    withFolder(async (folder) => {
      const before = await open(folder);
      const created = await before.writeConfiguration({ kind: 'k', key: 'k', value: 1, expectedRevision: 0 });
      const deleted = await before.writeConfiguration({
        kind: 'k',
        key: 'k',
        value: undefined,
        expectedRevision: created,
      });
      await before.append([owedEvent('e', 1)]);
      const [first] = await before.lease({ max: 1, now: 1, until: 2 });
      assert.ok(first !== undefined);
      await before.settle([{ kind: 'done', id: first.id }]);
      await before.close();

      const after = await open(folder);
      const again = await after.writeConfiguration({ kind: 'k', key: 'k', value: 1, expectedRevision: 0 });
      assert.ok(again > deleted);
      await after.append([owedEvent('f', 1)]);
      const [second] = await after.lease({ max: 1, now: 1, until: 2 });
      assert.ok(second !== undefined && second.id !== first.id);
      // The attempt from before the restart settles late: it must not hit the new delivery.
      await after.settle([{ kind: 'done', id: first.id }]);
      assert.deepEqual(await after.countDeliveries(), { owed: 1, failed: 0 });
      await after.close();
    }),
  );
}
