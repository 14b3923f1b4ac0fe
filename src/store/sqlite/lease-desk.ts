import type Database from 'better-sqlite3';
import type { LeasedDelivery, OwedDelivery } from '../../domain/delivery.ts';
import type { BusEvent } from '../../domain/event.ts';
import { Leases } from '../leases.ts';
import type { AgedRequest, LeaseRequest } from '../store.ts';
import { Turns } from '../turns.ts';
import { AheadRoom, type FreshPlace, type Place } from './ahead.ts';
import { reasonOfDamage } from './damage.ts';
import { deliveryId } from './delivery-id.ts';
import { DeskQueue, PlaceReader } from './desk-queue.ts';
import type { EventTable } from './event-table.ts';
import type { QueueTable } from './queue-table.ts';
import { sqlText } from './sql-text.ts';

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

/**
 * Hands out what is owed: the queues take turns, each in the order in which its deliveries fall due. What is kept
 * in memory for it grows with the queues and the leases, not with what is owed.
 */
export class LeaseDesk {
  readonly #names: QueueTable;
  readonly #events: EventTable;
  readonly #places: PlaceReader;
  readonly #readDelivery;
  readonly #leases = new Leases<Place>();
  readonly #queues = new Map<number, DeskQueue>();
  readonly #turns = new Turns<Place | FreshPlace, DeskQueue>();
  readonly #room = new AheadRoom();

  constructor(
    database: Database.Database,
    { queues, events }: { readonly queues: QueueTable; readonly events: EventTable },
  ) {
    this.#names = queues;
    this.#events = events;
    this.#places = new PlaceReader(database);
    this.#readDelivery = database.prepare<[number, number], number>(sqlText('read-delivery')).pluck();
    for (const { queue, dueAt } of this.#places.queues()) this.#turns.expect(this.#queue(queue), dueAt);
  }

  /** Leases what is due, at most `max`. One that can't be read holds up no other. */
  lease(request: LeaseRequest): Leased {
    this.#endLeases(request.now);
    try {
      const places = [...this.#turns.take(request)].sort(
        (a, b) => a.dueAt - b.dueAt || a.event - b.event || a.slot - b.slot,
      );
      return this.#hold(this.#readAll(places), request.until);
    } catch (error) {
      // What was taken before it failed is in nobody's hands, and must be found again.
      for (const queue of this.#queues.values()) {
        queue.rewind();
        this.#turns.expect(queue, Number.NEGATIVE_INFINITY);
      }
      throw error;
    }
  }

  /** Leases what waits too long, and answers since when the next of that queue waits. */
  leaseAged(request: AgedRequest): Leased & { readonly oldestFrom: number | undefined } {
    const { max, now, until, receivedBefore } = request;
    this.#endLeases(now);
    const id = this.#names.find(request.queue);
    const queue = id === undefined ? undefined : this.#queue(id);
    const waiting = queue?.longestWaiting(max + 1) ?? [];
    queue?.lookAnew(); // it may be among them
    const aged = waiting.filter(({ waitsFrom }) => waitsFrom < receivedBefore).slice(0, max);
    const leased = this.#hold(this.#readAll(aged), until);
    return { ...leased, oldestFrom: waiting[aged.length]?.waitsFrom };
  }

  /** When the next delivery of a queue that has room can be leased: it falls due, or its lease ends. */
  nextDueAt(hasRoom: (queue: OwedDelivery) => boolean): number | undefined {
    return this.#leases.nextAfter(this.#turns.nextDueAt(hasRoom), ({ queue }) =>
      hasRoom(this.#queue(queue).name),
    );
  }

  /** Ends the leases of deliveries that were settled. */
  release(ids: readonly string[]): void {
    const wereLeased = ids.map((id) => this.#leases.delete(id));
    if (wereLeased.includes(false)) for (const queue of this.#queues.values()) queue.lookAnew();
  }

  /** A delivery becomes owed at this place. To say so of one that doesn't come after all is harmless. */
  expect(place: Place): void {
    const queue = this.#queue(place.queue);
    queue.expect(place);
    this.#turns.expect(queue, place.dueAt);
  }

  /** An event is kept that owes a delivery at this place; in a transaction that is taken back, `distrust` follows. */
  expectFresh(place: FreshPlace): void {
    const queue = this.#queue(place.queue);
    queue.expectFresh(place);
    this.#turns.expect(queue, place.dueAt);
  }

  /** What was expected since the last commit may not come. */
  distrust(): void {
    for (const queue of this.#queues.values()) queue.lookAnew();
  }

  #queue(id: number): DeskQueue {
    let queue = this.#queues.get(id);
    if (queue === undefined) {
      queue = new DeskQueue(id, {
        names: this.#names,
        places: this.#places,
        room: this.#room,
        isLeased: (key) => this.#leases.has(deliveryId(key)),
      });
      this.#queues.set(id, queue);
    }
    return queue;
  }

  #endLeases(now: number): void {
    for (const place of this.#leases.end(now)) this.expect(place);
  }

  #hold(found: readonly Reading[], until: number): Leased {
    for (const reading of found) {
      const { id } = 'delivery' in reading ? reading.delivery : reading.unreadable;
      this.#leases.add(id, { until, place: reading.place });
    }
    return {
      deliveries: found.flatMap((reading) => ('delivery' in reading ? [reading.delivery] : [])),
      unreadable: found.flatMap((reading) => ('unreadable' in reading ? [reading.unreadable] : [])),
    };
  }

  #readAll(places: readonly (Place | FreshPlace)[]): readonly Reading[] {
    let last: { readonly sequence: number; readonly event: BusEvent } | undefined;
    return places.map((place) => {
      const id = deliveryId(place);
      let attempts = 0;
      try {
        if ('fresh' in place) {
          const { owner, targetId } = this.#nameOf(place, id);
          return { place, delivery: { id, owner, targetId, attempts, event: place.fresh } };
        }
        const found = this.#readDelivery.get(place.event, place.slot);
        if (found === undefined) throw new Error(`Delivery ${id} is in the index and not in the table.`);
        attempts = found;
        const { owner, targetId } = this.#nameOf(place, id);
        // The deliveries of one event mostly follow each other.
        if (last?.sequence !== place.event) {
          last = { sequence: place.event, event: this.#events.read(place.event) };
        }
        return { place, delivery: { id, owner, targetId, attempts, event: last.event } };
      } catch (error) {
        return { place, unreadable: { id, attempts, reason: reasonOfDamage(error) } };
      }
    });
  }

  #nameOf({ queue }: Place, deliveryId: string): OwedDelivery {
    const name = this.#names.nameOf(queue);
    if (name === undefined) throw new Error(`Queue ${queue} is gone though delivery ${deliveryId} is in it.`);
    return name;
  }
}
