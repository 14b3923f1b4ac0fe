import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LeasedDelivery } from '../src/domain/delivery.ts';
import type { FailedPage, Store } from '../src/store/store.ts';
import { leaseNames, owedEvent, type WithStore } from './store-suite.ts';

const error = { code: 'TIMEOUT', message: 'No answer within 30 s.' };

async function leaseOne(store: Store, now: number, until = now + 1_000): Promise<LeasedDelivery> {
  const [delivery] = await store.lease({ max: 1, now, until });
  assert.ok(delivery !== undefined, 'nothing was due');
  return delivery;
}

const fail = ({ id }: LeasedDelivery, failedAt: number) =>
  ({ kind: 'failed', id, failedAt, attempts: 1, error }) as const;

/** What a store promises about events and what they owe. */
export function deliveryTests(withStore: WithStore): void {
  appendTests(withStore);
  leaseTests(withStore);
  nextDueTests(withStore);
  settleTests(withStore);
  failedTests(withStore);
  redriveOrderTest(withStore);
  closeTests(withStore);
}

function appendTests(withStore: WithStore): void {
  test('an appended event owes each of its deliveries, due when it was received', () =>
    withStore(async (store) => {
      const owed = owedEvent('e', 100, ['t1', 't2']);
      await store.append([owed]);
      assert.deepEqual(await store.countDeliveries(), { owed: 2, failed: 0 });
      assert.deepEqual(await store.lease({ max: 9, now: 99, until: 199 }), []);
      const leased = await store.lease({ max: 9, now: 100, until: 200 });
      assert.deepEqual(
        leased.map(({ id, ...rest }) => rest),
        owed.deliveries.map((delivery) => ({ ...delivery, attempts: 0, event: owed.event })),
      );
      assert.equal(new Set(leased.map(({ id }) => id)).size, 2);
    }));

  test('an event comes back with the hops that it was appended with', () =>
    withStore(async (store) => {
      const made = [undefined, 'within-region', 'across-regions', 'both'] as const;
      await store.append(
        made.map((hops, n) => {
          const { event, deliveries } = owedEvent(`e${n}`, n);
          return { event: hops === undefined ? event : { ...event, hops }, deliveries };
        }),
      );
      const leased = await store.lease({ max: 9, now: 9, until: 10 });
      assert.deepEqual(
        leased.map(({ event }) => event.hops),
        made,
      );
    }));

  test('a call keeps all of its events, or none', () =>
    withStore(async (store) => {
      const broken = { ...owedEvent('broken', 1), deliveries: null } as never;
      const [good, bad, beside] = await Promise.allSettled([
        store.append([owedEvent('good', 1)]),
        store.append([owedEvent('half', 1), broken]),
        store.append([owedEvent('beside', 1)]),
      ]);
      assert.deepEqual([good.status, bad.status, beside.status], ['fulfilled', 'rejected', 'fulfilled']);
      assert.deepEqual(await leaseNames(store, { now: 1 }), ['good/t', 'beside/t']);
      assert.deepEqual(await store.countDeliveries(), { owed: 2, failed: 0 });
    }));

  test('events that owe nothing are no trouble', () =>
    withStore(async (store) => {
      await store.append([]);
      await store.append([owedEvent('e', 1, [])]);
      assert.deepEqual(await store.countDeliveries(), { owed: 0, failed: 0 });
      assert.equal(await store.nextDueAt(), undefined);
    }));

  test('watchers of what is owed have been told when an append, a retry or a redrive resolves', () =>
    withStore(async (store) => {
      let told = 0;
      const end = store.watchOwed(() => {
        told += 1;
      });
      const mustTell = async (what: string, call: () => Promise<unknown>) => {
        told = 0;
        await call();
        assert.ok(told > 0, what);
      };
      await mustTell('append', () => store.append([owedEvent('e', 1)]));
      const { id } = await leaseOne(store, 1);
      await mustTell('retry', () => store.settle([{ kind: 'retry', id, dueAt: 9, attempts: 1, error }]));
      const again = await leaseOne(store, 9);
      await store.settle([fail(again, 10)]);
      await mustTell('redrive', () => store.redrive({ ids: [id], now: 11 }));
      end();
      told = 0;
      await store.append([owedEvent('f', 1)]);
      assert.equal(told, 0);
    }));
}

function leaseTests(withStore: WithStore): void {
  test('the longest due comes first, and never more than asked for', () =>
    withStore(async (store) => {
      await store.append([owedEvent('late', 30), owedEvent('early', 10), owedEvent('middle', 20)]);
      await store.append([owedEvent('future', 40), owedEvent('earliest', 5)]);
      assert.deepEqual(await leaseNames(store, { max: 2, now: 35 }), ['earliest/t', 'early/t']);
      assert.deepEqual(await leaseNames(store, { max: 2, now: 35 }), ['middle/t', 'late/t']);
      assert.deepEqual(await leaseNames(store, { max: 2, now: 35 }), []);
      assert.deepEqual(await leaseNames(store, { max: 0, now: 99 }), []);
      assert.deepEqual(await leaseNames(store, { max: 2, now: 40 }), ['future/t']);
    }));

  test('nothing is handed out twice, however many ask', () =>
    withStore(async (store) => {
      const ids = Array.from({ length: 50 }, (_, index) => `e${index}`);
      await store.append(ids.map((id) => owedEvent(id, 1)));
      const asked = await Promise.all(ids.map(() => leaseNames(store, { max: 3, now: 1 })));
      const names = asked.flat();
      assert.equal(names.length, 50);
      assert.equal(new Set(names).size, 50);
    }));

  test('a lease holds until its time, and not longer', () =>
    withStore(async (store) => {
      await store.append([owedEvent('short', 1), owedEvent('long', 2)]);
      assert.deepEqual(await leaseNames(store, { max: 1, now: 10, until: 20 }), ['short/t']);
      assert.deepEqual(await leaseNames(store, { max: 1, now: 10, until: 30 }), ['long/t']);
      assert.deepEqual(await leaseNames(store, { now: 19 }), []);
      assert.deepEqual(await leaseNames(store, { now: 20, until: 40 }), ['short/t']);
      assert.deepEqual(await leaseNames(store, { now: 39 }), ['long/t']);
      assert.deepEqual(await leaseNames(store, { now: 40 }), ['short/t']);
    }));

  test('what falls due before the leased ones is handed out all the same', () =>
    withStore(async (store) => {
      await store.append([owedEvent('a', 50), owedEvent('b', 60)]);
      assert.deepEqual(await leaseNames(store, { now: 100 }), ['a/t', 'b/t']);
      await store.append([owedEvent('past', 10), owedEvent('same', 50)]);
      assert.deepEqual(await leaseNames(store, { now: 100 }), ['past/t', 'same/t']);
    }));
}

function nextDueTests(withStore: WithStore): void {
  test('the next due time is that of the earliest delivery that nobody holds', () =>
    withStore(async (store) => {
      assert.equal(await store.nextDueAt(), undefined);
      await store.append([owedEvent('b', 20), owedEvent('a', 10), owedEvent('c', 30)]);
      assert.equal(await store.nextDueAt(), 10);
      assert.deepEqual(await leaseNames(store, { now: 20, until: 500 }), ['a/t', 'b/t']);
      assert.equal(await store.nextDueAt(), 30);
    }));

  test('when all are held, it is the time at which the first lease ends', () =>
    withStore(async (store) => {
      await store.append([owedEvent('a', 10), owedEvent('b', 10)]);
      const a = await leaseOne(store, 10, 70);
      const b = await leaseOne(store, 10, 80);
      assert.equal(await store.nextDueAt(), 70);
      await store.settle([{ kind: 'done', id: a.id }]);
      assert.equal(await store.nextDueAt(), 80);
      await store.settle([{ kind: 'done', id: b.id }]);
      assert.equal(await store.nextDueAt(), undefined);
    }));
}

function settleTests(withStore: WithStore): void {
  test('what is delivered is owed no more, also once its lease would have ended', () =>
    withStore(async (store) => {
      await store.append([owedEvent('e', 1, ['t1', 't2'])]);
      const { id } = await leaseOne(store, 1, 10);
      await store.settle([{ kind: 'done', id }]);
      assert.deepEqual(await store.countDeliveries(), { owed: 1, failed: 0 });
      assert.deepEqual(await leaseNames(store, { now: 99 }), ['e/t2']);
    }));

  test('a retry is due again at its time, with its attempts counted', () =>
    withStore(async (store) => {
      await store.append([owedEvent('e', 1)]);
      const first = await leaseOne(store, 1, 1_000);
      await store.settle([{ kind: 'retry', id: first.id, dueAt: 50, attempts: 1, error }]);
      assert.equal(await store.nextDueAt(), 50);
      assert.deepEqual(await leaseNames(store, { now: 49 }), []);
      const second = await leaseOne(store, 50);
      assert.deepEqual(second, { ...first, attempts: 1 });
      // A due time in the past, before everything that was handed out: at once.
      await store.settle([{ kind: 'retry', id: first.id, dueAt: 0, attempts: 2, error }]);
      assert.equal((await leaseOne(store, 50)).attempts, 2);
    }));

  test('an unknown delivery is ignored, and the others of the call are settled', () =>
    withStore(async (store) => {
      await store.append([owedEvent('e', 1)]);
      const { id } = await leaseOne(store, 1);
      const settled = { kind: 'done', id } as const;
      const strangers = ['', 'no such delivery', `${id}0`, ` ${id}`, '0000000000000099-00000'];
      await store.settle(strangers.map((stranger) => ({ kind: 'done', id: stranger })));
      assert.deepEqual(await store.countDeliveries(), { owed: 1, failed: 0 });
      await store.settle([{ kind: 'done', id: 'no such delivery' }, settled, settled]);
      await store.settle([settled]);
      await store.settle([{ kind: 'retry', id, dueAt: 5, attempts: 1, error }]);
      await store.settle([{ kind: 'failed', id, failedAt: 5, attempts: 1, error }]);
      assert.deepEqual(await store.countDeliveries(), { owed: 0, failed: 0 });
      assert.equal(await store.nextDueAt(), undefined);
    }));

  test('an attempt that outlives its lease may still settle', () =>
    withStore(async (store) => {
      await store.append([owedEvent('e', 1)]);
      const { id } = await leaseOne(store, 1, 10);
      await leaseOne(store, 10, 20);
      await store.settle([{ kind: 'done', id }]);
      assert.deepEqual(await leaseNames(store, { now: 99 }), []);
      assert.deepEqual(await store.countDeliveries(), { owed: 0, failed: 0 });
    }));

  test('a late retry at the very same due time is handed out once', () =>
    withStore(async (store) => {
      await store.append([owedEvent('e', 5)]);
      const { id } = await leaseOne(store, 5, 10);
      assert.deepEqual(await store.lease({ max: 0, now: 10, until: 10 }), []);
      await store.settle([{ kind: 'retry', id, dueAt: 5, attempts: 1, error }]);
      assert.deepEqual(await leaseNames(store, { now: 10, until: 20 }), ['e/t']);
      assert.deepEqual(await leaseNames(store, { now: 10, until: 20 }), []);
      assert.equal(await store.nextDueAt(), 20);
    }));

  test('a failed delivery is not settled again', () =>
    withStore(async (store) => {
      await store.append([owedEvent('e', 1)]);
      const delivery = await leaseOne(store, 1);
      await store.settle([fail(delivery, 5), { kind: 'done', id: delivery.id }]);
      await store.settle([{ kind: 'retry', id: delivery.id, dueAt: 6, attempts: 2, error }]);
      assert.deepEqual(await store.countDeliveries(), { owed: 0, failed: 1 });
      assert.equal((await store.listFailed({ max: 9 }))[0]?.failedAt, 5);
    }));
}

function failedTests(withStore: WithStore): void {
  test('a failed delivery is kept with its event and its error', () =>
    withStore(async (store) => {
      await store.append([owedEvent('e', 1, ['t1', 't2'])]);
      const [gone, failed] = await store.lease({ max: 2, now: 1, until: 9 });
      assert.ok(gone !== undefined && failed !== undefined);
      await store.settle([fail(failed, 7)]);
      await store.settle([{ kind: 'done', id: gone.id }]);
      assert.deepEqual(await store.countDeliveries(), { owed: 0, failed: 1 });
      assert.deepEqual(await store.listFailed({ max: 9 }), [{ ...failed, attempts: 1, failedAt: 7, error }]);
      assert.deepEqual(await leaseNames(store, { now: 99 }), []);
      assert.equal(await store.nextDueAt(), undefined);
    }));

  test('failed deliveries come in pages, in the order of their ids', () =>
    withStore(async (store) => {
      const targets = Array.from({ length: 12 }, (_, index) => `t${index}`);
      await store.append([owedEvent('a', 5, targets), owedEvent('b', 3, targets)]);
      const leased = await store.lease({ max: 24, now: 9, until: 99 });
      await store.settle(leased.toReversed().map((delivery) => fail(delivery, 10)));
      const all = await store.listFailed({ max: 100 });
      assert.deepEqual(
        all.map(({ id }) => id),
        leased.map(({ id }) => id).sort(),
      );
      const paged: string[] = [];
      for (const expectedLength of [5, 5, 5, 5, 4, 0]) {
        const page = await store.listFailed({ after: paged.at(-1), max: 5 });
        assert.equal(page.length, expectedLength);
        paged.push(...page.map(({ id }) => id));
      }
      assert.deepEqual(
        paged,
        all.map(({ id }) => id),
      );
      assert.deepEqual(await store.listFailed({ max: 0 }), []);
    }));

  test('what is no id of a delivery is refused, wherever it was to be found', () =>
    withStore(async (store) => {
      for (const noId of ['zzz', '', '1', '-000000000000001']) {
        await assert.rejects(store.listFailed({ after: noId, max: 1 }), RangeError);
        await assert.rejects(store.listFailed({ id: noId, max: 1 }), RangeError);
      }
    }));

  test('a failed delivery is found by its id', () =>
    withStore(async (store) => {
      await store.append([owedEvent('a', 1, ['t1', 't2', 't3'])]);
      const [one, two, three] = await store.lease({ max: 3, now: 1, until: 9 });
      assert.ok(one !== undefined && two !== undefined && three !== undefined);
      await store.settle([fail(one, 2), fail(three, 2)]);
      const find = async (id: string) =>
        (await store.listFailed({ id, max: 1 })).map((failed) => failed.targetId);
      assert.deepEqual(await find(one.id), [one.targetId]);
      assert.deepEqual(await find(three.id), [three.targetId]);
      assert.deepEqual(await find(two.id), []);
    }));

  test('deliveries are counted for some of their owners only', () =>
    withStore(async (store) => {
      const owners = ['rule/a', 'rule/b', 'rule/c'];
      const { event } = owedEvent('e', 1);
      await store.append([{ event, deliveries: owners.map((owner) => ({ owner, targetId: 't' })) }]);
      await store.append([
        { event: owedEvent('f', 1).event, deliveries: [{ owner: 'rule/a', targetId: 'u' }] },
      ]);
      const leased = await store.lease({ max: 9, now: 1, until: 9 });
      await store.settle(leased.filter(({ owner }) => owner !== 'rule/a').map((each) => fail(each, 2)));
      await store.settle(
        leased.filter(({ targetId }) => targetId === 'u').map(({ id }) => ({ id, kind: 'done' })),
      );
      const count = (...wanted: readonly string[]) =>
        store.countDeliveries((owner) => wanted.includes(owner));
      assert.deepEqual(await count('rule/a'), { owed: 1, failed: 0 });
      assert.deepEqual(await count('rule/a', 'rule/b'), { owed: 1, failed: 1 });
      assert.deepEqual(await count(), { owed: 0, failed: 0 });
      assert.deepEqual(await store.countDeliveries(), { owed: 1, failed: 2 });
    }));

  test('failed deliveries are listed by owner, target and error', () =>
    withStore(async (store) => {
      const { event } = owedEvent('e', 1);
      const owners = ['rule/a', 'rule/b'];
      const deliveries = owners.flatMap((owner) => ['t1', 't2'].map((targetId) => ({ owner, targetId })));
      await store.append([{ event, deliveries }]);
      const leased = await store.lease({ max: 9, now: 1, until: 9 });
      const codes = ['TIMEOUT', 'THROTTLING', 'TIMEOUT', 'THROTTLING'];
      await store.settle(
        leased.map((delivery, index) => ({
          ...fail(delivery, 2),
          error: { code: codes[index] ?? '', message: 'No.' },
        })),
      );
      const list = async (filter: Partial<FailedPage>) =>
        (await store.listFailed({ max: 9, ...filter })).map(
          ({ owner, targetId, error: { code } }) => `${owner} ${targetId} ${code}`,
        );
      const all = await list({});
      assert.equal(all.length, 4);
      const those = (...parts: string[]) => all.filter((each) => parts.every((part) => each.includes(part)));
      assert.deepEqual(await list({ owner: 'rule/a' }), those('rule/a'));
      assert.deepEqual(await list({ targetId: 't2' }), those('t2'));
      assert.deepEqual(await list({ errorCode: 'TIMEOUT' }), those('TIMEOUT'));
      assert.deepEqual(await list({ owner: 'rule/b', targetId: 't1' }), those('rule/b', 't1'));
      assert.deepEqual(
        await list({ owner: 'rule/b', targetId: 't1', errorCode: 'THROTTLING' }),
        those('rule/b', 't1', 'THROTTLING'),
      );
      assert.deepEqual(await list({ owner: 'rule/c' }), []);
      assert.deepEqual(await list({ targetId: 't2', max: 1 }), those('t2').slice(0, 1));
      const [first] = await store.listFailed({ targetId: 't2', max: 1 });
      assert.deepEqual(await list({ targetId: 't2', after: first?.id }), those('t2').slice(1));
    }));

  test('a redriven delivery is owed again with no attempts behind it', () =>
    withStore(async (store) => {
      await store.append([owedEvent('a', 1), owedEvent('b', 2)]);
      const [a, b] = await store.lease({ max: 2, now: 2, until: 99 });
      assert.ok(a !== undefined && b !== undefined);
      await store.settle([fail(a, 3)]);
      assert.equal(await store.redrive({ ids: ['no such delivery', b.id], now: 5 }), 0);
      assert.equal(await store.redrive({ ids: [a.id, a.id], now: 5 }), 1);
      assert.deepEqual(await store.listFailed({ max: 9 }), []);
      assert.deepEqual(await store.countDeliveries(), { owed: 2, failed: 0 });
      assert.deepEqual(await leaseNames(store, { now: 4 }), []);
      assert.deepEqual(await leaseOne(store, 5), { ...a, attempts: 0 });
    }));
}

function redriveOrderTest(withStore: WithStore): void {
  test('what is redriven into the past comes before what was handed out since', () =>
    withStore(async (store) => {
      await store.append([owedEvent('a', 1), owedEvent('b', 20)]);
      const a = await leaseOne(store, 1);
      await store.settle([fail(a, 3)]);
      assert.deepEqual(await leaseNames(store, { now: 20 }), ['b/t']);
      assert.equal(await store.redrive({ ids: [a.id], now: 10 }), 1);
      assert.equal(await store.nextDueAt(), 10);
      assert.deepEqual(await leaseNames(store, { now: 20 }), ['a/t']);
    }));
}

function closeTests(withStore: WithStore): void {
  test('closing finishes what is under way; calls after it reject', () =>
    withStore(async (store) => {
      const underWay = [
        store.append([owedEvent('e', 1)]),
        store.writeConfiguration({ kind: 'rule', key: 'k', value: 1, expectedRevision: 0 }),
      ];
      const closed = store.close();
      const after = [
        store.append([owedEvent('f', 1)]),
        store.lease({ max: 1, now: 1, until: 2 }),
        store.settle([]),
        store.nextDueAt(),
        store.listFailed({ max: 1 }),
        store.redrive({ ids: [], now: 1 }),
        store.countDeliveries(),
        store.probe(),
        store.readArchive({ archive: 'a', from: 0, to: 9, max: 1 }),
        store.measureArchive('a'),
        store.trimArchive({ archive: 'a', before: 1, max: 1 }),
        store.readConfiguration(),
        store.writeConfiguration({ kind: 'rule', key: 'l', value: 1, expectedRevision: 0 }),
      ];
      for (const call of after) await assert.rejects(call, /closed/);
      await Promise.all(underWay);
      await closed;
    }));

  test('closing again is no trouble', () =>
    withStore(async (store) => {
      await store.append([owedEvent('e', 1)]);
      await Promise.all([store.close(), store.close()]);
      await store.close();
    }));
}
