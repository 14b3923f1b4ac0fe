import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ActionContext } from './actions/action.ts';
import { ArchiveKeeper } from './bus/archive-keeper.ts';
import { ArchiveTransfer } from './bus/archive-transfer.ts';
import { Bus } from './bus/bus.ts';
import { ClockMover } from './bus/clock-mover.ts';
import { Configuration } from './bus/configuration.ts';
import { findApiDestination, settleAuthorization, watchConnections } from './bus/connection-states.ts';
import { FailedDeliveries } from './bus/failed-deliveries.ts';
import { Matchers } from './bus/matchers.ts';
import { Redrives } from './bus/redrives.ts';
import { rehearse } from './bus/replay-rehearsal.ts';
import { Replayer } from './bus/replayer.ts';
import { Scheduler } from './bus/scheduler.ts';
import { keyOfFolder, SecretBox } from './bus/secret-box.ts';
import { sendOn } from './bus/send-on.ts';
import { TargetFinder } from './bus/target-finder.ts';
import type { Config } from './config.ts';
import { authorizeConnections } from './deliver/connection-authorizer.ts';
import { ConnectionCredentials } from './deliver/connection-credentials.ts';
import { Dispatcher } from './deliver/dispatcher.ts';
import { createEgress } from './deliver/egress.ts';
import { OAuthTokens } from './deliver/oauth-tokens.ts';
import { refuseTarget, type TargetRules, Targets } from './deliver/targets/index.ts';
import type { Interceptor } from './deliver/targets/interceptor.ts';
import { type Clock, HandClock, SystemClock } from './domain/clock.ts';
import { type AuthorizationVerdict, type SealedText, secretOf } from './domain/connection.ts';
import { defaultLimits, type Limits } from './domain/limits.ts';
import type { Log } from './domain/log.ts';
import { parsePolicy } from './domain/policy/parse-policy.ts';
import type { Scope } from './domain/scope.ts';
import type { TimelineLog } from './domain/timeline.ts';
import { noTimeline } from './domain/timeline.ts';
import { MemoryTimeline } from './observe/memory-timeline.ts';
import { Metrics } from './observe/metrics.ts';
import { StreamLog } from './observe/stream-log.ts';
import { countCalls } from './store/counted-store.ts';
import { parseStoreUrl } from './store/jetstream/store-url.ts';
import { MemoryStore } from './store/memory/memory-store.ts';
import type { Store } from './store/store.ts';
import { AccessPolicy } from './wire/access-policy.ts';
import { TailReaders } from './wire/admin/tail-readers.ts';
import { HttpServer } from './wire/http-server.ts';
import { CredentialFile, CredentialList, type CredentialSource } from './wire/signature/credentials.ts';

// As late as AWS may fire a rule.
const MISSED_TICKS_MS = 60_000;

/** A bus that runs in this process. */
export interface RunningBus {
  /** Where clients reach it, `http://127.0.0.1:4010`. */
  readonly url: string;
  /**
   * Answers what is under way, lets attempts end, and closes the store. Everything acknowledged is kept
   * (on disk, unless the bus is one in memory); what is owed goes on with the next start.
   */
  close(): Promise<void>;
  /** Moves the time, where the clock is one that is moved by hand. */
  readonly clock: ClockMover | undefined;
  /** What became of its events. */
  readonly timeline: TimelineLog;
}

/** What a test may hand in instead of the machine's own. */
export interface Surroundings {
  readonly clock?: Clock;
  readonly limits?: Partial<Limits>;
  readonly log?: Log;
  /** A number from 0 up to 1. */
  readonly random?: () => number;
  /** Stands before every target. */
  readonly interceptor?: Interceptor;
}

/** Wires the rooms together: config → store → bus → dispatcher → scheduler → server. */
export async function startBusbar(config: Config, surroundings: Surroundings = {}): Promise<RunningBus> {
  const machineClock = new SystemClock();
  const { handClock } = config;
  const { clock = handClock === undefined ? machineClock : new HandClock(handClock), random = Math.random } =
    surroundings;
  // Callers sign with the time of their own machines, and wait by it.
  const callersClock = handClock === undefined ? clock : machineClock;
  const { log = new StreamLog(process.stderr, clock, config.log) } = surroundings;
  const limits = { ...defaultLimits, ...config.quotas, ...config.watching, ...surroundings.limits };

  const startedAt = clock.now();
  const { store, underWay: storeCallsUnderWay } = countCalls(await openStore(config));
  const configuration = await Configuration.load(store, {
    createdAt: clock.now(),
    pageTokenKey: randomBytes(32).toString('base64'),
  });
  const secrets = await openSecretBox(config, configuration, store);
  const matchers = new Matchers(configuration.rules, log);
  const timeline = new MemoryTimeline(clock, {
    ageMs: limits.timelineHours * 3_600_000,
    bytes: limits.timelineBytes,
    records: limits.timelineRecords,
  });
  const metrics = new Metrics(limits.timelineBytes === 0 ? noTimeline : timeline);
  const bus = new Bus({
    matchers,
    store: { append: (events) => timed(() => store.append(events), metrics, machineClock) },
    archives: configuration.archives,
    timeline: metrics,
  });
  const finder = new TargetFinder(configuration.rules);

  const targetRules: TargetRules = {
    egress: createEgress(config.privateTargets),
    fileFolders: config.fileTargets,
    commands: config.execTargets,
    reservedSubjects: config.store === undefined ? [] : [`${parseStoreUrl(config.store).name}.`],
    isInstalled,
  };
  const authorizing = {
    log,
    egress: targetRules.egress,
    open: (sealed: SealedText) => secrets.open(sealed),
    report: (verdict: AuthorizationVerdict) =>
      settleAuthorization(verdict, { configuration, now: clock.now() }),
  };
  const tokens = new OAuthTokens({ ...authorizing, clock, timeoutMs: limits.invocationTimeoutMs });
  authorizeConnections((listener) => watchConnections(configuration, listener), tokens);

  const targets = new Targets({
    endpointOf: config.endpointOf,
    hasCredentials: config.hasCredentials,
    clock,
    log,
    ...targetRules,
    findApiDestination: (arn) => findApiDestination(arn, configuration),
    credentials: new ConnectionCredentials({ ...authorizing, tokens }),
    interceptor: surroundings.interceptor,
    sendOn: ({ event, owner, targetId }, { arn, roleArn }) =>
      sendOn({ event, owner, targetId, busArn: arn, roleArn }, { configuration, bus, clock }),
  });
  const dispatcher = new Dispatcher({
    store,
    clock,
    log,
    timeline: metrics,
    limits,
    random,
    targets,
    findTarget: (owner, targetId) => finder.find(owner, targetId),
  });
  const failedDeliveries = new FailedDeliveries(store, metrics);
  const redrives = new Redrives({ failed: failedDeliveries, clock, log, newId: randomUUID });
  const scheduler = new Scheduler({
    rules: configuration.rules,
    bus,
    clock,
    log,
    missedAfterMs: clock instanceof HandClock ? undefined : MISSED_TICKS_MS,
  });
  const replayer = new Replayer({ configuration, store, bus, clock, log });
  const archiveKeeper = new ArchiveKeeper({ configuration, store, clock, log });

  const mover =
    clock instanceof HandClock
      ? new ClockMover({
          clock,
          machineClock,
          isQuiet: async () =>
            storeCallsUnderWay() === 0 &&
            dispatcher.underWay === 0 &&
            ((await dispatcher.nextWorkAt()) ?? Number.POSITIVE_INFINITY) > clock.now(),
        })
      : undefined;

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

  const closeRooms = async () => {
    await redrives.close();
    await scheduler.close();
    await replayer.close();
    await archiveKeeper.close();
    await dispatcher.close();
    await tokens.close();
    targets.close();
    await store.close();
  };
  const close = async () => {
    await mover?.close();
    // By a clock that stands still, a target that hangs would be waited for without end.
    await (mover === undefined ? closeRooms() : mover.letTimePass(closeRooms()));
  };

  try {
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
      pageTokenKey: Buffer.from(configuration.installation.pageTokenKey, 'base64'),
      contextFor,
      admin: {
        installed: {
          version: version(),
          store: storeKind(config),
          startedAt,
          process: randomBytes(6).toString('hex'),
        },
        tailReaders: new TailReaders(limits.tailReaders),
        failedDeliveries,
        redrives,
        findTarget: (owner, targetId) => finder.find(owner, targetId),
        metricsText: (deliveries) => metrics.text(deliveries),
        callersClock,
        configuration,
        timeline,
        clock,
        clockMover: mover,
        limits,
        countDeliveries: async () => ({
          ...(await store.countDeliveries()),
          underWay: dispatcher.underWay,
        }),
        pausedQueues: () =>
          dispatcher.queues.flatMap(({ owner, targetId, pause }) =>
            pause === undefined ? [] : [{ owner, targetId, ...pause }],
          ),
        contextFor,
        archives: new ArchiveTransfer({ store, clock, newEventId: randomUUID }),
        rehearse: (replay, signal) => rehearse(replay, { configuration, store, matchers, clock }, signal),
      },
    });
    return {
      url: server.url,
      clock: mover,
      timeline,
      async close() {
        await server.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function storeKind({ store, data }: Config): 'memory' | 'sqlite' | 'jetstream' {
  if (store !== undefined) return 'jetstream';
  return data === undefined ? 'memory' : 'sqlite';
}

async function openStore({ store, data }: Config): Promise<Store> {
  // Loaded only when used: a bus in memory needs no database driver, and few have the clients of NATS.
  if (store !== undefined) {
    const { openJetStreamStore } = await import('./store/jetstream/index.ts');
    return openJetStreamStore(store);
  }
  if (data === undefined) return new MemoryStore();
  const { openSqliteStore } = await import('./store/sqlite/sqlite-store.ts');
  return openSqliteStore(data);
}

/** Secrets that can't be opened are found out now rather than with the first delivery that needs them. */
async function openSecretBox(config: Config, configuration: Configuration, store: Store): Promise<SecretBox> {
  try {
    const ownKey = () => (config.data === undefined ? randomBytes(32) : keyOfFolder(config.data));
    const secrets = new SecretBox(config.secretKey ?? ownKey());
    for (const [, { authorization }] of configuration.connections.all()) {
      if (authorization !== undefined) secrets.open(secretOf(authorization));
    }
    return secrets;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Tells the metrics how long the store took. */
async function timed(append: () => Promise<void>, metrics: Metrics, clock: Clock): Promise<void> {
  const begun = clock.now();
  await append();
  metrics.appended(clock.now() - begun);
}

/** Of the package that this file belongs to, in its source and in its build. */
function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

function isInstalled(packageName: string): boolean {
  try {
    import.meta.resolve(packageName);
    return true;
  } catch {
    return false;
  }
}

function credentialsOf(
  { credentials, accessKeys }: Config,
  clock: Clock,
  log: Log,
): CredentialSource | undefined {
  if (credentials !== undefined) return new CredentialFile(credentials, clock, log);
  return accessKeys === undefined ? undefined : new CredentialList(accessKeys);
}

function accessPolicyOf({ accessPolicy: path }: Config): AccessPolicy | undefined {
  if (path === undefined) return undefined;
  try {
    return new AccessPolicy(parsePolicy(readFileSync(path, 'utf8')));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The access policy ${path} can't be used: ${reason}`, { cause: error });
  }
}
