import { ManyTargetsLoad } from './load-many-targets.ts';
import { type LoadTarget, startRefusingTarget, startSilentTarget } from './load-target.ts';
import { rate, type Workload } from './workload-contract.ts';

const OPTIONS = { entryBytes: 1024, entriesPerRequest: 10, connections: 32 };
const COUNT = 10;
const WARM_UP_REQUESTS = 100;
const SATURATED_REQUESTS = 800;

/** What nine targets get while a tenth refuses every connection. */
export const oneRefuses = oneDead('one-refuses', 'refuses every connection', startRefusingTarget);

/** What nine targets get while a tenth takes connections and never answers. */
export const oneHangs = oneDead('one-hangs', 'never answers', startSilentTarget);

function oneDead(name: string, does: string, startDead: () => Promise<LoadTarget>): Workload {
  return {
    name,
    about: `What ${COUNT - 1} targets get while a tenth, to which as much is owed, ${does}`,
    async prepare(setup) {
      const scaled = (number: number) => Math.ceil(number * setup.scale);
      const dead = await startDead();
      const withDead = await ManyTargetsLoad.start(setup, OPTIONS, { count: COUNT, dead });
      const allAlive = await ManyTargetsLoad.start(setup, OPTIONS, { count: COUNT });
      await allAlive.saturate(scaled(WARM_UP_REQUESTS));
      await withDead.saturate(scaled(WARM_UP_REQUESTS));
      const measured = async (load: ManyTargetsLoad, figure: string) => {
        const { events, seconds } = await load.saturate(scaled(SATURATED_REQUESTS), { allButLast: true });
        return rate(figure, 'events', events, seconds);
      };
      return {
        async measure() {
          const baseline = await measured(allAlive, 'all alive');
          return { figures: [await measured(withDead, 'one dead')], baselines: [baseline] };
        },
        async close() {
          await withDead.close();
          await allAlive.close();
        },
      };
    },
  };
}
