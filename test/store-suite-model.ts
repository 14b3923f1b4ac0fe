import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { LeasedDelivery, OwedDelivery, OwedEvent, Settlement } from '../src/domain/delivery.ts';
import { type ConfigurationRecord, RevisionConflict, type Store } from '../src/store/store.ts';
import { owedEvent, type StoreUnderTest, withFolder } from './store-suite.ts';

const TARGETS = ['t1', 't2', 't3', 't4'];
const OWNER = owedEvent('any', 0).deliveries[0]?.owner ?? '';

// More of them, to look for what is rare: BUSBAR_MODEL_RUNS=2000 node --test test/store-memory.test.ts
const RUNS = Number(process.env['BUSBAR_MODEL_RUNS'] ?? 60);
const MAXIMUM_COMMANDS = 60;

interface ModelDelivery {
  /** Known once it was leased for the first time: ids are the store's own. */
  id: string | undefined;
  readonly name: string;
  readonly number: number;
  readonly targetId: string;
  /** Received, or redriven. */
  waitsFrom: number;
  attempts: number;
  dueAt: number;
  leasedUntil: number;
  failedAt: number | undefined;
}

/** The contract, as naively as it can be written: a list of deliveries and a clock that only goes forward. */
interface Model {
  now: number;
  deliveries: ModelDelivery[];
  lastEvent: number;
  records: Map<string, { value: unknown; revision: number }>;
  lastRevision: number;
}

interface Real {
  store: Store;
  readonly reopen: (store: Store) => Promise<Store>;
}

type Command = fc.AsyncCommand<Model, Real>;

function command(name: string, run: (model: Model, real: Real) => Promise<void>): Command {
  return { check: () => true, run, toString: () => name };
}

const owed = (model: Model) => model.deliveries.filter(({ failedAt }) => failedAt === undefined);
const failed = (model: Model) => model.deliveries.filter(({ failedAt }) => failedAt !== undefined);
const error = { code: 'TIMEOUT', message: 'No answer.' };

const appendCommand = (events: readonly { dueIn: number; targetIds: string[] }[]): Command =>
  command(`append(${JSON.stringify(events)})`, async (model, { store }) => {
    const appended: OwedEvent[] = [];
    for (const { dueIn, targetIds } of events) {
      const receivedAt = model.now + dueIn;
      model.lastEvent += 1;
      appended.push(owedEvent(`e${model.lastEvent}`, receivedAt, targetIds));
      for (const targetId of targetIds) {
        const fresh = { id: undefined, attempts: 0, leasedUntil: 0, failedAt: undefined };
        const name = `e${model.lastEvent}/${targetId}`;
        const number = model.deliveries.length === 0 ? 0 : (model.deliveries.at(-1)?.number ?? 0) + 1;
        const times = { dueAt: receivedAt, waitsFrom: receivedAt };
        model.deliveries.push({ ...fresh, ...times, name, number, targetId });
      }
    }
    await store.append(appended);
  });

const nameOf = ({ event, targetId }: LeasedDelivery) => `${event.id}/${targetId}`;
const inDueOrder = (a: ModelDelivery, b: ModelDelivery) => a.dueAt - b.dueAt || a.number - b.number;
const isFree = (model: Model) => (delivery: ModelDelivery) =>
  delivery.failedAt === undefined && delivery.leasedUntil <= model.now;

/** The store leased these: they must be in the model, in this order, and are leased there too. */
function leaseInModel(
  model: Model,
  { leased, until }: { leased: readonly LeasedDelivery[]; until: number },
): readonly ModelDelivery[] {
  return leased.map((each) => {
    const delivery = model.deliveries.find(({ name }) => name === nameOf(each));
    assert.ok(delivery !== undefined, `${nameOf(each)} is unknown`);
    assert.equal(delivery.attempts, each.attempts);
    assert.ok(delivery.id === undefined || delivery.id === each.id, 'a delivery changed its id');
    delivery.id = each.id;
    delivery.leasedUntil = until;
    return delivery;
  });
}

type Rooms = Readonly<Record<string, number>>;

const leaseCommand = (max: number, lasting: number, rooms: Rooms): Command =>
  command(`lease(${max}, ${lasting}, ${JSON.stringify(rooms)})`, async (model, { store }) => {
    const until = model.now + lasting;
    const due = model.deliveries.filter(isFree(model)).filter(({ dueAt }) => dueAt <= model.now);
    const asked: string[] = [];
    const roomFor = ({ targetId }: OwedDelivery) => {
      asked.push(targetId);
      return rooms[targetId] ?? 0;
    };
    const leased = leaseInModel(model, {
      leased: await store.lease({ max, now: model.now, until, roomFor }),
      until,
    });
    assert.equal(new Set(asked).size, asked.length, 'a queue was asked twice');
    assert.deepEqual(leased, [...leased].sort(inDueOrder));

    const shares = TARGETS.map((targetId) => {
      const ofQueue = (deliveries: readonly ModelDelivery[]) =>
        deliveries.filter((delivery) => delivery.targetId === targetId).sort(inDueOrder);
      const given = ofQueue(leased);
      assert.deepEqual(given, ofQueue(due).slice(0, given.length), 'not its longest due');
      return { given: given.length, could: Math.min(ofQueue(due).length, rooms[targetId] ?? 0) };
    });
    const could = shares.reduce((sum, share) => sum + share.could, 0);
    assert.equal(leased.length, Math.min(max, could));
    const most = Math.max(...shares.map(({ given }) => given));
    for (const share of shares) {
      assert.ok(share.given <= share.could, 'more than there is room for');
      assert.ok(share.given === share.could || share.given >= most - 1, 'less than its share');
    }
  });

const leaseAgedCommand = (targetId: string, age: number, max: number): Command =>
  command(`leaseAged(${targetId}, ${age}, ${max})`, async (model, { store }) => {
    const { now } = model;
    const [receivedBefore, until] = [now - age, now + 5];
    const waiting = model.deliveries
      .filter(isFree(model))
      .filter((delivery) => delivery.targetId === targetId)
      .sort((a, b) => a.waitsFrom - b.waitsFrom || a.number - b.number);
    const expected = waiting.filter(({ waitsFrom }) => waitsFrom < receivedBefore).slice(0, max);
    const queue = { owner: OWNER, targetId };
    const aged = await store.leaseAged({ queue, receivedBefore, max, now, until });
    assert.deepEqual(leaseInModel(model, { leased: aged.deliveries, until }), expected);
    assert.equal(aged.oldestFrom, waiting[expected.length]?.waitsFrom);
  });

type Ending = { readonly kind: Settlement['kind']; readonly pick: number; readonly dueIn: number };

function settlementOf(model: Model, { kind, pick, dueIn }: Ending): Settlement {
  const known = model.deliveries.filter(({ id }) => id !== undefined);
  const delivery = known[pick % Math.max(known.length, 1)];
  const id = delivery?.id ?? 'no such delivery';
  if (kind === 'done') return { kind, id };
  const attempts = (delivery?.attempts ?? 0) + 1;
  if (kind === 'retry') return { kind, id, attempts, error, dueAt: model.now + dueIn };
  return { kind, id, attempts, error, failedAt: model.now };
}

function settleInModel(model: Model, settlement: Settlement): void {
  const delivery = owed(model).find(({ id }) => id === settlement.id);
  if (delivery === undefined) return;
  delivery.leasedUntil = 0;
  if (settlement.kind === 'done') {
    model.deliveries.splice(model.deliveries.indexOf(delivery), 1);
    return;
  }
  delivery.attempts = settlement.attempts;
  if (settlement.kind === 'retry') delivery.dueAt = settlement.dueAt;
  else delivery.failedAt = settlement.failedAt;
}

const settleCommand = (endings: readonly Ending[]): Command =>
  command(`settle(${JSON.stringify(endings)})`, async (model, { store }) => {
    const settlements = endings.map((ending) => settlementOf(model, ending));
    await store.settle(settlements);
    for (const settlement of settlements) settleInModel(model, settlement);
  });

const redriveCommand = (picks: readonly number[]): Command =>
  command(`redrive(${picks})`, async (model, { store }) => {
    const candidates = model.deliveries.filter(({ id }) => id !== undefined);
    const picked = new Set(picks.map((pick) => candidates[pick % Math.max(candidates.length, 1)]));
    const redriven = failed(model).filter((delivery) => picked.has(delivery));
    const ids = [...picked].map((delivery) => delivery?.id ?? 'no such delivery');
    assert.equal(await store.redrive({ ids, now: model.now }), redriven.length);
    for (const delivery of redriven) {
      Object.assign(delivery, {
        failedAt: undefined,
        attempts: 0,
        dueAt: model.now,
        waitsFrom: model.now,
        leasedUntil: 0,
      });
    }
  });

const readCommand = (max: number, withRoom: readonly string[]): Command =>
  command(`read(${max}, [${withRoom}])`, async (model, { store }) => {
    assert.deepEqual(await store.countDeliveries(), {
      owed: owed(model).length,
      failed: failed(model).length,
    });
    const inOrder = failed(model).sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
    const after = inOrder.at(max)?.id;
    const expected = inOrder.slice(after === undefined ? 0 : max + 1).slice(0, max);
    assert.deepEqual(
      (await store.listFailed({ after, max })).map(({ id, attempts, failedAt }) => [id, attempts, failedAt]),
      expected.map(({ id, attempts, failedAt }) => [id, attempts, failedAt]),
    );
    // A lease that ended is over for the store as soon as it is told the time: with the next lease.
    await store.lease({ max: 0, now: model.now, until: model.now });
    const next = (deliveries: readonly ModelDelivery[]) => {
      const times = deliveries.map(({ dueAt, leasedUntil }) =>
        leasedUntil > model.now ? leasedUntil : dueAt,
      );
      return times.length === 0 ? undefined : Math.min(...times);
    };
    assert.equal(await store.nextDueAt(), next(owed(model)));
    assert.equal(
      await store.nextDueAt(({ targetId }) => withRoom.includes(targetId)),
      next(owed(model).filter(({ targetId }) => withRoom.includes(targetId))),
    );
    const [targetId] = withRoom;
    assert.deepEqual(
      (await store.listFailed({ max: 99, targetId, owner: OWNER })).map(({ id }) => id),
      inOrder.filter((each) => targetId === undefined || each.targetId === targetId).map(({ id }) => id),
    );
  });

const configureCommand = (key: string, value: string | undefined, stale: boolean): Command =>
  command(`configure(${key}, ${value}, ${stale ? 'stale' : 'current'})`, async (model, { store }) => {
    const seen = model.records.get(key)?.revision ?? 0;
    const write = { kind: 'k', key, value, expectedRevision: stale ? seen + 1 : seen };
    if (stale) {
      await assert.rejects(store.writeConfiguration(write), RevisionConflict);
    } else {
      const revision = await store.writeConfiguration(write);
      assert.ok(revision > model.lastRevision);
      model.lastRevision = revision;
      if (value === undefined) model.records.delete(key);
      else model.records.set(key, { value, revision });
    }
    const expected: ConfigurationRecord[] = [...model.records.keys()].sort().map((each) => ({
      kind: 'k',
      key: each,
      value: model.records.get(each)?.value,
      revision: model.records.get(each)?.revision ?? 0,
    }));
    assert.deepEqual(await store.readConfiguration(), expected);
  });

const passCommand = (milliseconds: number): Command =>
  command(`pass(${milliseconds})`, async (model) => {
    model.now += milliseconds;
  });

const reopenCommand: Command = command('reopen', async (model, real) => {
  real.store = await real.reopen(real.store);
  for (const delivery of model.deliveries) delivery.leasedUntil = 0;
});

const small = fc.integer({ min: 0, max: 30 });
const pick = fc.nat({ max: 50 });
const room = fc.constantFrom(0, 1, 2, 3, Number.POSITIVE_INFINITY);
const rooms = fc.record(Object.fromEntries(TARGETS.map((targetId) => [targetId, room])));

const commandKinds = [
  fc
    .array(fc.record({ dueIn: fc.integer({ min: -20, max: 20 }), targetIds: fc.subarray(TARGETS) }), {
      maxLength: 4,
    })
    .map(appendCommand),
  fc
    .tuple(fc.integer({ min: 0, max: 8 }), small, rooms)
    .map(([max, lasting, roomOf]) => leaseCommand(max, lasting, roomOf)),
  fc
    .tuple(fc.constantFrom(...TARGETS), fc.integer({ min: -5, max: 40 }), fc.nat({ max: 4 }))
    .map(([targetId, age, max]) => leaseAgedCommand(targetId, age, max)),
  fc
    .array(
      fc.record({
        kind: fc.constantFrom<Settlement['kind']>('done', 'retry', 'failed'),
        pick,
        dueIn: fc.integer({ min: -20, max: 20 }),
      }),
      { maxLength: 4 },
    )
    .map(settleCommand),
  fc.array(pick, { maxLength: 3 }).map(redriveCommand),
  fc
    .tuple(fc.integer({ min: 0, max: 4 }), fc.subarray(TARGETS))
    .map(([max, withRoom]) => readCommand(max, withRoom)),
  fc
    .tuple(fc.constantFrom('a', 'b'), fc.option(fc.string(), { nil: undefined }), fc.boolean())
    .map(([key, value, stale]) => configureCommand(key, value, stale)),
  small.map(passCommand),
];

/** Any sequence of calls has the effect that the naive model says. */
export function modelTests({ open, durable }: StoreUnderTest): void {
  test('any sequence of calls does what the contract says', async () => {
    const kinds = durable ? [...commandKinds, fc.constant(reopenCommand)] : commandKinds;
    const sequences = fc.commands(kinds, { maxCommands: MAXIMUM_COMMANDS, size: 'max' });
    const property = fc.asyncProperty(sequences, (commands) =>
      withFolder(async (folder) => {
        const model = { now: 100, deliveries: [], lastEvent: 0, records: new Map(), lastRevision: 0 };
        const reopen = async (store: Store) => {
          await store.close();
          return open(folder);
        };
        const real = { store: await open(folder), reopen };
        try {
          await fc.asyncModelRun(() => ({ model, real }), commands);
        } finally {
          await real.store.close();
        }
      }),
    );
    await fc.assert(property, { numRuns: RUNS });
  });
}
