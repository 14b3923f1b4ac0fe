import { performance } from 'node:perf_hooks';
import { Arrivals } from './load-arrivals.ts';
import { startBusFor } from './load-bus.ts';
import { Connections } from './load-connections.ts';
import { NumberedRequests, numberOf } from './load-numbers.ts';
import type { OwnProcess } from './load-processes.ts';
import { tookAll } from './load-requests.ts';
import { type LoadTarget, startAcceptingTarget } from './load-target.ts';
import type { Setup } from './workload-contract.ts';

/** What is put: entries of so many bytes, over so many connections. */
export interface DeliveryLoadOptions {
  readonly entryBytes: number;
  readonly entriesPerRequest: number;
  readonly connections: number;
}

/** A bus, what is put to it, and the target at its other end: put and arrival are told by the same clock. */
export class DeliveryLoad {
  readonly #options: DeliveryLoadOptions;
  readonly #arrivals: Arrivals;
  readonly #target: LoadTarget;
  readonly #bus: OwnProcess;
  readonly #connections: Connections;

  private constructor(
    options: DeliveryLoadOptions,
    parts: { arrivals: Arrivals; target: LoadTarget; bus: OwnProcess; connections: Connections },
  ) {
    this.#options = options;
    this.#arrivals = parts.arrivals;
    this.#target = parts.target;
    this.#bus = parts.bus;
    this.#connections = parts.connections;
  }

  static async start(setup: Setup, options: DeliveryLoadOptions): Promise<DeliveryLoad> {
    const arrivals = new Arrivals();
    const target = await startAcceptingTarget((event) => arrivals.note(numberOf(event)));
    const bus = await startBusFor(target.url, setup);
    const connections = await Connections.open(bus.url, options.connections, tookAll);
    return new DeliveryLoad(options, { arrivals, target, bus, connections });
  }

  /** CPU time that the bus has used up to now; undefined where the system doesn't tell. */
  cpuSeconds(): number | undefined {
    return this.#bus.cpuSeconds();
  }

  /** Puts so many full requests as fast as they are taken; answers the seconds until every event had arrived. */
  async saturate(requests: number): Promise<number> {
    const { entryBytes, entriesPerRequest } = this.#options;
    const numbered = new NumberedRequests(this.#bus.url, { entryBytes, perRequest: entriesPerRequest });
    const expected = this.#arrivals.expect(requests * entriesPerRequest);
    const start = performance.now();
    let sent = 0;
    await this.#connections.saturate(() =>
      sent < requests ? numbered.make(expected.first + sent++ * entriesPerRequest) : undefined,
    );
    await expected.all;
    return (performance.now() - start) / 1000;
  }

  /** Puts events one by one at a fixed rate; answers the milliseconds from the put of each to its arrival. */
  async pace({ events, perSecond }: { events: number; perSecond: number }): Promise<readonly number[]> {
    const { entryBytes } = this.#options;
    const numbered = new NumberedRequests(this.#bus.url, { entryBytes, perRequest: 1 });
    const expected = this.#arrivals.expect(events);
    const sentAt: number[] = [];
    await this.#connections.pace({
      count: events,
      perSecond,
      make(n) {
        sentAt.push(performance.now());
        return numbered.make(expected.first + n);
      },
    });
    const arrivedAt = await expected.all;
    return arrivedAt.map((at, n) => at - (sentAt[n] ?? Number.NaN));
  }

  async close(): Promise<void> {
    this.#connections.close();
    await this.#bus.stop();
    this.#target.close();
  }
}
