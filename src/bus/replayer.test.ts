import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { ARCHIVE_SERVICE, archiveServiceArn } from '../domain/archive.ts';
import { archiveArn, eventBusArn, ruleArn } from '../domain/arn.ts';
import { HandClock } from '../domain/clock.ts';
import type { OwedEvent } from '../domain/delivery.ts';
import { type BusEvent, envelopeText } from '../domain/event.ts';
import type { Log } from '../domain/log.ts';
import { REPLAY_STEP_MS, type Replay } from '../domain/replay.ts';
import type { Rule } from '../domain/rule.ts';
import { noTimeline } from '../domain/timeline.ts';
import { MemoryStore } from '../store/memory/memory-store.ts';
import { Bus } from './bus.ts';
import { archivePlace, Configuration, replayPlace, rulePlace } from './configuration.ts';
import { Matchers } from './matchers.ts';
import { Replayer } from './replayer.ts';

const START = Date.parse('2026-01-15T10:30:00Z');
const scope = { account: '111111111111', region: 'eu-central-1' };

/** A store in memory that tells which replayed events it keeps, and fails as often as it is told to. */
class WatchedStore extends MemoryStore {
  readonly replayed: OwedEvent[] = [];
  failures = 0;
  writes = 0;

  override async append(events: readonly OwedEvent[]): Promise<void> {
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error('The disk is full.');
    }
    this.writes += 1;
    await super.append(events);
    this.replayed.push(...events.filter(({ event }) => event.envelope.includes('"replay-name"')));
  }

  /** Everything that is owed is delivered. */
  async deliver(now: number): Promise<void> {
    const leased = await this.lease({ max: 100_000, now, until: now + 1 });
    await this.settle(leased.map(({ id }) => ({ kind: 'done', id })));
  }
}

const target = { id: 't', arn: 'http://127.0.0.1:1/' };

function eventOf(id: string, second: number, source = 'orders'): BusEvent {
  const parts = { id, detailType: 'd', source, origin: scope, resources: [], detail: '{ "n": 1.0 }' };
  const envelope = envelopeText({ ...parts, time: START + second * 1000 });
  return { id, busArn: eventBusArn(scope, 'default'), receivedAt: START, envelope };
}

async function start(t: TestContext) {
  const store = new WatchedStore();
  const clock = new HandClock(START);
  const errors: string[] = [];
  const log: Log = { info: () => undefined, warn: () => undefined, error: (message) => errors.push(message) };
  const configuration = await Configuration.load(store, { createdAt: START, pageTokenKey: '' });
  const bus = new Bus({
    matchers: new Matchers(configuration.rules, log),
    store,
    archives: configuration.archives,
    timeline: noTimeline,
  });

  const putRule = (name: string, rule: Partial<Rule> | undefined) =>
    configuration.rules.change(rulePlace(scope, 'default', name), (): Rule | undefined =>
      rule === undefined
        ? undefined
        : {
            name,
            busName: 'default',
            state: 'ENABLED',
            createdBy: scope.account,
            tags: [],
            targets: [target],
            ...rule,
          },
    );
  await configuration.archives.change(archivePlace(scope, 'a'), () => ({
    name: 'a',
    id: 'archive-id',
    busName: 'default',
    retentionDays: 0,
    createdAt: START,
  }));
  await putRule('Events-Archive-a', {
    eventPattern: '{"replay-name":[{"exists":false}],"source":["orders"]}',
    managedBy: ARCHIVE_SERVICE,
    targets: [{ id: 'x', arn: archiveServiceArn(scope.region) }],
  });
  await putRule('all', { eventPattern: '{"source":[{"exists":true}]}' });

  const startReplayer = () => {
    const replayer = new Replayer({ configuration, store, bus, clock, log });
    t.after(() => replayer.close());
    return replayer;
  };
  const replayOf = (name: string) => configuration.replays.get(replayPlace(scope, name));
  const startReplay = (name: string, replay: Partial<Replay> = {}) =>
    configuration.replays.change(
      replayPlace(scope, name),
      (): Replay => ({
        name,
        eventSourceArn: archiveArn(scope, 'a'),
        archiveId: 'archive-id',
        destination: { arn: eventBusArn(scope, 'default') },
        eventStartTime: START - 1_000_000,
        eventEndTime: START + 1_000_000,
        startedAt: clock.now(),
        ...replay,
      }),
    );
  const ids = () => store.replayed.map(({ event }) => event.id);
  return { store, clock, errors, configuration, bus, putRule, startReplayer, startReplay, replayOf, ids };
}

/** Lets everything run that can run without the clock. */
async function idle(): Promise<void> {
  for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setImmediate(resolve));
}

test('events come again in the order of their times, as they were but for the name of the replay', async (t) => {
  const { store, clock, bus, startReplayer, startReplay, replayOf, ids } = await start(t);
  await bus.publish([eventOf('e3', 3), eventOf('e1', 1), eventOf('other', 1, 'elsewhere'), eventOf('e2', 2)]);
  await bus.publish([eventOf('e1 too', 1)]);
  startReplayer();
  await startReplay('again');
  await idle();
  assert.deepEqual(ids(), []);
  clock.advance(REPLAY_STEP_MS);
  await idle();
  assert.deepEqual(ids(), ['e1', 'e1 too', 'e2', 'e3']);
  const { event, deliveries } = store.replayed[0] ?? {};
  const before = eventOf('e1', 1);
  assert.equal(event?.receivedAt, START + REPLAY_STEP_MS);
  assert.equal(
    event?.envelope,
    before.envelope.replace(',"resources"', ',"replay-name":"again","resources"'),
  );
  assert.deepEqual(deliveries, [{ owner: ruleArn(scope, 'default', 'all'), targetId: 't' }]);
  assert.deepEqual(replayOf('again')?.ending, { state: 'COMPLETED', at: START + REPLAY_STEP_MS });
  assert.equal(replayOf('again')?.progress?.events, 4);
  assert.equal(replayOf('again')?.progress?.eventTime, START + 3000);
  assert.equal((await store.measureArchive('archive-id')).events, 4, 'replayed events were archived');
});

test('only the rules that a replay is meant for get its events, and only what they match', async (t) => {
  const { store, clock, bus, putRule, startReplayer, startReplay } = await start(t);
  await putRule('meant', { eventPattern: '{"detail-type":["d"]}' });
  await putRule('no replays', { eventPattern: '{"source":["orders"],"replay-name":[{"exists":false}]}' });
  await putRule('no match', { eventPattern: '{"source":["elsewhere"]}' });
  await putRule('disabled', { eventPattern: '{"source":["orders"]}', state: 'DISABLED' });
  await bus.publish([eventOf('e', 1)]);
  startReplayer();
  const names = ['meant', 'no replays', 'no match', 'disabled', 'gone'];
  const filterArns = names.map((name) => ruleArn(scope, 'default', name));
  await startReplay('r', { destination: { arn: eventBusArn(scope, 'default'), filterArns } });
  clock.advance(REPLAY_STEP_MS);
  await idle();
  assert.deepEqual(
    store.replayed.map(({ deliveries }) => deliveries),
    [[{ owner: ruleArn(scope, 'default', 'meant'), targetId: 't' }]],
  );
});

test('the store failing for a while costs time and nothing else', async (t) => {
  const { store, clock, errors, bus, startReplayer, startReplay, replayOf, ids } = await start(t);
  await bus.publish([eventOf('e', 1)]);
  startReplayer();
  await startReplay('r');
  store.failures = 2;
  for (let second = 0; second < 4; second++) {
    clock.advance(1000);
    await idle();
  }
  assert.deepEqual(ids(), ['e']);
  assert.equal(errors.length, 2);
  assert.equal(replayOf('r')?.ending?.state, 'COMPLETED');
});

test('a store that fails on and on ends the replay with the reason', async (t) => {
  const { store, clock, bus, startReplayer, startReplay, replayOf } = await start(t);
  await bus.publish([eventOf('e', 1)]);
  startReplayer();
  await startReplay('r');
  store.failures = Number.POSITIVE_INFINITY;
  for (let second = 0; second < 61; second++) {
    clock.advance(1000);
    await idle();
  }
  const { state, reason } = replayOf('r')?.ending ?? {};
  assert.deepEqual(
    { state, reason },
    {
      state: 'FAILED',
      reason: 'The archive can not be replayed: The disk is full.',
    },
  );
});

test('a cancelled replay publishes nothing more, and keeps how far it came', async (t) => {
  const { clock, configuration, bus, startReplayer, startReplay, replayOf, ids } = await start(t);
  await bus.publish(Array.from({ length: 10 }, (_, n) => eventOf(`e${n}`, n)));
  startReplayer();
  await startReplay('r', { pace: { eventsPerSecond: 1 } });
  clock.advance(REPLAY_STEP_MS + 2000);
  await idle();
  await configuration.replays.change(replayPlace(scope, 'r'), (current) =>
    current === undefined ? current : { ...current, cancelledAt: clock.now() },
  );
  clock.advance(60_000);
  await idle();
  assert.deepEqual(ids(), ['e0', 'e1', 'e2'].slice(0, ids().length));
  assert.ok(ids().length < 10);
  assert.equal(replayOf('r')?.progress?.events, ids().length);
  assert.equal(replayOf('r')?.ending, undefined);
});

test('a pace holds over many events', async (t) => {
  const { store, clock, bus, startReplayer, startReplay, replayOf, ids } = await start(t);
  await bus.publish(Array.from({ length: 250 }, (_, n) => eventOf(`e${n}`, n)));
  await store.deliver(clock.now());
  startReplayer();
  await startReplay('r', { pace: { eventsPerSecond: 50 } });
  clock.advance(REPLAY_STEP_MS);
  await idle();
  for (let second = 1; second <= 4; second++) {
    for (let step = 0; step < 50; step++) {
      clock.advance(20);
      await idle();
      await store.deliver(clock.now());
    }
    assert.equal(ids().length, 1 + second * 50);
  }
  assert.equal(replayOf('r')?.ending, undefined);
});

test('a replay goes as many times as fast as the events came', async (t) => {
  const { clock, bus, startReplayer, startReplay, ids } = await start(t);
  await bus.publish([eventOf('e0', 0), eventOf('e60', 60), eventOf('e600', 600)]);
  startReplayer();
  await startReplay('r', { pace: { timesRealTime: 60 } });
  clock.advance(REPLAY_STEP_MS);
  const after = async (milliseconds: number) => {
    clock.advance(milliseconds);
    await idle();
    return ids().length;
  };
  assert.equal(await after(0), 1);
  assert.equal(await after(999), 1);
  assert.equal(await after(1), 2);
  assert.equal(await after(8999), 2);
  assert.equal(await after(1), 3);
});

test('while much is owed a replay waits, but not for ever', async (t) => {
  const { store, clock, bus, startReplayer, startReplay, replayOf, ids } = await start(t);
  await bus.publish(Array.from({ length: 3000 }, (_, n) => eventOf(`e${n}`, n)));
  await store.deliver(clock.now());
  startReplayer();
  await startReplay('r', { eventEndTime: START + 9_000_000 });
  clock.advance(REPLAY_STEP_MS);
  await idle();
  assert.equal(ids().length, 300);
  clock.advance(20);
  await idle();
  assert.equal(ids().length, 300, 'it goes on though nothing was delivered');
  await store.deliver(clock.now());
  clock.advance(20);
  await idle();
  assert.equal(ids().length, 600);
  for (let look = 0; look < 50; look++) {
    clock.advance(20);
    await idle();
  }
  assert.equal(ids().length, 700, 'a target that is away holds it up');
  for (let look = 0; look < 1500; look++) {
    clock.advance(20);
    await idle();
  }
  assert.equal(replayOf('r')?.ending?.state, 'COMPLETED');
  assert.equal(new Set(ids()).size, 3000);
});

test('events whose retention is over are not replayed, gone or not', async (t) => {
  const { clock, configuration, bus, startReplayer, startReplay, ids } = await start(t);
  await configuration.archives.change(archivePlace(scope, 'a'), (current) =>
    current === undefined ? current : { ...current, retentionDays: 1 },
  );
  await bus.publish([eventOf('old', 1)]);
  clock.advance(86_400_000);
  await bus.publish([{ ...eventOf('new', 2), receivedAt: clock.now() }]);
  startReplayer();
  await startReplay('r');
  clock.advance(REPLAY_STEP_MS);
  await idle();
  assert.deepEqual(ids(), ['new']);
});

test('archive and replay give exactly the events of the window, in order, whenever they are interrupted', async (t) => {
  const second = fc.integer({ min: 0, max: 30 });
  const scenario = fc.record({
    batches: fc.array(
      fc.array(fc.record({ second, source: fc.constantFrom('orders', 'elsewhere') }), { maxLength: 60 }),
      { maxLength: 6 },
    ),
    from: second,
    length: fc.integer({ min: 1, max: 31 }),
    pace: fc.option(fc.integer({ min: 1, max: 500 }), { nil: undefined }),
    interruptions: fc.array(fc.nat({ max: 6 }), { maxLength: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(scenario, async ({ batches, from, length, pace, interruptions }) => {
      const { clock, bus, startReplayer, startReplay, replayOf, store, ids } = await start(t);
      let number = 0;
      const numbered = batches.map((batch) => batch.map((each) => ({ ...each, id: `e${number++}` })));
      for (const batch of numbered) {
        await bus.publish(batch.map(({ id, second, source }) => eventOf(id, second, source)));
      }
      const expected = numbered
        .flat()
        .filter(({ source }) => source === 'orders')
        .filter(({ second }) => second >= from && second < from + length)
        .sort((a, b) => a.second - b.second)
        .map(({ id }) => id);
      let replayer = startReplayer();
      await startReplay('r', {
        eventStartTime: START + from * 1000,
        eventEndTime: START + (from + length) * 1000,
        pace: pace === undefined ? undefined : { eventsPerSecond: pace },
      });
      clock.advance(REPLAY_STEP_MS);
      for (const turns of interruptions) {
        for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
        await replayer.close();
        replayer = startReplayer();
        clock.advance(50);
      }
      for (let steps = 0; replayOf('r')?.ending === undefined && steps < 10_000; steps++) {
        await store.deliver(clock.now());
        clock.advance(100);
        await idle();
      }
      assert.equal(replayOf('r')?.ending?.state, 'COMPLETED');
      assert.deepEqual(ids(), expected);
      assert.equal(replayOf('r')?.progress?.events ?? 0, expected.length);
    }),
    { numRuns: 60 },
  );
});
