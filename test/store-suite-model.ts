import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { OwedEvent, Settlement } from '../src/domain/delivery.ts';
import { type ConfigurationRecord, RevisionConflict, type Store } from '../src/store/store.ts';
import { owedEvent, type StoreUnderTest, withFolder } from './store-suite.ts';

const RUNS = 60;
const MAXIMUM_COMMANDS = 60;

interface ModelDelivery {
  /** Known once it was leased for the first time: ids are the store's own. */
  id: string | undefined;
  readonly name: string;
  readonly number: number;
  attempts: number;
  dueAt: number;
  leasedUntil: number;
  failedAt: number | undefined;
}

/** The contract, as naively as it can be written: a list of deliveries and a clock that only goes forward. */
interface Model {
  now: number;
  deliveries: ModelDelivery[];
  lastNumber: number;
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

const appendCommand = (events: readonly { dueIn: number; targets: number }[]): Command =>
  command(`append(${JSON.stringify(events)})`, async (model, { store }) => {
    const appended: OwedEvent[] = [];
    for (const { dueIn, targets } of events) {
      const receivedAt = model.now + dueIn;
      const targetIds = Array.from({ length: targets }, () => {
        model.lastNumber += 1;
        return String(model.lastNumber);
      });
      appended.push(owedEvent('e', receivedAt, targetIds));
      for (const name of targetIds) {
        const fresh = { id: undefined, attempts: 0, leasedUntil: 0, failedAt: undefined };
        model.deliveries.push({ ...fresh, name, number: Number(name), dueAt: receivedAt });
      }
    }
    await store.append(appended);
  });

const leaseCommand = (max: number, lasting: number): Command =>
  command(`lease(${max}, ${lasting})`, async (model, { store }) => {
    const expected = owed(model)
      .filter(({ dueAt, leasedUntil }) => dueAt <= model.now && leasedUntil <= model.now)
      .sort((a, b) => a.dueAt - b.dueAt || a.number - b.number)
      .slice(0, max);
    const leased = await store.lease({ max, now: model.now, until: model.now + lasting });
    assert.deepEqual(
      leased.map(({ targetId, attempts }) => [targetId, attempts]),
      expected.map(({ name, attempts }) => [name, attempts]),
    );
    for (const [index, delivery] of expected.entries()) {
      const id = leased[index]?.id;
      assert.ok(delivery.id === undefined || delivery.id === id, 'a delivery changed its id');
      delivery.id = id;
      delivery.leasedUntil = model.now + lasting;
    }
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
      Object.assign(delivery, { failedAt: undefined, attempts: 0, dueAt: model.now, leasedUntil: 0 });
    }
  });

const readCommand = (max: number): Command =>
  command(`read(${max})`, async (model, { store }) => {
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
    const times = owed(model).map(({ dueAt, leasedUntil }) =>
      leasedUntil > model.now ? leasedUntil : dueAt,
    );
    assert.equal(await store.nextDueAt(), times.length === 0 ? undefined : Math.min(...times));
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

const commandKinds = [
  fc
    .array(fc.record({ dueIn: fc.integer({ min: -20, max: 20 }), targets: fc.integer({ min: 0, max: 3 }) }), {
      maxLength: 4,
    })
    .map(appendCommand),
  fc.tuple(fc.integer({ min: 0, max: 6 }), small).map(([max, lasting]) => leaseCommand(max, lasting)),
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
  fc.integer({ min: 0, max: 4 }).map(readCommand),
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
        const model = { now: 100, deliveries: [], lastNumber: 0, records: new Map(), lastRevision: 0 };
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
