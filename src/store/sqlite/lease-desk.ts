import type Database from 'better-sqlite3';
import type { LeasedDelivery } from '../../domain/delivery.ts';
import type { BusEvent } from '../../domain/event.ts';
import { Leases } from '../leases.ts';
import { reasonOfDamage } from './damage.ts';
import { type DeliveryKey, deliveryId } from './delivery-id.ts';
import type { EventTable } from './event-table.ts';
import { sqlText } from './sql-text.ts';
import { type StoredText, textOf } from './stored-text.ts';

/** Where a delivery stands in the order in which deliveries fall due. */
export interface Place extends DeliveryKey {
  readonly dueAt: number;
}

/** A delivery that is owed and can't be made: its rows are damaged. */
export interface UnreadableDelivery {
  readonly id: string;
  readonly attempts: number;
  /** What is wrong with them. */
  readonly reason: string;
}

/** What a lease came to. All of it is leased. */
export interface Leased {
  readonly deliveries: readonly LeasedDelivery[];
  readonly unreadable: readonly UnreadableDelivery[];
}

type Reading =
  | { readonly place: Place; readonly delivery: LeasedDelivery }
  | { readonly place: Place; readonly unreadable: UnreadableDelivery };

const START: Place = { dueAt: Number.NEGATIVE_INFINITY, event: 0, slot: 0 };

/**
 * Hands out what is owed, in the order in which it falls due. It remembers how far it came, so that a lease
 * reads what it hands out and little else, however much is leased or owed: every owed delivery up to there
 * is leased. Whatever could put a free one before it (a lease that ends, a due time set to the past) moves
 * it back.
 */
export class LeaseDesk {
  readonly #events: EventTable;
  readonly #duePlaces;
  readonly #readDelivery;
  readonly #leases = new Leases<Place>();
  #reached = START;

  constructor(database: Database.Database, events: EventTable) {
    this.#events = events;
    this.#duePlaces = database.prepare<[number, number, number, number], Place>(sqlText('due-places'));
    this.#readDelivery = database.prepare<
      [number, number],
      { owner: StoredText; targetId: StoredText; attempts: number }
    >(sqlText('read-delivery'));
  }

  /** Leases what is due, at most `max`. One that can't be read holds up no other. */
  lease(request: { readonly max: number; readonly now: number; readonly until: number }): Leased {
    for (const place of this.#leases.end(request.now)) this.expect(place);
    const { places, reached } = this.#findFree(request.max, request.now);
    const found = this.#readAll(places);
    // Only now, when nothing can fail any more: what lies before #reached without a lease is never found.
    for (const { place } of found) {
      this.#leases.add(deliveryId(place), { until: request.until, place });
    }
    this.#reached = reached;
    return {
      deliveries: found.flatMap((reading) => ('delivery' in reading ? [reading.delivery] : [])),
      unreadable: found.flatMap((reading) => ('unreadable' in reading ? [reading.unreadable] : [])),
    };
  }

  /** When the next delivery can be leased: it falls due, or its lease ends. */
  nextDueAt(): number | undefined {
    for (const place of this.#after(this.#reached, Number.POSITIVE_INFINITY)) {
      if (!this.#leases.has(deliveryId(place))) return this.#leases.nextAfter(place.dueAt);
    }
    return this.#leases.nextAfter(undefined);
  }

  /** Ends the leases of deliveries that were settled. */
  release(ids: readonly string[]): void {
    for (const id of ids) this.#leases.delete(id);
  }

  /** A delivery becomes owed at this place. To say so of one that doesn't come after all is harmless. */
  expect({ dueAt, event, slot }: Place): void {
    const justBefore = { dueAt, event, slot: slot - 1 };
    if (isBefore(justBefore, this.#reached)) this.#reached = justBefore;
  }

  #findFree(max: number, now: number): { readonly places: readonly Place[]; readonly reached: Place } {
    const places: Place[] = [];
    let reached = this.#reached;
    if (max <= 0) return { places, reached };
    for (const place of this.#after(reached, now)) {
      reached = place;
      if (this.#leases.has(deliveryId(place))) continue;
      places.push(place);
      if (places.length >= max) break;
    }
    return { places, reached };
  }

  #after(place: Place, dueUpTo: number): Iterable<Place> {
    return this.#duePlaces.iterate(place.dueAt, place.event, place.slot, dueUpTo);
  }

  #readAll(places: readonly Place[]): readonly Reading[] {
    let last: { readonly sequence: number; readonly event: BusEvent } | undefined;
    return places.map((place) => {
      const id = deliveryId(place);
      let attempts = 0;
      try {
        const row = this.#readDelivery.get(place.event, place.slot);
        if (row === undefined) throw new Error(`Delivery ${id} is in the index and not in the table.`);
        attempts = row.attempts;
        // The deliveries of one event mostly follow each other.
        if (last?.sequence !== place.event) {
          last = { sequence: place.event, event: this.#events.read(place.event) };
        }
        const [owner, targetId] = [textOf(row.owner), textOf(row.targetId)];
        return { place, delivery: { id, owner, targetId, attempts, event: last.event } };
      } catch (error) {
        return { place, unreadable: { id, attempts, reason: reasonOfDamage(error) } };
      }
    });
  }
}

function isBefore(a: Place, b: Place): boolean {
  if (a.dueAt !== b.dueAt) return a.dueAt < b.dueAt;
  return a.event < b.event || (a.event === b.event && a.slot < b.slot);
}
