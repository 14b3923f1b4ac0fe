import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { HandClock } from '../domain/clock.ts';
import type { OwedEvent } from '../domain/delivery.ts';
import type { Log } from '../domain/log.ts';
import type { Rule } from '../domain/rule.ts';
import { noTimeline } from '../domain/timeline.ts';
import { MemoryStore } from '../store/memory/memory-store.ts';
import { Bus } from './bus.ts';
import { Collection } from './collection.ts';
import { Configuration, rulePlace } from './configuration.ts';
import { Matchers } from './matchers.ts';
import { Scheduler } from './scheduler.ts';

const START = Date.parse('2026-01-15T10:30:00Z');
const MINUTE_MS = 60_000;

const scope = { account: '111111111111', region: 'eu-central-1' };

/** A store in memory that tells of what it keeps, and fails as often as it is told to. */
class WatchedStore extends MemoryStore {
  readonly kept: string[] = [];
  failures = 0;
  #look: () => void = () => undefined;

  override async append(events: readonly OwedEvent[]): Promise<void> {
    if (this.failures > 0) {
      this.failures -= 1;
      this.#look();
      throw new Error('The disk is full.');
    }
    await super.append(events);
    this.kept.push(...events.map(({ event }) => JSON.parse(event.envelope).time.slice(11, 19)));
    this.#look();
  }

  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      await new Promise<void>((resolve) => {
        this.#look = resolve;
      });
    }
  }
}

/** A hand clock that counts who wanted to sleep. */
class CountingClock extends HandClock {
  sleeps = 0;

  override sleepUntil(time: number, signal?: AbortSignal): Promise<void> {
    this.sleeps += 1;
    return super.sleepUntil(time, signal);
  }
}

async function start(t: TestContext) {
  const store = new WatchedStore();
  const clock = new CountingClock(START);
  const errors: string[] = [];
  const log: Log = { info: () => undefined, warn: () => undefined, error: (message) => errors.push(message) };
  const configuration = await Configuration.load(store, { createdAt: START, pageTokenKey: '' });
  const { rules } = configuration;
  const put = (name: string, rule: Partial<Rule> | undefined) =>
    rules.change(rulePlace(scope, 'default', name), (): Rule | undefined =>
      rule === undefined
        ? undefined
        : {
            name,
            busName: 'default',
            scheduledFrom: clock.now(),
            state: 'ENABLED',
            createdBy: scope.account,
            tags: [],
            targets: [{ id: 't', arn: 'http://127.0.0.1:1/' }],
            ...rule,
          },
    );
  const scheduler = (missedAfterMs?: number) => {
    const started = new Scheduler({
      missedAfterMs,
      rules,
      bus: new Bus({
        matchers: new Matchers(rules, log),
        store,
        archives: new Collection('archive', store),
        timeline: noTimeline,
      }),
      clock,
      log,
    });
    t.after(() => started.close());
    return started;
  };
  return { store, clock, errors, put, scheduler };
}

/** Lets everything run that can run without the clock. */
const idle = () => new Promise((resolve) => setImmediate(resolve));

test('ten thousand rules that wait cost one sleep', async (t) => {
  const { store, clock, put, scheduler } = await start(t);
  for (let n = 0; n < 10_000; n++) {
    await put(`r${n}`, { scheduleExpression: `cron(${n % 60} ${n % 24} 1 ${1 + (n % 12)} ? 2030-2040)` });
  }
  await put('soon', { scheduleExpression: 'cron(0 12 * * ? *)' });
  scheduler();
  assert.equal(clock.sleeps, 1);
  assert.equal(clock.nextWake(), Date.parse('2026-01-15T12:00:00Z'));
  clock.advance(30 * MINUTE_MS);
  await idle();
  assert.equal(clock.sleeps, 1);
  clock.advance(60 * MINUTE_MS);
  await store.until(() => store.kept.length > 0);
  await idle();
  assert.deepEqual(store.kept, ['12:00:00']);
  assert.equal(clock.sleeps, 2);
});

test('what the store can not keep is tried again until it is kept, and no tick is lost', async (t) => {
  const { store, clock, errors, put, scheduler } = await start(t);
  scheduler();
  await put('r', { scheduleExpression: 'cron(* * * * ? *)' });
  store.failures = 2;
  clock.advance(MINUTE_MS);
  await store.until(() => store.failures === 1);
  await idle();
  assert.deepEqual(errors, ['Scheduled events could not be kept.']);
  clock.advance(1000);
  await store.until(() => store.failures === 0);
  await idle();
  clock.advance(3 * MINUTE_MS);
  await store.until(() => store.kept.length === 4);
  assert.deepEqual(store.kept, ['10:31:00', '10:32:00', '10:33:00', '10:34:00']);
  assert.equal(errors.length, 2);
});

test('a rule that goes while its event can not be kept does not fire', async (t) => {
  const { store, clock, put, scheduler } = await start(t);
  scheduler();
  for (const name of ['deleted', 'disabled', 'changed', 'kept']) {
    await put(name, { scheduleExpression: 'cron(* * * * ? *)', scheduledFrom: START });
  }
  store.failures = 1;
  clock.advance(MINUTE_MS);
  await store.until(() => store.failures === 0);
  await put('deleted', undefined);
  await put('disabled', { scheduleExpression: 'cron(* * * * ? *)', scheduledFrom: START, state: 'DISABLED' });
  await put('changed', { scheduleExpression: 'cron(0 0 * * ? *)' });
  await put('kept', { scheduleExpression: 'cron(* * * * ? *)', scheduledFrom: START, description: 'new' });
  await idle();
  clock.advance(1000);
  await store.until(() => store.kept.length > 0);
  assert.deepEqual(store.kept, ['10:31:00']);
});

test('closing ends a sleep, a wait for rules, and trying again', async (t) => {
  const { store, clock, put, scheduler } = await start(t);
  await scheduler().close();
  await put('r', { scheduleExpression: 'cron(* * * * ? *)' });
  const sleeping = scheduler();
  await sleeping.close();
  assert.equal(clock.nextWake(), undefined);
  const failing = scheduler();
  store.failures = 1;
  clock.advance(MINUTE_MS);
  await store.until(() => store.failures === 0);
  await failing.close();
  assert.equal(clock.nextWake(), undefined);
  clock.advance(MINUTE_MS);
  await idle();
  assert.deepEqual(store.kept, []);
});

test('a schedule that has run out, or that can not be read, waits for nothing', async (t) => {
  const { store, clock, put, scheduler } = await start(t);
  scheduler();
  await put('over', { scheduleExpression: 'cron(0 0 1 1 ? 2020)' });
  await put('newer', { scheduleExpression: 'moonphase(full)' });
  await put('last', { scheduleExpression: 'cron(31 10 15 1 ? 2026)' });
  clock.advance(MINUTE_MS);
  await store.until(() => store.kept.length > 0);
  await idle();
  assert.equal(clock.nextWake(), undefined);
});

test('what passed while the machine slept is left out, but for the last minute', async (t) => {
  const { store, clock, errors, put, scheduler } = await start(t);
  scheduler(MINUTE_MS);
  await put('often', { scheduleExpression: 'cron(* * * * ? *)' });
  await put('once', { scheduleExpression: 'cron(0 12 15 1 ? 2026)' });
  await put('daily', { scheduleExpression: 'cron(30 14 * * ? *)' });
  clock.advance(MINUTE_MS);
  await store.until(() => store.kept.length === 1);
  await idle();
  clock.moveTo(Date.parse('2026-01-15T14:30:20Z'));
  await store.until(() => store.kept.length >= 3);
  await idle();
  assert.deepEqual(store.kept, ['10:31:00', '14:30:00', '14:30:00']);
  clock.advance(MINUTE_MS);
  await store.until(() => store.kept.length === 4);
  assert.equal(store.kept[3], '14:31:00');
  assert.deepEqual(errors, []);
});

test('a tick that is a little late still fires', async (t) => {
  const { store, clock, put, scheduler } = await start(t);
  scheduler(MINUTE_MS);
  await put('r', { scheduleExpression: 'cron(0 * * * ? *)' });
  clock.moveTo(Date.parse('2026-01-15T11:01:00Z'));
  await store.until(() => store.kept.length > 0);
  assert.deepEqual(store.kept, ['11:00:00']);
});
