import { performance } from 'node:perf_hooks';
import { Arrivals } from './load-arrivals.ts';
import { startBusForEach } from './load-bus.ts';
import { Connections } from './load-connections.ts';
import type { DeliveryLoadOptions } from './load-delivery.ts';
import { NumberedRequests, numberOf } from './load-numbers.ts';
import type { OwnProcess } from './load-processes.ts';
import { tookAll } from './load-requests.ts';
import { type LoadTarget, startAcceptingTarget } from './load-target.ts';
import type { Setup } from './workload-contract.ts';

/** How a number of events arrived. */
export interface Arrived {
  readonly events: number;
  /** From the first put to the last arrival. */
  readonly seconds: number;
}

/**
 * A bus with several targets, each of which gets every nth event. The last of them may be one that takes nothing;
 * then it is measured what the others get.
 */
export class ManyTargetsLoad {
  readonly #options: DeliveryLoadOptions & { readonly sources: number };
  readonly #hasDead: boolean;
  readonly #arrivals: Arrivals;
  readonly #targets: readonly LoadTarget[];
  readonly #bus: OwnProcess;
  readonly #connections: Connections;

  private constructor(
    options: DeliveryLoadOptions & { readonly sources: number },
    parts: {
      readonly hasDead: boolean;
      readonly arrivals: Arrivals;
      readonly targets: readonly LoadTarget[];
      readonly bus: OwnProcess;
      readonly connections: Connections;
    },
  ) {
    this.#options = options;
    this.#hasDead = parts.hasDead;
    this.#arrivals = parts.arrivals;
    this.#targets = parts.targets;
    this.#bus = parts.bus;
    this.#connections = parts.connections;
  }

  static async start(
    setup: Setup,
    options: DeliveryLoadOptions,
    { count, dead }: { readonly count: number; readonly dead?: LoadTarget | undefined },
  ): Promise<ManyTargetsLoad> {
    const arrivals = new Arrivals();
    const alive = Array.from({ length: dead === undefined ? count : count - 1 }, () =>
      startAcceptingTarget((event) => arrivals.note(numberOf(event))),
    );
    const targets = [...(await Promise.all(alive)), ...(dead === undefined ? [] : [dead])];
    const urls = targets.map(({ url }) => url);
    const bus = await startBusForEach(urls, setup);
    const connections = await Connections.open(bus.url, options.connections, tookAll);
    const parts = { hasDead: dead !== undefined, arrivals, targets, bus, connections };
    return new ManyTargetsLoad({ ...options, sources: count }, parts);
  }

  /**
   * Puts so many full requests as fast as they are taken. With `allButLast` only the events of the other targets
   * are waited for, as they always are where the last one is dead.
   */
  async saturate(requests: number, { allButLast = this.#hasDead } = {}): Promise<Arrived> {
    const { entryBytes, entriesPerRequest, sources } = this.#options;
    const options = { entryBytes, perRequest: entriesPerRequest, sources };
    const numbered = new NumberedRequests(this.#bus.url, options);
    const isExpected = (n: number) => !allButLast || n % sources !== sources - 1;
    const expected = this.#arrivals.expect(requests * entriesPerRequest, isExpected);
    const start = performance.now();
    let sent = 0;
    await this.#connections.saturate(() =>
      sent < requests ? numbered.make(expected.first + sent++ * entriesPerRequest) : undefined,
    );
    const { length } = await expected.all;
    return { events: length, seconds: (performance.now() - start) / 1000 };
  }

  /** Puts events one by one at a fixed rate; answers the milliseconds from the put of each to its arrival. */
  async pace({ events, perSecond }: { events: number; perSecond: number }): Promise<readonly number[]> {
    const { entryBytes, sources } = this.#options;
    const numbered = new NumberedRequests(this.#bus.url, { entryBytes, perRequest: 1, sources });
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
    return (await expected.all).map((at, n) => at - (sentAt[n] ?? Number.NaN));
  }

  async close(): Promise<void> {
    this.#connections.close();
    // The bus waits for its attempts, and those at a target that hangs end with it.
    const stopping = this.#bus.stop();
    for (const target of this.#targets) target.close();
    await stopping;
  }
}
