import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeBusRules } from './bus-events.ts';
import { makeEnvelopes } from './load-events.ts';
import { rate, type Workload } from './workload-contract.ts';

const EVENTS = 2000;
const RULES = 100;
const EVENT_BYTES = 1024;
const PASSES = 100;
const WARM_UP_PASSES = 30;

/** Matching alone: no server, no disk. */
export const match: Workload = {
  name: 'match',
  about: `Matcher.rulesFor on envelopes of 1 KB with ${RULES} mixed rules, on-CPU time of one process`,
  async prepare({ tree, scale }) {
    const { Matcher, parsePattern } = await loadMatch(tree);
    const matcher = new Matcher<number>();
    for (const [id, rule] of makeBusRules().slice(0, RULES).entries()) {
      matcher.addRule(id, parsePattern(JSON.stringify(rule)));
    }
    const events = makeEnvelopes(EVENTS, EVENT_BYTES);
    const matchOne = (event: string) => matcher.rulesFor(event).length;
    const parseOne = (event: string) => (JSON.parse(event) === null ? 0 : 1);

    for (let pass = 0; pass < Math.max(1, WARM_UP_PASSES * scale); pass++) {
      if (cpuSeconds(events, matchOne).sum === 0) throw new Error('No rule matched any event.');
      cpuSeconds(events, parseOne);
    }
    return {
      async measure() {
        let matching = 0;
        let parsing = 0;
        const passes = Math.max(1, Math.round(PASSES * scale));
        // Turn and turn about, so that a slow moment of the machine falls on both.
        for (let pass = 0; pass < passes; pass++) {
          matching += cpuSeconds(events, matchOne).seconds;
          parsing += cpuSeconds(events, parseOne).seconds;
        }
        const count = events.length * passes;
        return {
          figures: [rate('rulesFor', 'events', count, matching)],
          baselines: [rate('JSON.parse', 'events', count, parsing)],
        };
      },
      close: async () => undefined,
    };
  },
};

async function loadMatch(tree: string): Promise<typeof import('../src/match/index.ts')> {
  return import(pathToFileURL(join(tree, 'src', 'match', 'index.ts')).href);
}

function cpuSeconds(
  events: readonly string[],
  work: (event: string) => number,
): { readonly seconds: number; readonly sum: number } {
  const before = process.cpuUsage();
  let sum = 0;
  for (const event of events) sum += work(event);
  const { user, system } = process.cpuUsage(before);
  return { seconds: (user + system) / 1e6, sum };
}
