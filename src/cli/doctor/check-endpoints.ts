import { type Place, placeOf, probe } from './endpoint-probe.ts';
import type { Finding } from './finding.ts';
import { type Inventory, isAtWork } from './inventory.ts';
import { type Mending, ruleText } from './mending.ts';
import { inTurn } from './read-inventory.ts';

/** Who needs a place. */
interface Need {
  readonly place: Place;
  readonly address: string;
  readonly resource: string;
  readonly user: string;
  readonly mend: string;
}

const AT_ONCE = 16;
const EACH_MS = 3000;

/**
 * Connects to the endpoints of targets and API destinations, each for a few seconds at most and all of them until
 * `deadlineMs` have passed. `notReached` counts those that there was no time for.
 */
export async function checkEndpoints(
  inventory: Inventory,
  {
    mending,
    deadlineMs,
    onProgress,
  }: {
    readonly mending: Mending;
    readonly deadlineMs: number;
    readonly onProgress: (done: number, of: number) => void;
  },
): Promise<{ readonly findings: readonly Finding[]; readonly notReached: number }> {
  const byPlace = Map.groupBy(
    needsOf(inventory, mending),
    ({ place }) => `${place.host} ${place.port} ${place.isEncrypted}`,
  );
  const ends = Date.now() + deadlineMs;
  let done = 0;
  let notReached = 0;
  const perPlace = await inTurn(
    [...byPlace.values()],
    async (needs): Promise<readonly Finding[]> => {
      const left = ends - Date.now();
      const [first] = needs;
      if (first === undefined) return [];
      if (left <= 0) {
        notReached += 1;
        return [];
      }
      const why = await probe(first.place, Math.min(EACH_MS, left));
      done += 1;
      onProgress(done, byPlace.size);
      return why === undefined ? [] : needs.map((need) => unreachable(need, why));
    },
    AT_ONCE,
  );
  return { findings: perPlace.flat(), notReached };
}

function needsOf({ rules, apiDestinations }: Inventory, mending: Mending): readonly Need[] {
  const ofTargets = rules.filter(isAtWork).flatMap((rule) =>
    rule.targets.map((target) => ({
      address: target.Arn,
      resource: rule.Arn,
      user: `target ${target.Id} of the ${ruleText(rule)}`,
      mend: mending.rule(
        'put-targets',
        rule,
        { targets: JSON.stringify([{ ...target, Arn: 'URL' }]) },
        'rule',
      ),
    })),
  );
  const ofDestinations = apiDestinations.map(({ Name, ApiDestinationArn, InvocationEndpoint }) => ({
    address: InvocationEndpoint,
    resource: ApiDestinationArn,
    user: `API destination ${Name}`,
    mend: mending.events('update-api-destination', { name: Name, 'invocation-endpoint': 'URL' }),
  }));
  return [...ofTargets, ...ofDestinations].flatMap((need) => {
    const place = placeOf(need.address);
    return place === undefined ? [] : [{ ...need, place }];
  });
}

function unreachable({ address, resource, user, mend }: Need, why: string): Finding {
  return {
    severity: 'error',
    check: 'unreachable-endpoint',
    resource,
    what: `The ${user} can't be reached: ${address}`,
    why: `Seen from this machine, ${why}. Start what should be there, or change the address.`,
    mend,
  };
}
