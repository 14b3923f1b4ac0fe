import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LeasedDelivery, OwedDelivery } from '../src/domain/delivery.ts';
import type { Store } from '../src/store/store.ts';
import { leaseNames, owedEvent, type WithStore } from './store-suite.ts';

const error = { code: 'TIMEOUT', message: 'No answer within 30 s.' };
const OWNER = owedEvent('any', 0).deliveries[0]?.owner ?? '';

/** Events received one after the other, each owed to one target. */
async function appendTo(store: Store, targetId: string, receivedAt: readonly number[]): Promise<void> {
  await store.append(receivedAt.map((time) => owedEvent(`${targetId}${time}`, time, [targetId])));
}

/** How many of each target's deliveries a lease hands out. */
async function countOf(
  store: Store,
  request: { readonly max: number; readonly roomFor?: (queue: OwedDelivery) => number },
): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const { targetId } of await store.lease({ now: 1_000, until: 9_000, ...request })) {
    counts[targetId] = (counts[targetId] ?? 0) + 1;
  }
  return counts;
}

const times = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

/** What a store promises about queues: what one target is owed. */
export function queueTests(withStore: WithStore): void {
  turnTests(withStore);
  roomTests(withStore);
  agedTests(withStore);
}

function turnTests(withStore: WithStore): void {
  test('queues take turns, however much longer one of them is due', () =>
    withStore(async (store) => {
      await appendTo(store, 'a', times(1, 50));
      await appendTo(store, 'b', times(100, 50));
      await appendTo(store, 'c', times(200, 2));
      assert.deepEqual(await countOf(store, { max: 9 }), { a: 4, b: 3, c: 2 });
      assert.deepEqual(await countOf(store, { max: 10 }), { a: 5, b: 5 });
    }));

  test('where there is less than one turn for each, turns go on in the next call', () =>
    withStore(async (store) => {
      for (const targetId of ['a', 'b', 'c']) await appendTo(store, targetId, times(1, 4));
      const counts: Record<string, number> = {};
      for (let call = 0; call < 6; call++) {
        const [targetId = ''] = Object.keys(await countOf(store, { max: 1 }));
        counts[targetId] = (counts[targetId] ?? 0) + 1;
        assert.equal(Object.keys(counts).length, Math.min(3, call + 1), 'one came twice before another');
      }
      assert.deepEqual(counts, { a: 2, b: 2, c: 2 });
    }));

  test('each queue gives its longest due first, and the answer is in the order of due times', () =>
    withStore(async (store) => {
      await appendTo(store, 'a', [30, 10, 20]);
      await appendTo(store, 'b', [25, 5, 15]);
      assert.deepEqual(await leaseNames(store, { max: 4, now: 99 }), ['b5/b', 'a10/a', 'b15/b', 'a20/a']);
      assert.deepEqual(await leaseNames(store, { max: 4, now: 99 }), ['b25/b', 'a30/a']);
    }));

  test('targets are told apart by their owner too', () =>
    withStore(async (store) => {
      const { event } = owedEvent('e', 1);
      const owners = ['rule/a', 'rule/b'];
      await store.append([{ event, deliveries: owners.map((owner) => ({ owner, targetId: 't' })) }]);
      const asked: OwedDelivery[] = [];
      const leased = await store.lease({
        max: 9,
        now: 1,
        until: 9,
        roomFor: (queue) => {
          asked.push(queue);
          return queue.owner === 'rule/b' ? 1 : 0;
        },
      });
      assert.deepEqual(
        leased.map(({ owner }) => owner),
        ['rule/b'],
      );
      assert.deepEqual(asked.map(({ owner, targetId }) => `${owner} ${targetId}`).sort(), [
        'rule/a t',
        'rule/b t',
      ]);
    }));
}

function roomTests(withStore: WithStore): void {
  test('no queue gives more than there is room for, and none without room', () =>
    withStore(async (store) => {
      for (const targetId of ['a', 'b', 'c']) await appendTo(store, targetId, times(1, 9));
      const roomFor = ({ targetId }: OwedDelivery) => ({ a: 0, b: 2 })[targetId] ?? 9;
      assert.deepEqual(await countOf(store, { max: 99, roomFor }), { b: 2, c: 9 });
      assert.deepEqual(await countOf(store, { max: 99, roomFor: () => -1 }), {});
      assert.deepEqual(await countOf(store, { max: 99 }), { a: 9, b: 7 });
    }));

  test('a backlog without room holds up nobody, and waits for nobody once it has room', () =>
    withStore(async (store) => {
      await appendTo(store, 'dead', times(1, 500));
      const roomFor = ({ targetId }: OwedDelivery) => (targetId === 'dead' ? 0 : 9);
      for (let round = 0; round < 5; round++) {
        await appendTo(store, 'alive', [600 + round]);
        assert.deepEqual(await countOf(store, { max: 9, roomFor }), { alive: 1 });
      }
      assert.deepEqual(await leaseNames(store, { max: 2, now: 999 }), ['dead1/dead', 'dead2/dead']);
    }));

  test('room is asked for once a queue, however many deliveries it holds', () =>
    withStore(async (store) => {
      await appendTo(store, 'a', times(1, 50));
      await appendTo(store, 'b', times(1, 50));
      const asked: string[] = [];
      await store.lease({
        max: 99,
        now: 99,
        until: 999,
        roomFor: ({ targetId }) => {
          asked.push(targetId);
          return 30;
        },
      });
      assert.deepEqual(asked.sort(), ['a', 'b']);
    }));

  test('the next due time is that of queues with room', () =>
    withStore(async (store) => {
      await appendTo(store, 'a', [10, 20]);
      await appendTo(store, 'b', [30, 40]);
      const only = (wanted: string) => store.nextDueAt(({ targetId }) => targetId === wanted);
      assert.equal(await only('a'), 10);
      assert.equal(await only('b'), 30);
      assert.equal(await only('nobody'), undefined);
      assert.deepEqual(await leaseNames(store, { now: 30, until: 35 }), ['a10/a', 'a20/a', 'b30/b']);
      assert.equal(await only('a'), 35);
      assert.equal(await only('b'), 35);
      assert.equal(await store.nextDueAt(), 35);
      assert.equal(await only('nobody'), undefined);
      assert.deepEqual(await leaseNames(store, { now: 40, until: 90 }), ['a10/a', 'a20/a', 'b30/b', 'b40/b']);
      assert.equal(await only('b'), 90);
    }));
}

function agedTests(withStore: WithStore): void {
  const aged = async (store: Store, receivedBefore: number, max = 99) => {
    const request = { queue: { owner: OWNER, targetId: 'a' }, receivedBefore, max, now: 50, until: 500 };
    const { deliveries, oldestFrom } = await store.leaseAged(request);
    return { names: deliveries.map(({ event }) => event.id), oldestFrom };
  };
  const retry = ({ id }: LeasedDelivery, dueAt: number) =>
    ({ kind: 'retry', id, dueAt, attempts: 1, error }) as const;

  test('what waits too long is handed out, the longest waiting first, due or not', () =>
    withStore(async (store) => {
      await appendTo(store, 'a', times(1, 6));
      await appendTo(store, 'b', times(1, 6));
      const leased = await store.lease({ max: 99, now: 2, until: 999, roomFor: () => 2 });
      await store.settle(leased.map((delivery) => retry(delivery, 900)));
      assert.deepEqual(await aged(store, 1), { names: [], oldestFrom: 1 });
      assert.deepEqual(await aged(store, 5, 3), { names: ['a1', 'a2', 'a3'], oldestFrom: 4 });
      assert.deepEqual(await aged(store, 5), { names: ['a4'], oldestFrom: 5 });
      assert.deepEqual(await leaseNames(store, { now: 50 }), [
        'b3/b',
        'b4/b',
        'a5/a',
        'b5/b',
        'a6/a',
        'b6/b',
      ]);
      assert.deepEqual(await aged(store, 99), { names: [], oldestFrom: undefined });
    }));

  test('what is leased by its age is leased as any other', () =>
    withStore(async (store) => {
      await appendTo(store, 'a', [1, 2]);
      const { deliveries } = await store.leaseAged({
        queue: { owner: OWNER, targetId: 'a' },
        receivedBefore: 9,
        max: 1,
        now: 9,
        until: 20,
      });
      assert.deepEqual(await leaseNames(store, { now: 19, until: 19 }), ['a2/a']);
      assert.deepEqual(await leaseNames(store, { now: 20, until: 21 }), ['a1/a', 'a2/a']);
      await store.settle(deliveries.map(({ id }) => ({ kind: 'done', id })));
      assert.deepEqual(await store.countDeliveries(), { owed: 1, failed: 0 });
    }));

  test('a redriven delivery waits since its redrive', () =>
    withStore(async (store) => {
      await appendTo(store, 'a', [1]);
      const [delivery] = await store.lease({ max: 1, now: 1, until: 9 });
      assert.ok(delivery !== undefined);
      await store.settle([{ kind: 'failed', id: delivery.id, failedAt: 2, attempts: 1, error }]);
      await store.redrive({ ids: [delivery.id], now: 30 });
      assert.deepEqual(await aged(store, 30), { names: [], oldestFrom: 30 });
      const [again] = await store.lease({ max: 1, now: 30, until: 40 });
      await store.settle([{ kind: 'retry', id: again?.id ?? '', dueAt: 50, attempts: 1, error }]);
      assert.deepEqual(await aged(store, 30), { names: [], oldestFrom: 30 });
      assert.deepEqual(await aged(store, 31), { names: ['a1'], oldestFrom: undefined });
    }));

  test('a queue that nothing was ever owed to has nothing that waits', () =>
    withStore(async (store) => {
      assert.deepEqual(await aged(store, 99), { names: [], oldestFrom: undefined });
    }));
}
