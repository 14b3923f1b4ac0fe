import type { Archive } from '../domain/archive.ts';
import type { OwedDelivery, OwedEvent } from '../domain/delivery.ts';
import type { BusEvent } from '../domain/event.ts';
import type { Timeline } from '../domain/timeline.ts';
import type { Store } from '../store/store.ts';
import type { Collection } from './collection.ts';
import type { MatchedRule, Matchers } from './matchers.ts';

/** An event for the targets of one rule. */
export interface AddressedEvent {
  readonly event: BusEvent;
  readonly rule: MatchedRule;
}

export interface BusOptions {
  readonly matchers: Matchers;
  readonly store: Pick<Store, 'append'>;
  readonly archives: Pick<Collection<Archive>, 'get'>;
  readonly timeline: Timeline;
}

/**
 * The corridor that every event walks: matched, then kept together with what it owes. What happens after is
 * the dispatcher's.
 */
export class Bus {
  readonly #matchers: Matchers;
  readonly #store: Pick<Store, 'append'>;
  readonly #archives: Pick<Collection<Archive>, 'get'>;
  readonly #timeline: Timeline;

  constructor({ matchers, store, archives, timeline }: BusOptions) {
    this.#matchers = matchers;
    this.#store = store;
    this.#archives = archives;
    this.#timeline = timeline;
  }

  /**
   * Takes events in. When it resolves, each event is durable with every delivery that it owes and in every archive
   * that retains it; an event that no rule matches costs no write. Rejects as a whole when the store can't keep them.
   */
  async publish(events: readonly BusEvent[]): Promise<void> {
    await this.#keep(events.map((event) => this.#owed(event, this.#matchers.rulesFor(event))));
  }

  /** Takes in events of a replay, for those rules alone that it is meant for. As `publish` otherwise. */
  async publishAgain(events: readonly BusEvent[], isMeant: (rule: MatchedRule) => boolean): Promise<void> {
    await this.#keep(
      events.map((event) => this.#owed(event, this.#matchers.rulesFor(event).filter(isMeant))),
    );
  }

  /**
   * Takes in events that one rule each sends to its targets, whatever its pattern and those of other rules
   * say. Durable and rejected as `publish` is.
   */
  async publishTo(addressed: readonly AddressedEvent[]): Promise<void> {
    await this.#keep(addressed.map(({ event, rule }) => this.#owed(event, [rule])));
  }

  async #keep(events: readonly OwedEvent[]): Promise<void> {
    const needed = events.filter(
      ({ deliveries, archives }) => deliveries.length > 0 || archives !== undefined,
    );
    if (needed.length === 0) return;
    try {
      await this.#store.append(needed);
    } catch (error) {
      for (const { event } of events) this.#timeline.lost(event, String(error));
      throw error;
    }
  }

  #owed(event: BusEvent, rules: readonly MatchedRule[]): OwedEvent {
    // Told before it is kept: an attempt may begin before the store has answered.
    this.#timeline.received(event, rules);
    const deliveries: OwedDelivery[] = [];
    let archives: string[] | undefined;
    for (const { arn, targets, archive: wanted } of rules) {
      for (const target of targets) deliveries.push({ owner: arn, targetId: target.id });
      // By what it is now: the rule of an archive that was deleted goes a moment later.
      const archive = wanted && this.#archives.get(wanted.place);
      if (archive !== undefined && archive.busName === wanted?.busName) {
        archives ??= [];
        archives.push(archive.id);
      }
    }
    return archives === undefined ? { event, deliveries } : { event, deliveries, archives };
  }
}
