import { performance } from 'node:perf_hooks';
import { startBusFor } from './load-bus.ts';
import { Connections, forMilliseconds } from './load-connections.ts';
import { makeEntries } from './load-events.ts';
import { type OwnProcess, startBusbar } from './load-processes.ts';
import { apiRequest, isOk, putEventsRequests, tookAll } from './load-requests.ts';
import { type LoadTarget, startAcceptingTarget, startSilentTarget } from './load-target.ts';
import { cost, type Figure, rate, type Setup, type Workload } from './workload-contract.ts';

const ENTRIES_PER_REQUEST = 10;
const ENTRY_BYTES = 1024;
const CONNECTIONS = 32;
const REQUESTS = 50;
const WARM_UP_MS = 1000;
const MEASURED_MS = 2000;
const REPLAYED_EVENTS = 8000;

const BUS_ARN = 'arn:aws:events:eu-central-1:111111111111:event-bus/default';
const ARCHIVE_ARN = 'arn:aws:events:eu-central-1:111111111111:archive/bench';

/** What an archive costs PutEvents, and how fast a replay brings its events to a target that accepts. */
export const archive: Workload = {
  name: 'archive',
  about: `PutEvents as in put-events, with an archive that retains every event; a replay of ${REPLAYED_EVENTS} events to an HTTP target`,
  async prepare(setup) {
    const { scale } = setup;
    const silent = await startSilentTarget();
    const archived = await Puts.start(silent.url, setup, { isArchived: true });
    const plain = await Puts.start(silent.url, setup, { isArchived: false });
    const replays = await Replays.start(setup, Math.ceil(REPLAYED_EVENTS * scale));
    return {
      async measure() {
        // There and back, so that a machine that grows slower or faster does so to both.
        for (const puts of [plain, archived, archived, plain]) await puts.drive((MEASURED_MS * scale) / 2);
        const replayed = await replays.measure();
        return {
          figures: [
            ...archived.figures('put, archived', 'server CPU, archived'),
            replayed,
            ...plain.figures('put, not archived', 'server CPU, not archived').slice(1),
          ],
          baselines: plain.figures('put, not archived', '').slice(0, 1),
        };
      },
      async close() {
        const stopping = Promise.all([archived.close(), plain.close(), replays.close()]);
        silent.close();
        await stopping;
      },
    };
  },
};

async function ask(bus: OwnProcess, operation: string, input: object): Promise<void> {
  const requests = [apiRequest(bus.url, operation, input)];
  const connections = await Connections.open(bus.url, 1, isOk);
  await connections.saturate(() => requests.shift());
  connections.close();
}

const createArchive = (bus: OwnProcess) =>
  ask(bus, 'CreateArchive', { ArchiveName: 'bench', EventSourceArn: BUS_ARN });

/** A bus that takes events in, each owed to a target that never answers. */
class Puts {
  readonly #bus: OwnProcess;
  readonly #connections: Connections;
  readonly #requests: readonly Buffer[];
  #entries = 0;
  #seconds = 0;
  #cpuSeconds = 0;

  private constructor(bus: OwnProcess, connections: Connections, requests: readonly Buffer[]) {
    this.#bus = bus;
    this.#connections = connections;
    this.#requests = requests;
  }

  static async start(
    targetUrl: string,
    setup: Setup,
    { isArchived }: { readonly isArchived: boolean },
  ): Promise<Puts> {
    const bus = await startBusFor(targetUrl, setup);
    if (isArchived) await createArchive(bus);
    const entries = makeEntries(REQUESTS * ENTRIES_PER_REQUEST, ENTRY_BYTES);
    const requests = putEventsRequests(bus.url, entries, ENTRIES_PER_REQUEST);
    const connections = await Connections.open(bus.url, CONNECTIONS, tookAll);
    await connections.saturate(forMilliseconds(WARM_UP_MS * setup.scale, requests));
    return new Puts(bus, connections, requests);
  }

  async drive(milliseconds: number): Promise<void> {
    const cpuBefore = this.#bus.cpuSeconds() ?? 0;
    const { latencies, seconds } = await this.#connections.saturate(
      forMilliseconds(milliseconds, this.#requests),
    );
    this.#cpuSeconds += (this.#bus.cpuSeconds() ?? 0) - cpuBefore;
    this.#seconds += seconds;
    this.#entries += latencies.length * ENTRIES_PER_REQUEST;
  }

  /** What was driven up to now. */
  figures(name: string, cpuName: string): readonly Figure[] {
    const put = rate(name, 'entries', this.#entries, this.#seconds);
    if (this.#cpuSeconds === 0) return [put];
    return [put, cost(cpuName, 'µs/entry', (this.#cpuSeconds * 1e6) / this.#entries)];
  }

  async close(): Promise<void> {
    this.#connections.close();
    await this.#bus.stop();
  }
}

/** A bus with an archive, and a target that gets what is replayed and nothing else. */
class Replays {
  readonly #bus: OwnProcess;
  readonly #target: LoadTarget;
  readonly #events: number;
  readonly #arrivals: number[];
  #lastReplay = 0;

  private constructor(bus: OwnProcess, target: LoadTarget, events: number, arrivals: number[]) {
    this.#bus = bus;
    this.#target = target;
    this.#events = events;
    this.#arrivals = arrivals;
  }

  static async start(setup: Setup, events: number): Promise<Replays> {
    const arrivals: number[] = [];
    const target = await startAcceptingTarget(() => arrivals.push(performance.now()));
    const bus = await startBusbar(setup);
    await createArchive(bus);
    const entries = makeEntries(REQUESTS * ENTRIES_PER_REQUEST, ENTRY_BYTES);
    const requests = putEventsRequests(bus.url, entries, ENTRIES_PER_REQUEST);
    const connections = await Connections.open(bus.url, CONNECTIONS, tookAll);
    let sent = 0;
    await connections.saturate(() => {
      sent += ENTRIES_PER_REQUEST;
      return sent <= events ? requests[sent % requests.length] : undefined;
    });
    connections.close();
    await ask(bus, 'PutRule', { Name: 'replayed', EventPattern: '{"replay-name":[{"exists":true}]}' });
    await ask(bus, 'PutTargets', { Rule: 'replayed', Targets: [{ Id: 'target', Arn: target.url }] });
    const replays = new Replays(
      bus,
      target,
      Math.floor(events / ENTRIES_PER_REQUEST) * ENTRIES_PER_REQUEST,
      arrivals,
    );
    return replays;
  }

  /** From the first arrival to the last: a replay takes a second to start. */
  async measure(): Promise<Figure> {
    this.#arrivals.length = 0;
    this.#lastReplay += 1;
    await ask(this.#bus, 'StartReplay', {
      ReplayName: `replay-${this.#lastReplay}`,
      EventSourceArn: ARCHIVE_ARN,
      EventStartTime: 0,
      EventEndTime: 4_000_000_000,
      Destination: { Arn: BUS_ARN },
    });
    while (this.#arrivals.length < this.#events) await new Promise((resolve) => setTimeout(resolve, 5));
    const [first = 0, last = 0] = [this.#arrivals[0], this.#arrivals.at(-1)];
    return rate('replayed', 'events', this.#events - 1, (last - first) / 1000);
  }

  async close(): Promise<void> {
    await this.#bus.stop();
    this.#target.close();
  }
}
