import { latencyFigures } from './load-latency.ts';
import { ManyTargetsLoad } from './load-many-targets.ts';
import { type Figure, rate, type Setup, type Workload } from './workload-contract.ts';
import { bareClientRate } from './workload-deliver.ts';

const OPTIONS = { entryBytes: 1024, entriesPerRequest: 10, connections: 32 };
const COUNTS = [1, 10, 100];
const WARM_UP_REQUESTS = 100;
const PACED_EVENTS = 600;
const PACED_PER_SECOND = 500;
const SATURATED_REQUESTS = 500;
const BARE_CLIENT_EVENTS = 6000;

/** As `deliver`, with the events shared out among more and more targets. */
export const targets: Workload = {
  name: 'targets',
  about: `PutEvents until one of 1, 10 or 100 HTTP targets has each event: ${PACED_PER_SECOND} events/s, then as many as go`,
  async prepare(setup) {
    return {
      async measure() {
        const figures: Figure[] = [];
        for (const count of COUNTS) figures.push(...(await figuresAt(count, setup)));
        return {
          figures,
          baselines: [await bareClientRate(Math.ceil(BARE_CLIENT_EVENTS * setup.scale))],
        };
      },
      close: async () => undefined,
    };
  },
};

async function figuresAt(count: number, setup: Setup): Promise<Figure[]> {
  const scaled = (number: number) => Math.ceil(number * setup.scale);
  const load = await ManyTargetsLoad.start(setup, OPTIONS, { count });
  try {
    await load.saturate(scaled(WARM_UP_REQUESTS));
    const latencies = await load.pace({ events: scaled(PACED_EVENTS), perSecond: PACED_PER_SECOND });
    const { events, seconds } = await load.saturate(scaled(SATURATED_REQUESTS));
    return [
      rate(`delivered to ${count}`, 'events', events, seconds),
      ...latencyFigures(latencies, `put to arrival at ${count}`),
    ];
  } finally {
    await load.close();
  }
}
