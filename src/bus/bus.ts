import type { OwedDelivery, OwedEvent } from '../domain/delivery.ts';
import type { BusEvent } from '../domain/event.ts';
import type { Store } from '../store/store.ts';
import type { MatchedRule, Matchers } from './matchers.ts';

/** An event for the targets of one rule. */
export interface AddressedEvent {
  readonly event: BusEvent;
  readonly rule: MatchedRule;
}

/**
 * The corridor that every event walks: matched, then kept together with what it owes. What happens after is
 * the dispatcher's.
 */
export class Bus {
  readonly #matchers: Matchers;
  readonly #store: Store;

  constructor(matchers: Matchers, store: Store) {
    this.#matchers = matchers;
    this.#store = store;
  }

  /**
   * Takes events in. When it resolves, each event and every delivery that it owes is durable; an event that
   * no rule matches costs no write. Rejects as a whole when the store can't keep them.
   */
  async publish(events: readonly BusEvent[]): Promise<void> {
    await this.#keep(events.map((event) => owedTo(event, this.#matchers.rulesFor(event))));
  }

  /**
   * Takes in events that one rule each sends to its targets, whatever its pattern and those of other rules
   * say. Durable and rejected as `publish` is.
   */
  async publishTo(addressed: readonly AddressedEvent[]): Promise<void> {
    await this.#keep(addressed.map(({ event, rule }) => owedTo(event, [rule])));
  }

  async #keep(events: readonly OwedEvent[]): Promise<void> {
    const owed = events.filter(({ deliveries }) => deliveries.length > 0);
    if (owed.length > 0) await this.#store.append(owed);
  }
}

function owedTo(event: BusEvent, rules: readonly MatchedRule[]): OwedEvent {
  const deliveries: OwedDelivery[] = [];
  for (const { arn, targets } of rules) {
    for (const target of targets) deliveries.push({ owner: arn, targetId: target.id });
  }
  return { event, deliveries };
}
