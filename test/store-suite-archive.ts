import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { OwedEvent } from '../src/domain/delivery.ts';
import { envelopeText } from '../src/domain/event.ts';
import type { ArchivePage, Store } from '../src/store/store.ts';
import { leaseNames, owedEvent, type StoreUnderTest, type WithStore, withFolder } from './store-suite.ts';

const ALL = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, max: 1_000 };
const origin = { account: '000000000000', region: 'eu-central-1' };

interface ArchivedAs {
  readonly archives: readonly string[];
  /** Of the event, in seconds. */
  readonly second?: number;
  readonly receivedAt?: number;
  readonly targetIds?: readonly string[];
}

/** An event that archives retain, and that owes nothing unless it is told to. */
function archivedEvent(
  id: string,
  { archives, second = 1, receivedAt = 1, targetIds = [] }: ArchivedAs,
): OwedEvent {
  const { event, deliveries } = owedEvent(id, receivedAt, targetIds);
  const parts = { id, detailType: 'd', source: 's', origin, resources: [], detail: `{"id":"${id}"}` };
  return {
    event: { ...event, envelope: envelopeText({ ...parts, time: second * 1_000 }) },
    deliveries,
    archives,
  };
}

/** The ids of a page's events. */
async function read(store: Store, page: Pick<ArchivePage, 'archive'> & Partial<ArchivePage>) {
  return (await store.readArchive({ ...ALL, ...page })).map(({ event }) => event.id);
}

/** What a store promises about archives. */
export function archiveTests(withStore: WithStore): void {
  readTests(withStore);
  sizeTests(withStore);
  trimTests(withStore);
}

function readTests(withStore: WithStore): void {
  test('an event that owes nothing is kept by its archive, whole', () =>
    withStore(async (store) => {
      const { event, ...rest } = archivedEvent('e', { archives: ['a'] });
      const owed = { ...rest, event: { ...event, hops: 'within-region' } } as const;
      await store.append([owed]);
      const [archived, ...more] = await store.readArchive({ ...ALL, archive: 'a' });
      assert.deepEqual(archived?.event, owed.event);
      assert.deepEqual(more, []);
      assert.deepEqual(await store.countDeliveries(), { owed: 0, failed: 0 });
    }));

  test('each archive holds its own events, and what no archive retains is in none', () =>
    withStore(async (store) => {
      await store.append([
        archivedEvent('e1', { archives: ['a'] }),
        archivedEvent('e2', { archives: ['a', 'b'] }),
        archivedEvent('e3', { archives: [], targetIds: ['t'] }),
      ]);
      await store.append([archivedEvent('e4', { archives: ['b'] })]);
      assert.deepEqual(await read(store, { archive: 'a' }), ['e1', 'e2']);
      assert.deepEqual(await read(store, { archive: 'b' }), ['e2', 'e4']);
      assert.deepEqual(await read(store, { archive: 'c' }), []);
    }));

  test('events come by the time of their envelopes, then as they were appended', () =>
    withStore(async (store) => {
      const put = (id: string, second: number, receivedAt: number) =>
        store.append([archivedEvent(id, { archives: ['a'], second, receivedAt })]);
      await put('late', 30, 1);
      await put('early', 10, 2);
      await put('first of two', 20, 4);
      await put('second of two', 20, 3);
      await put('before 1970', -5, 5);
      const order = ['before 1970', 'early', 'first of two', 'second of two', 'late'];
      assert.deepEqual(await read(store, { archive: 'a' }), order);
    }));

  test('an envelope without a time counts as of its receipt', () =>
    withStore(async (store) => {
      await store.append([
        { ...owedEvent('plain', 15_000, []), archives: ['a'] },
        archivedEvent('e1', { archives: ['a'], second: 10 }),
        archivedEvent('e2', { archives: ['a'], second: 20 }),
      ]);
      assert.deepEqual(await read(store, { archive: 'a' }), ['e1', 'plain', 'e2']);
    }));

  test('a window begins with its first millisecond and ends before its last', () =>
    withStore(async (store) => {
      const seconds = [9, 10, 11, 12, 13];
      await store.append(seconds.map((second) => archivedEvent(`e${second}`, { archives: ['a'], second })));
      const window = (from: number, to: number) => read(store, { archive: 'a', from, to });
      assert.deepEqual(await window(10_000, 12_000), ['e10', 'e11']);
      assert.deepEqual(await window(10_001, 12_001), ['e11', 'e12']);
      assert.deepEqual(await window(12_000, 12_000), []);
      assert.deepEqual(await window(14_000, 99_000), []);
      assert.deepEqual(await window(99_000, 1), []);
    }));

  test('pages follow each other by position, within the window', () =>
    withStore(async (store) => {
      const ids = Array.from({ length: 7 }, (_, n) => `e${n}`);
      await store.append(ids.map((id, n) => archivedEvent(id, { archives: ['a'], second: n >> 1 })));
      const paged: string[] = [];
      let after: string | undefined;
      for (const length of [3, 3, 1, 0]) {
        const page = await store.readArchive({ ...ALL, archive: 'a', after, max: 3 });
        assert.equal(page.length, length);
        paged.push(...page.map(({ event }) => event.id));
        after = page.at(-1)?.position ?? after;
      }
      assert.deepEqual(paged, ids);
      const [, second] = await store.readArchive({ ...ALL, archive: 'a', max: 2 });
      const rest = { archive: 'a', after: second?.position };
      assert.deepEqual(await read(store, { ...rest, to: 2_000 }), ['e2', 'e3']);
      assert.deepEqual(await read(store, { ...rest, from: 2_000 }), ['e4', 'e5', 'e6']);
      assert.deepEqual(await read(store, { ...rest, max: 0 }), []);
    }));

  test('a page holds no more bytes than asked for, but one event in any case', () =>
    withStore(async (store) => {
      const ids = ['e1', 'e2', 'e3', 'e4'];
      await store.append(ids.map((id, second) => archivedEvent(id, { archives: ['a'], second })));
      const bytes = (await store.measureArchive('a')).bytes / ids.length;
      const page = (maxBytes: number, max = 9) => read(store, { archive: 'a', maxBytes, max });
      assert.deepEqual(await page(bytes * 2), ['e1', 'e2']);
      assert.deepEqual(await page(bytes * 3 - 1), ['e1', 'e2']);
      assert.deepEqual(await page(bytes * 9), ids);
      assert.deepEqual(await page(bytes * 9, 3), ['e1', 'e2', 'e3']);
      assert.deepEqual(await page(1), ['e1']);
      assert.deepEqual(await page(1, 0), []);
    }));

  test('what comes between two pages is read if its place is still to come', () =>
    withStore(async (store) => {
      const put = (id: string, second: number) =>
        store.append([archivedEvent(id, { archives: ['a'], second })]);
      await put('e10', 10);
      await put('e30', 30);
      const [first] = await store.readArchive({ ...ALL, archive: 'a', max: 1 });
      await put('e5', 5);
      await put('e10 again', 10);
      await put('e20', 20);
      const rest = await read(store, { archive: 'a', after: first?.position });
      assert.deepEqual(rest, ['e10 again', 'e20', 'e30']);
    }));

  test('a call that is refused archives nothing', () =>
    withStore(async (store) => {
      const broken = { ...owedEvent('broken', 1), deliveries: null } as never;
      await assert.rejects(store.append([archivedEvent('e', { archives: ['a'] }), broken]));
      assert.deepEqual(await read(store, { archive: 'a' }), []);
      assert.deepEqual(await store.measureArchive('a'), { events: 0, bytes: 0 });
    }));

  test('keys may be any text', () =>
    withStore(async (store) => {
      const keys = ['', 'a', 'A', 'a ', 'a\u0000', '\ud800', '\ufffd', 'a:b/c*>.', 'x'.repeat(300)];
      await store.append(keys.map((key, n) => archivedEvent(`e${n}`, { archives: [key] })));
      for (const [n, archive] of keys.entries()) assert.deepEqual(await read(store, { archive }), [`e${n}`]);
    }));
}

function sizeTests(withStore: WithStore): void {
  test('an archive knows how many events it holds, and their bytes as UTF-8', () =>
    withStore(async (store) => {
      const envelopes = ['{"id":"ж"}', '{"id":"\u{1F680}"}', '{}'];
      const events = envelopes.map((envelope, n) => {
        const { event, deliveries } = owedEvent(`e${n}`, n);
        return { event: { ...event, envelope }, deliveries, archives: n === 0 ? ['a', 'b'] : ['a'] };
      });
      await store.append(events);
      assert.deepEqual(await store.measureArchive('a'), { events: 3, bytes: 11 + 13 + 2 });
      assert.deepEqual(await store.measureArchive('b'), { events: 1, bytes: 11 });
      assert.deepEqual(await store.measureArchive('c'), { events: 0, bytes: 0 });
    }));
}

function trimTests(withStore: WithStore): void {
  test('an archive lets go of what it received before a time, the longest kept first', () =>
    withStore(async (store) => {
      const put = (id: string, second: number, receivedAt: number) =>
        store.append([archivedEvent(id, { archives: ['a'], second, receivedAt })]);
      await put('r3', 1, 3);
      await put('r1', 2, 1);
      await put('r2', 3, 2);
      await put('r4', 0, 4);
      const trim = (before: number, max = 9) => store.trimArchive({ archive: 'a', before, max });
      assert.equal(await trim(1), 0);
      assert.equal(await trim(4, 2), 2);
      assert.deepEqual(await read(store, { archive: 'a' }), ['r4', 'r3']);
      assert.equal(await trim(4, 2), 1);
      assert.equal((await store.measureArchive('a')).events, 1);
      assert.equal(await trim(Number.POSITIVE_INFINITY), 1);
      assert.equal(await trim(Number.POSITIVE_INFINITY), 0);
      assert.deepEqual(await store.measureArchive('a'), { events: 0, bytes: 0 });
    }));

  test('an event stays in the archives that did not let go of it, and is owed as before', () =>
    withStore(async (store) => {
      await store.append([archivedEvent('e', { archives: ['a', 'b'], targetIds: ['t'] })]);
      await store.trimArchive({ archive: 'a', before: Number.POSITIVE_INFINITY, max: 9 });
      assert.deepEqual(await read(store, { archive: 'a' }), []);
      assert.deepEqual(await read(store, { archive: 'b' }), ['e']);
      await store.trimArchive({ archive: 'b', before: Number.POSITIVE_INFINITY, max: 9 });
      assert.deepEqual(await leaseNames(store, { now: 1 }), ['e/t']);
    }));

  test('an event stays archived when nothing is owed any more', () =>
    withStore(async (store) => {
      await store.append([archivedEvent('e', { archives: ['a'], targetIds: ['t'] })]);
      const leased = await store.lease({ max: 9, now: 1, until: 2 });
      await store.settle(leased.map(({ id }) => ({ kind: 'done', id })));
      assert.deepEqual(await read(store, { archive: 'a' }), ['e']);
    }));

  test('a position stays good when its event is let go, and when the archive was empty meanwhile', () =>
    withStore(async (store) => {
      const put = (id: string, second: number) =>
        store.append([archivedEvent(id, { archives: ['a'], second })]);
      await put('e1', 1);
      await put('e2', 2);
      const [first] = await store.readArchive({ ...ALL, archive: 'a', max: 1 });
      const after = first?.position;
      await store.trimArchive({ archive: 'a', before: Number.POSITIVE_INFINITY, max: 1 });
      assert.deepEqual(await read(store, { archive: 'a', after }), ['e2']);
      await store.trimArchive({ archive: 'a', before: Number.POSITIVE_INFINITY, max: 9 });
      await put('e0', 0);
      await put('e1 anew', 1);
      assert.deepEqual(await read(store, { archive: 'a', after }), ['e1 anew']);
    }));
}

/** Archives over restarts. */
export function archiveDurabilityTests({ open, durable }: StoreUnderTest): void {
  const skip = durable ? false : 'what this store holds ends with it, by design';

  test('archives, their sizes and positions in them survive', { skip }, () =>
    withFolder(async (folder) => {
      const before = await open(folder);
      await before.append([
        archivedEvent('e1', { archives: ['a'], second: 1 }),
        archivedEvent('e2', { archives: ['a', 'b'], second: 2, targetIds: ['t'] }),
        archivedEvent('e3', { archives: ['a'], second: 3, receivedAt: 5 }),
      ]);
      const [first] = await before.readArchive({ ...ALL, archive: 'a', max: 1 });
      const size = await before.measureArchive('a');
      await before.close();

      const after = await open(folder);
      assert.deepEqual(await after.measureArchive('a'), size);
      assert.deepEqual(await read(after, { archive: 'a', after: first?.position }), ['e2', 'e3']);
      assert.equal(await after.trimArchive({ archive: 'a', before: 5, max: 9 }), 2);
      await after.close();

      const last = await open(folder);
      assert.deepEqual(await read(last, { archive: 'a' }), ['e3']);
      assert.deepEqual(await read(last, { archive: 'b' }), ['e2']);
      assert.deepEqual(await leaseNames(last, { now: 1 }), ['e2/t']);
      await last.close();
    }),
  );
}

const appended = fc.record({
  second: fc.integer({ min: 0, max: 20 }),
  receivedAt: fc.integer({ min: 0, max: 20 }),
  archives: fc.subarray(['a', 'b']),
});
const step = fc.oneof(
  { weight: 3, arbitrary: fc.array(appended, { maxLength: 5 }).map((events) => ({ events })) },
  fc.record({
    archive: fc.constantFrom('a', 'b'),
    before: fc.integer({ min: 0, max: 21 }),
    max: fc.nat({ max: 4 }),
  }),
);

/** Any appends and trims leave in the archives what a plain list says. */
export function archiveModelTests(withStore: WithStore): void {
  test('any sequence of appends and trims leaves what a list of them would hold', () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), fc.nat({ max: 20 }), async (steps, from) =>
        withStore(async (store) => {
          let kept: { id: string; archive: string; second: number; receivedAt: number; number: number }[] =
            [];
          let number = 0;
          for (const each of steps) {
            if ('events' in each) {
              const events = each.events.map((event) => {
                number += 1;
                const id = `e${number}`;
                for (const archive of event.archives) kept.push({ id, archive, number, ...event });
                return archivedEvent(id, event);
              });
              await store.append(events);
            } else {
              const gone = kept
                .filter(({ archive, receivedAt }) => archive === each.archive && receivedAt < each.before)
                .sort((a, b) => a.receivedAt - b.receivedAt || a.number - b.number)
                .slice(0, each.max);
              assert.equal(await store.trimArchive(each), gone.length);
              kept = kept.filter((entry) => !gone.includes(entry));
            }
          }
          for (const archive of ['a', 'b']) {
            const held = kept
              .filter((entry) => entry.archive === archive)
              .sort((a, b) => a.second - b.second || a.number - b.number);
            const expected = held.filter(({ second }) => second >= from).map(({ id }) => id);
            assert.deepEqual(await read(store, { archive, from: from * 1_000 }), expected);
            assert.equal((await store.measureArchive(archive)).events, held.length);
          }
        }),
      ),
      { numRuns: 40 },
    ));
}
