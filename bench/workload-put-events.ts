import { startBusFor } from './load-bus.ts';
import { Connections, type Driven, forMilliseconds } from './load-connections.ts';
import { makeEntries } from './load-events.ts';
import { cpuFigures, latencyFigures } from './load-latency.ts';
import { startBareServer } from './load-processes.ts';
import { isOk, putEventsRequests, tookAll } from './load-requests.ts';
import { startSilentTarget } from './load-target.ts';
import { rate, type Workload } from './workload-contract.ts';

const ENTRIES_PER_REQUEST = 10;
const ENTRY_BYTES = 1024;
const CONNECTIONS = 32;
const REQUESTS = 50;
const WARM_UP_MS = 1000;
const MEASURED_MS = 2000;
const BARE_WARM_UP_MS = 300;
const BARE_MEASURED_MS = 700;
const PARSE_PASSES = 60;

/**
 * Taking events in until they are durable. Their target never answers: it keeps the dispatcher waiting, so
 * that every event is stored with the delivery it owes and next to nothing is delivered meanwhile.
 */
export const putEvents: Workload = {
  name: 'put-events',
  about: `PutEvents over HTTP, durable on SQLite: ${ENTRIES_PER_REQUEST} entries of 1 KB a request, ${CONNECTIONS} connections`,
  async prepare(setup) {
    const { scale } = setup;
    const target = await startSilentTarget();
    const bus = await startBusFor(target.url, setup);
    const entries = makeEntries(REQUESTS * ENTRIES_PER_REQUEST, ENTRY_BYTES);
    const requests = putEventsRequests(bus.url, entries, ENTRIES_PER_REQUEST);
    let answerBytes = 0;
    const connections = await Connections.open(bus.url, CONNECTIONS, (answer) => {
      tookAll(answer);
      answerBytes = answer.body.length;
    });
    await connections.saturate(forMilliseconds(WARM_UP_MS * scale, requests));
    const bare = await startBareServer(answerBytes);
    const bareConnections = await Connections.open(bare.url, CONNECTIONS, isOk);
    await bareConnections.saturate(forMilliseconds(BARE_WARM_UP_MS * scale, requests));

    return {
      async measure() {
        const cpuBefore = bus.cpuSeconds() ?? 0;
        const driven = await connections.saturate(forMilliseconds(MEASURED_MS * scale, requests));
        const cpu = bus.cpuSeconds();
        const bareDriven = await bareConnections.saturate(
          forMilliseconds(BARE_MEASURED_MS * scale, requests),
        );
        const count = driven.latencies.length * ENTRIES_PER_REQUEST;
        return {
          figures: [
            entryRate('put', driven),
            ...latencyFigures(driven.latencies),
            ...cpuFigures(cpu === undefined ? undefined : cpu - cpuBefore, count, 'entry'),
          ],
          baselines: [entryRate('bare node:http server', bareDriven), parseRate(requests, scale)],
        };
      },
      async close() {
        connections.close();
        bareConnections.close();
        // The bus waits for its attempts, and they end with the target.
        const stopping = bus.stop();
        target.close();
        await Promise.all([stopping, bare.stop()]);
      },
    };
  },
};

function entryRate(name: string, { latencies, seconds }: Driven) {
  return rate(name, 'entries', latencies.length * ENTRIES_PER_REQUEST, seconds);
}

/** `JSON.parse` of the same bodies, on one CPU. */
function parseRate(requests: readonly Buffer[], scale: number) {
  const bodies = requests.map((request) => request.toString('utf8', request.indexOf('\r\n\r\n') + 4));
  for (const body of bodies) JSON.parse(body);
  const passes = Math.max(1, Math.round(PARSE_PASSES * scale));
  const before = process.cpuUsage();
  for (let pass = 0; pass < passes; pass++) for (const body of bodies) JSON.parse(body);
  const { user, system } = process.cpuUsage(before);
  return rate('JSON.parse', 'entries', passes * bodies.length * ENTRIES_PER_REQUEST, (user + system) / 1e6);
}
