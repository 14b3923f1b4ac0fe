import type { Collection, Place } from '../../bus/collection.ts';
import { type Configuration, scopeOf } from '../../bus/configuration.ts';
import { DEFAULT_BUS } from '../../domain/event-bus.ts';
import type { Scope } from '../../domain/scope.ts';
import { type AdminRoute, json } from './admin-route.ts';
import { isoTime } from './event-story.ts';
import { maySee } from './visible-scope.ts';

/** What this Busbar is, what is configured on it, and what it owes. */
export const status: AdminRoute = {
  method: 'GET',
  path: '/_busbar/status',
  action: 'GetStatus',
  async answer(request, context) {
    const { scope, seesAllAccounts } = request;
    const { installed, configuration, clock, limits, timeline, countDeliveries, pausedQueues } = context;
    const { records, bytes, from } = timeline.extent();
    return json({
      version: installed.version,
      store: installed.store,
      startedAt: isoTime(installed.startedAt),
      now: isoTime(clock.now()),
      account: scope.account,
      region: scope.region,
      scopes: scopesOf(configuration, seesAllAccounts ? undefined : scope.account),
      deliveries: await countDeliveries(seesAllAccounts ? undefined : (owner) => maySee(owner, request)),
      pausedQueues: pausedQueues()
        .filter(({ owner }) => maySee(owner, request))
        .map(({ owner, targetId, until, failures, error }) => ({
          ruleArn: owner,
          targetId,
          pausedUntil: isoTime(until),
          failures,
          error,
        })),
      tailReaders: context.tailReaders.now,
      timeline: {
        records,
        bytes,
        from: from === undefined ? undefined : isoTime(from),
        keptForHours: limits.timelineHours,
      },
    });
  },
};

interface ScopeCounts extends Scope {
  eventBuses: number;
  rules: number;
  disabledRules: number;
  targets: number;
  archives: number;
}

/** Every account and region in which something is configured, with how much of it. */
function scopesOf(configuration: Configuration, account: string | undefined): readonly ScopeCounts[] {
  const byKey = new Map<string, ScopeCounts>();
  const countsOf = (place: Place): ScopeCounts | undefined => {
    const scope = scopeOf(place);
    if (account !== undefined && scope.account !== account) return undefined;
    const key = `${scope.account}:${scope.region}`;
    let counts = byKey.get(key);
    if (counts === undefined) {
      // The default bus is there without having been created.
      counts = { ...scope, eventBuses: 1, rules: 0, disabledRules: 0, targets: 0, archives: 0 };
      byKey.set(key, counts);
    }
    return counts;
  };
  const each = <T>(collection: Collection<T>, add: (counts: ScopeCounts, value: T, name: string) => void) => {
    for (const [place, value] of collection.all()) {
      const counts = countsOf(place);
      if (counts !== undefined) add(counts, value, place.name);
    }
  };
  each(configuration.eventBuses, (counts, _, name) => {
    if (name !== DEFAULT_BUS) counts.eventBuses++;
  });
  each(configuration.rules, (counts, rule) => {
    counts.rules++;
    if (rule.state === 'DISABLED') counts.disabledRules++;
    counts.targets += rule.targets.length;
  });
  each(configuration.archives, (counts) => {
    counts.archives++;
  });
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, counts]) => counts);
}
