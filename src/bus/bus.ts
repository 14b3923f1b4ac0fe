import type { OwedDelivery, OwedEvent } from '../domain/delivery.ts';
import type { BusEvent } from '../domain/event.ts';
import type { Store } from '../store/store.ts';
import type { Matchers } from './matchers.ts';

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
    const owed: OwedEvent[] = [];
    for (const event of events) {
      const deliveries: OwedDelivery[] = [];
      for (const rule of this.#matchers.rulesFor(event)) {
        for (const target of rule.targets) deliveries.push({ owner: rule.arn, targetId: target.id });
      }
      if (deliveries.length > 0) owed.push({ event, deliveries });
    }
    if (owed.length > 0) await this.#store.append(owed);
  }
}
