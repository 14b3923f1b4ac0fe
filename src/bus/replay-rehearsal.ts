import { setImmediate } from 'node:timers/promises';
import { parseArn, ruleArn } from '../domain/arn.ts';
import type { Clock } from '../domain/clock.ts';
import { eventTime, replayedEvent } from '../domain/event.ts';
import type { Replay } from '../domain/replay.ts';
import type { Store } from '../store/store.ts';
import type { Configuration } from './configuration.ts';
import type { Matchers } from './matchers.ts';
import { ARCHIVE_STEP, archiveOf, expiredBefore } from './replay-source.ts';

export interface RehearsalContext {
  readonly configuration: Configuration;
  readonly store: Store;
  readonly matchers: Matchers;
  readonly clock: Clock;
}

/** What one rule would get of a replay. */
export interface RuleShare {
  readonly arn: string;
  readonly events: number;
  /** Events times the targets that the rule has now. */
  readonly deliveries: number;
}

/** What a replay would do, as everything is configured now. */
export interface Rehearsal {
  /** Events in the window. */
  readonly events: number;
  /** Of them, those that no rule would get. */
  readonly unmatchedEvents: number;
  readonly deliveries: number;
  /** Epoch milliseconds; undefined when there is no event. */
  readonly firstEventTime: number | undefined;
  readonly lastEventTime: number | undefined;
  /** The most events first; a rule that the replay names is there even if it would get none. */
  readonly rules: readonly RuleShare[];
  /** Rules that the replay names and that do not exist on its event bus. */
  readonly missingRules: readonly string[];
}

/** Finds out what a replay would do, and does nothing. It ends early, with what it knows, when `signal` is aborted. */
export async function rehearse(
  replay: Replay,
  context: RehearsalContext,
  signal?: AbortSignal,
): Promise<Rehearsal> {
  const { store, clock } = context;
  const archive = archiveOf(replay, context.configuration);
  const tally = new Tally(replay, context);
  const expired = archive === undefined ? 0 : expiredBefore(archive, clock.now());
  let after: string | undefined;
  while (archive !== undefined && signal?.aborted !== true) {
    const page = await store.readArchive({
      archive: archive.id,
      from: replay.eventStartTime,
      to: replay.eventEndTime,
      after,
      ...ARCHIVE_STEP,
    });
    if (page.length === 0) break;
    for (const { event } of page) if (event.receivedAt >= expired) tally.add(event);
    after = page.at(-1)?.position;
    // A long look into an archive holds up nobody.
    await setImmediate();
  }
  return tally.rehearsal();
}

class Tally {
  readonly #replay: Replay;
  readonly #context: RehearsalContext;
  readonly #rules = new Map<string, { events: number; deliveries: number }>();
  #events = 0;
  #unmatched = 0;
  #firstTime: number | undefined;
  #lastTime: number | undefined;

  constructor(replay: Replay, context: RehearsalContext) {
    this.#replay = replay;
    this.#context = context;
    for (const arn of replay.destination.filterArns ?? []) this.#rules.set(arn, { events: 0, deliveries: 0 });
  }

  add(archived: Parameters<typeof replayedEvent>[0]): void {
    const { name: replayName, destination } = this.#replay;
    const event = replayedEvent(archived, { replayName, receivedAt: archived.receivedAt });
    const rules = this.#context.matchers
      .rulesFor(event)
      .filter(({ arn }) => destination.filterArns === undefined || destination.filterArns.includes(arn));
    for (const { arn, targets } of rules) {
      const share = this.#rules.get(arn) ?? { events: 0, deliveries: 0 };
      share.events += 1;
      share.deliveries += targets.length;
      this.#rules.set(arn, share);
    }
    this.#events += 1;
    if (rules.length === 0) this.#unmatched += 1;
    this.#firstTime ??= eventTime(archived);
    this.#lastTime = eventTime(archived);
  }

  rehearsal(): Rehearsal {
    const rules = [...this.#rules]
      .map(([arn, share]) => ({ arn, ...share }))
      .sort((a, b) => b.events - a.events || (a.arn < b.arn ? -1 : 1));
    return {
      events: this.#events,
      unmatchedEvents: this.#unmatched,
      deliveries: rules.reduce((sum, { deliveries }) => sum + deliveries, 0),
      firstEventTime: this.#firstTime,
      lastEventTime: this.#lastTime,
      rules,
      missingRules: this.#missingRules(),
    };
  }

  #missingRules(): readonly string[] {
    const { arn, filterArns = [] } = this.#replay.destination;
    const { account = '', region = '', resource = '' } = parseArn(arn) ?? {};
    const busName = resource.slice('event-bus/'.length);
    const rules = this.#context.configuration.listRules({ account, region }, busName);
    const present = new Set(rules.map(({ name }) => ruleArn({ account, region }, busName, name)));
    return filterArns.filter((rule) => !present.has(rule));
  }
}
