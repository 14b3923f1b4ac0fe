import { performance } from 'node:perf_hooks';
import { Connections, forMilliseconds } from './load-connections.ts';
import { DeliveryLoad } from './load-delivery.ts';
import { makeEntries } from './load-events.ts';
import { cpuFigures, latencyFigures } from './load-latency.ts';
import { runBareClient, startBareServer } from './load-processes.ts';
import { isOk, postRequest } from './load-requests.ts';
import { startAcceptingTarget } from './load-target.ts';
import { type Figure, rate, type Workload } from './workload-contract.ts';

const OPTIONS = { entryBytes: 1024, entriesPerRequest: 10, connections: 32 };
const WARM_UP_REQUESTS = 200;
const PACED_EVENTS = 800;
const PACED_PER_SECOND = 500;
const SATURATED_REQUESTS = 800;
const BARE_MS = 600;
const BARE_CLIENT_EVENTS = 6000;

/** From PutEvents to a target that accepts: first at a rate that leaves room, then all that goes. */
export const deliver: Workload = {
  name: 'deliver',
  about: `PutEvents until the HTTP target has each event: ${PACED_PER_SECOND} events/s for the latency, then as many as go`,
  async prepare(setup) {
    const scaled = (count: number) => Math.ceil(count * setup.scale);
    const load = await DeliveryLoad.start(setup, OPTIONS);
    await load.saturate(scaled(WARM_UP_REQUESTS));
    return {
      async measure() {
        const latencies = await load.pace({ events: scaled(PACED_EVENTS), perSecond: PACED_PER_SECOND });
        const requests = scaled(SATURATED_REQUESTS);
        const events = requests * OPTIONS.entriesPerRequest;
        const cpuBefore = load.cpuSeconds() ?? 0;
        const seconds = await load.saturate(requests);
        const cpu = load.cpuSeconds();
        return {
          figures: [
            rate('delivered', 'events', events, seconds),
            ...latencyFigures(latencies, 'put to arrival'),
            ...cpuFigures(cpu === undefined ? undefined : cpu - cpuBefore, events, 'event'),
          ],
          baselines: [
            await bareServerRate(BARE_MS * setup.scale),
            await bareClientRate(scaled(BARE_CLIENT_EVENTS)),
          ],
        };
      },
      close: () => load.close(),
    };
  },
};

/** Events of the same size, one POST each, from the same connections to a server that drops them. */
async function bareServerRate(milliseconds: number): Promise<Figure> {
  const bare = await startBareServer(0);
  const posts = makeEntries(100, OPTIONS.entryBytes).map((entry) =>
    postRequest(bare.url, JSON.stringify(entry)),
  );
  const connections = await Connections.open(bare.url, OPTIONS.connections, isOk);
  try {
    await connections.saturate(forMilliseconds(milliseconds / 2, posts));
    const { latencies, seconds } = await connections.saturate(forMilliseconds(milliseconds, posts));
    return rate('bare node:http server', 'events', latencies.length, seconds);
  } finally {
    connections.close();
    await bare.stop();
  }
}

/** As many POSTs from a bare client to the same kind of target; the first third warms it up. */
export async function bareClientRate(count: number): Promise<Figure> {
  const warmUp = Math.ceil(count / 3);
  let arrived = 0;
  let start = 0;
  let end = 0;
  const target = await startAcceptingTarget(() => {
    arrived++;
    end = performance.now();
    if (arrived === warmUp) start = end;
  });
  try {
    await runBareClient(target.url, { count, bytes: OPTIONS.entryBytes });
    return rate('bare node:http client', 'events', count - warmUp, (end - start) / 1000);
  } finally {
    target.close();
  }
}
