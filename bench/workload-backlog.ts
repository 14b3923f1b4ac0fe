import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { startBusForEach } from './load-bus.ts';
import { Connections } from './load-connections.ts';
import { NumberedRequests } from './load-numbers.ts';
import { fillBacklog, startBusbar } from './load-processes.ts';
import { tookAll } from './load-requests.ts';
import { startAcceptingTarget, startRefusingTarget } from './load-target.ts';
import { cost, type Figure, type Setup, type Workload } from './workload-contract.ts';

const EVENT_BYTES = 1024;
const BACKLOG = 100_000;
const REQUESTS = 400;
const OPTIONS = { entryBytes: EVENT_BYTES, perRequest: 10, sources: 2 };
const CONNECTIONS = 16;

/** Memory and start of a bus that owes much to a target that is away; ten times as much with `--scale 10`. */
export const backlog: Workload = {
  name: 'backlog',
  about: `${BACKLOG.toLocaleString('en')} deliveries owed to a target that is away: memory, and the start to the first delivery to another one`,
  async prepare(setup) {
    return {
      async measure() {
        const idle = await measureStart(setup, 0);
        const full = await measureStart(setup, Math.ceil(BACKLOG * setup.scale));
        return {
          figures: [resident('resident', full), cost('start to first delivery', 's', full.seconds)],
          baselines: [resident('with nothing owed', idle)],
        };
      },
      close: async () => undefined,
    };
  },
};

interface Started {
  readonly residentBytes: number;
  /** From the start of the process to the first arrival. */
  readonly seconds: number;
}

function resident(name: string, { residentBytes }: Started): Figure {
  return cost(name, 'MB', residentBytes / 1e6);
}

async function measureStart(setup: Setup, owed: number): Promise<Started> {
  const folder = mkdtempSync(join(setup.dataFolder, 'busbar-backlog-'));
  let first: number | undefined;
  let arrivals = 0;
  const alive = await startAcceptingTarget(() => {
    first ??= performance.now();
    arrivals++;
  });
  const dead = await startRefusingTarget();
  try {
    const before = await startBusForEach([alive.url, dead.url], setup, folder);
    await before.stop();
    await fillBacklog(setup, { folder, count: owed, bytes: EVENT_BYTES });

    const start = performance.now();
    const bus = await startBusbar(setup, folder);
    const connections = await Connections.open(bus.url, CONNECTIONS, tookAll);
    const numbered = new NumberedRequests(bus.url, OPTIONS);
    const requests = Math.ceil(REQUESTS * Math.min(1, setup.scale));
    let sent = 0;
    await connections.saturate(() =>
      sent < requests ? numbered.make(sent++ * OPTIONS.perRequest) : undefined,
    );
    // Half of it is for the target that is alive, and ten were owed to it before.
    const expected = 10 + (requests * OPTIONS.perRequest) / OPTIONS.sources;
    while (arrivals < expected) await new Promise((resolve) => setTimeout(resolve, 5));
    const residentBytes = bus.peakResidentBytes() ?? Number.NaN;
    connections.close();
    await bus.stop();
    return { residentBytes, seconds: ((first ?? Number.NaN) - start) / 1000 };
  } finally {
    alive.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
