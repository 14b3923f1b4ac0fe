import type { Target } from '../api-model/types.generated.ts';
import { archiveOfRule, isArchiveService } from '../domain/archive.ts';
import { eventBusArn, ruleArn } from '../domain/arn.ts';
import type { BusEvent } from '../domain/event.ts';
import type { Log } from '../domain/log.ts';
import type { Rule } from '../domain/rule.ts';
import { Matcher, parsePattern } from '../match/index.ts';
import type { Collection, Place } from './collection.ts';
import { archivePlace, busOfRule } from './configuration.ts';

/** What a publisher needs of a rule that matched. */
export interface MatchedRule {
  readonly arn: string;
  readonly targets: readonly Target[];
  /** The archive that the rule works for: where it is kept, and its event bus. */
  readonly archive?: { readonly place: Place; readonly busName: string } | undefined;
}

interface BusMatcher {
  readonly matcher: Matcher<string>;
  readonly rules: Map<string, MatchedRule & { readonly eventPattern: string }>;
}

/**
 * One matcher for each event bus, following the rules as they change. Rules that are disabled, or have no
 * pattern, are not in it.
 */
export class Matchers {
  readonly #byBusArn = new Map<string, BusMatcher>();
  readonly #log: Log;

  constructor(rules: Collection<Rule>, log: Log) {
    this.#log = log;
    rules.watch((place, rule) => this.#follow(place, rule));
  }

  /**
   * The enabled rules of the event's bus whose pattern matches it. Throws InvalidEventError when the
   * envelope is no JSON.
   */
  rulesFor(event: BusEvent): readonly MatchedRule[] {
    const bus = this.#byBusArn.get(event.busArn);
    if (bus === undefined) return [];
    const matched: MatchedRule[] = [];
    for (const name of bus.matcher.rulesFor(event.envelope)) {
      const rule = bus.rules.get(name);
      if (rule !== undefined) matched.push(rule);
    }
    return matched;
  }

  #follow(place: Place, rule: Rule | undefined): void {
    const { name } = place;
    const { scope, busName } = busOfRule(place);
    const busArn = eventBusArn(scope, busName);
    let bus = this.#byBusArn.get(busArn);
    const eventPattern = rule === undefined || rule.state === 'DISABLED' ? '' : (rule.eventPattern ?? '');
    const known = bus?.rules.get(name);

    // A change of targets or description is the common one: it leaves the compiled pattern alone.
    if (known !== undefined && known.eventPattern !== eventPattern) {
      bus?.matcher.removeRule(name);
      bus?.rules.delete(name);
    }
    if (rule !== undefined && eventPattern !== '') {
      if (bus === undefined) {
        bus = { matcher: new Matcher(), rules: new Map() };
        this.#byBusArn.set(busArn, bus);
      }
      const arn = ruleArn(scope, busName, name);
      if (known?.eventPattern !== eventPattern && !this.#addRule(bus, { name, arn, eventPattern })) return;
      // Archives take events off the log, not by delivery: to the target of an archive's rule nothing is owed.
      const targets = rule.targets.filter((target) => !isArchiveService(target.arn));
      const archiveName = archiveOfRule(rule);
      const archive =
        archiveName === undefined ? undefined : { place: archivePlace(scope, archiveName), busName };
      bus.rules.set(name, { arn, targets, archive, eventPattern });
    }
    if (bus?.rules.size === 0) this.#byBusArn.delete(busArn);
  }

  /** A pattern that was kept and can't be read any more takes its own rule out, and nobody else's. */
  #addRule(
    bus: BusMatcher,
    {
      name,
      arn,
      eventPattern,
    }: { readonly name: string; readonly arn: string; readonly eventPattern: string },
  ): boolean {
    try {
      bus.matcher.addRule(name, parsePattern(eventPattern));
      return true;
    } catch (error) {
      this.#log.error('A rule matches nothing: its event pattern can not be read.', {
        arn,
        error: String(error),
      });
      return false;
    }
  }
}
