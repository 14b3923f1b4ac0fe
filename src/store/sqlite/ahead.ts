import type { BusEvent } from '../../domain/event.ts';
import type { DeliveryKey } from './delivery-id.ts';

/** Where a delivery stands: in which queue, and in the order in which that queue's deliveries fall due. */
export interface Place extends DeliveryKey {
  readonly queue: number;
  readonly dueAt: number;
}

export type Position = Pick<Place, 'dueAt' | 'event' | 'slot'>;

/** The place of a delivery that was never attempted, with its event as it was given to the store. */
export interface FreshPlace extends Place {
  readonly fresh: BusEvent;
}

// Events that are kept in memory for all queues together; what is owed beyond that is read when its turn comes.
const MOST_DELIVERIES = 10_000;
const MOST_CHARACTERS = 16 * 1_024 * 1_024;

/** How much room is left for the events that queues keep in memory. */
export class AheadRoom {
  #deliveries = 0;
  #characters = 0;

  /** Whether there is room for one more, which is then taken. */
  take({ fresh }: FreshPlace): boolean {
    if (this.#deliveries >= MOST_DELIVERIES || this.#characters >= MOST_CHARACTERS) return false;
    this.#deliveries += 1;
    this.#characters += fresh.envelope.length;
    return true;
  }

  release(place: Place | FreshPlace): void {
    if (!('fresh' in place)) return;
    this.#deliveries -= 1;
    this.#characters -= place.fresh.envelope.length;
  }
}

/** What comes next in a queue, in the order in which it falls due: places that nobody holds, without a gap. */
export class Ahead {
  readonly #room: AheadRoom;
  #places: (Place | FreshPlace)[] = [];

  constructor(room: AheadRoom) {
    this.#room = room;
  }

  get first(): Place | undefined {
    return this.#places[0];
  }

  get last(): Place | undefined {
    return this.#places.at(-1);
  }

  /** Adds what comes behind all others. */
  add(place: Place): void {
    this.#places.push(place);
  }

  /** The same, with its event; answers whether there was room. */
  addFresh(place: FreshPlace): boolean {
    if (!this.#room.take(place)) return false;
    this.#places.push(place);
    return true;
  }

  /** Takes those that are due at `now`, at most `max`. */
  take(max: number, now: number): (Place | FreshPlace)[] {
    let count = 0;
    while (count < max && (this.#places[count]?.dueAt ?? Number.POSITIVE_INFINITY) <= now) count += 1;
    const taken = this.#places.splice(0, count);
    for (const place of taken) this.#room.release(place);
    return taken;
  }

  clear(): void {
    for (const place of this.#places) this.#room.release(place);
    this.#places = [];
  }
}

/** Whether one falls due before another. */
export function isBefore(a: Position, b: Position): boolean {
  if (a.dueAt !== b.dueAt) return a.dueAt < b.dueAt;
  return a.event < b.event || (a.event === b.event && a.slot < b.slot);
}
