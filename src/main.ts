import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ActionContext } from './actions/action.ts';
import { ArchiveKeeper } from './bus/archive-keeper.ts';
import { ArchiveTransfer } from './bus/archive-transfer.ts';
import { Bus } from './bus/bus.ts';
import { ClockMover } from './bus/clock-mover.ts';
import { Configuration } from './bus/configuration.ts';
import { FailedDeliveries } from './bus/failed-deliveries.ts';
import { Matchers } from './bus/matchers.ts';
import { Redrives } from './bus/redrives.ts';
import { rehearse } from './bus/replay-rehearsal.ts';
import { Replayer } from './bus/replayer.ts';
import { Scheduler } from './bus/scheduler.ts';
import type { Config } from './config.ts';
import { refuseTarget } from './deliver/targets/index.ts';
import { HandClock } from './domain/clock.ts';
import type { Scope } from './domain/scope.ts';
import { noTimeline, type TimelineLog } from './domain/timeline.ts';
import { MemoryTimeline } from './observe/memory-timeline.ts';
import { Metrics } from './observe/metrics.ts';
import { countCalls } from './store/counted-store.ts';
import { StoreFailure } from './store/store.ts';
import { StoreHealth } from './store/store-health.ts';
import { TailReaders } from './wire/admin/tail-readers.ts';
import { HttpServer } from './wire/http-server.ts';
import { accessPolicyOf, credentialsOf } from './wiring/callers.ts';
import { startDelivery } from './wiring/delivery.ts';
import { openSecretBox, openStore, storeKind } from './wiring/open-store.ts';
import { type Surroundings, type World, worldOf } from './wiring/surroundings.ts';

export type { Surroundings } from './wiring/surroundings.ts';

// As late as AWS may fire a rule.
const MISSED_TICKS_MS = 60_000;

/** A bus that runs in this process. */
export interface RunningBus {
  /** Where clients reach it, `http://127.0.0.1:4010`. */
  readonly url: string;
  /**
   * Answers what is under way, lets attempts end, and closes the store; whoever is not done after some seconds
   * (`stopGraceMs`) is cut off. Everything acknowledged is kept (on disk, unless the bus is one in memory); what is
   * owed, attempts that were cut off among it, goes on with the next start.
   */
  close(): Promise<void>;
  /**
   * Resolves should another process take the store over: this one can keep nothing any more. It has said so in the log
   * and closes by itself.
   */
  readonly lost: Promise<void>;
  /** Moves the time, where the clock is one that is moved by hand. */
  readonly clock: ClockMover | undefined;
  /** What became of its events. */
  readonly timeline: TimelineLog;
}

/** Wires the rooms together: config → store → bus → delivery → scheduler → server. */
export async function startBusbar(config: Config, surroundings: Surroundings = {}): Promise<RunningBus> {
  const world = worldOf(config, surroundings);
  const rooms = new Rooms();
  try {
    return await start(config, world, rooms);
  } catch (error) {
    await rooms.close();
    throw error;
  }
}

async function start(config: Config, world: World, rooms: Rooms): Promise<RunningBus> {
  const { clock, machineClock, limits } = world;
  const startedAt = clock.now();

  const opened = rooms.add(await openStore(config));
  // Whoever moves the clock by hand has to know when nothing is under way.
  const { store: counted, underWay: storeCallsUnderWay } =
    clock instanceof HandClock ? countCalls(opened) : { store: opened, underWay: () => 0 };
  const health = new StoreHealth({ store: counted, clock, machineClock, log: world.log });
  const { store } = health;
  const log = health.quieten(world.log);
  const configuration = await Configuration.load(store, {
    createdAt: startedAt,
    pageTokenKey: randomBytes(32).toString('base64'),
  });
  const secrets = openSecretBox(config, configuration);

  const timeline = new MemoryTimeline(clock, {
    ageMs: limits.timelineHours * 3_600_000,
    bytes: limits.timelineBytes,
    records: limits.timelineRecords,
  });
  const metrics = new Metrics(limits.timelineBytes === 0 ? noTimeline : timeline);
  const matchers = new Matchers(configuration.rules, log);
  const bus = new Bus({
    matchers,
    store: { append: (events) => metrics.timeAppend(() => store.append(events), machineClock) },
    archives: configuration.archives,
    timeline: metrics,
  });

  const delivering = {
    config,
    world: { ...world, log },
    configuration,
    store,
    bus,
    secrets,
    timeline: metrics,
  };
  const delivery = rooms.add(startDelivery(delivering));
  const { dispatcher, finder, targetRules } = delivery;
  rooms.add(new ArchiveKeeper({ configuration, store, clock, log }));
  rooms.add(new Replayer({ configuration, store, bus, clock, log }));
  const missedAfterMs = clock instanceof HandClock ? undefined : MISSED_TICKS_MS;
  rooms.add(new Scheduler({ rules: configuration.rules, bus, clock, log, missedAfterMs }));
  const failedDeliveries = new FailedDeliveries(store, metrics);
  const redrives = rooms.add(new Redrives({ failed: failedDeliveries, clock, log, newId: randomUUID }));
  if (clock instanceof HandClock) {
    const attempts = () =>
      new Map(dispatcher.queues.map(({ owner, targetId, underWay }) => [`${owner}\n${targetId}`, underWay]));
    const isQuiet = async (hanging: number) =>
      storeCallsUnderWay() === 0 &&
      dispatcher.underWay === hanging &&
      ((await dispatcher.nextWorkAt()) ?? Number.POSITIVE_INFINITY) > clock.now();
    rooms.mover = new ClockMover({ clock, machineClock, attempts, isQuiet });
  }

  const contextFor = (scope: Scope): ActionContext => ({
    caller: scope,
    scope,
    configuration,
    bus,
    clock,
    limits,
    newEventId: randomUUID,
    newResourceId: randomUUID,
    seal: (secret) => secrets.seal(secret),
    measureArchive: (archiveId) => store.measureArchive(archiveId),
    refuseTarget: (target, account) => refuseTarget(target, account, targetRules),
    refuseEndpoint: (url) => targetRules.egress.refusalOfUrl(new URL(url)),
  });
  const { callersClock } = world;
  const server = await HttpServer.listen({
    host: config.host,
    port: config.port,
    credentials: credentialsOf(config, callersClock, log),
    accessPolicy: accessPolicyOf(config),
    defaults: { account: config.account, region: config.region },
    clock: callersClock,
    limits,
    log,
    newRequestId: randomUUID,
    isStoreFailure: (error) => error instanceof StoreFailure,
    pageTokenKey: Buffer.from(configuration.installation.pageTokenKey, 'base64'),
    contextFor,
    admin: {
      installed: {
        version: version(),
        store: storeKind(config),
        startedAt,
        process: randomBytes(6).toString('hex'),
      },
      configuration,
      contextFor,
      clock,
      clockMover: rooms.mover,
      callersClock,
      limits,
      timeline,
      tailReaders: new TailReaders(limits.tailReaders),
      metricsText: (now) => metrics.text(now),
      storeTrouble: () => health.lookAgain(),
      failedDeliveries,
      redrives,
      findTarget: (owner, targetId) => finder.find(owner, targetId),
      countDeliveries: async (isWanted) => ({
        ...(await store.countDeliveries(isWanted)),
        underWay:
          isWanted === undefined
            ? dispatcher.underWay
            : dispatcher.queues.reduce(
                (sum, { owner, underWay }) => (isWanted(owner) ? sum + underWay : sum),
                0,
              ),
      }),
      pausedQueues: () =>
        dispatcher.queues.flatMap(({ owner, targetId, pause }) =>
          pause === undefined ? [] : [{ owner, targetId, ...pause }],
        ),
      archives: new ArchiveTransfer({ store, clock, newEventId: randomUUID }),
      rehearse: (replay, signal) => rehearse(replay, { configuration, store, matchers, clock }, signal),
    },
  });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= stop();
    return closing;
  };
  const stop = async () => {
    delivery.stopAt(clock.now() + limits.stopGraceMs);
    await server.close();
    await rooms.close();
  };
  const lost = Promise.withResolvers<void>();
  health.whenLost(() => {
    lost.resolve();
    void close();
  });
  return { url: server.url, clock: rooms.mover, timeline, lost: lost.promise, close };
}

/** What runs and has to be let go of: the last first, for each lives off those before it. */
class Rooms {
  readonly #closable: { close(): Promise<void> }[] = [];
  /** Moves the clock of all of them, where it is one that is moved by hand. */
  mover: ClockMover | undefined;

  add<T extends { close(): Promise<void> }>(room: T): T {
    this.#closable.push(room);
    return room;
  }

  async close(): Promise<void> {
    await this.mover?.close();
    // By a clock that stands still, a target that hangs would be waited for without end.
    await (this.mover?.letTimePass(this.#closeAll()) ?? this.#closeAll());
  }

  async #closeAll(): Promise<void> {
    for (const room of this.#closable.splice(0).reverse()) await room.close();
  }
}

/** Of the package that this file belongs to, in its source and in its build. */
function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
