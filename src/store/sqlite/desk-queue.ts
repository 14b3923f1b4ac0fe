import type Database from 'better-sqlite3';
import type { OwedDelivery } from '../../domain/delivery.ts';
import type { Queue } from '../turns.ts';
import type { DeliveryKey } from './delivery-id.ts';
import type { QueueTable } from './queue-table.ts';
import { sqlText } from './sql-text.ts';

/** Where a delivery stands: in which queue, and in the order in which that queue's deliveries fall due. */
export interface Place extends DeliveryKey {
  readonly queue: number;
  readonly dueAt: number;
}

/** A place, and since when its delivery waits. */
export interface AgedPlace extends Place {
  readonly waitsFrom: number;
}

type Position = Pick<Place, 'dueAt' | 'event' | 'slot'>;

const NAMELESS: OwedDelivery = { owner: '', targetId: '' };

const START: Position = { dueAt: Number.NEGATIVE_INFINITY, event: 0, slot: 0 };

/** The statements that find what a queue holds. */
export class PlaceReader {
  readonly #due;
  readonly #fresh;
  readonly #retried;
  readonly #nextQueue;

  constructor(database: Database.Database) {
    this.#due = database.prepare<[number, number, number, number], Place>(sqlText('due-places'));
    this.#fresh = database.prepare<[number, number], AgedPlace>(sqlText('fresh-places'));
    this.#retried = database.prepare<[number], AgedPlace>(sqlText('retried-places'));
    this.#nextQueue = database.prepare<[number], Pick<Place, 'queue' | 'dueAt'>>(sqlText('next-queue'));
  }

  /** What falls due after a position, in that order. */
  dueAfter(queue: number, { dueAt, event, slot }: Position): Iterable<Place> {
    return this.#due.iterate(queue, dueAt, event, slot);
  }

  /** What was not attempted yet and waits since that time or longer, the longest first. */
  fresh(queue: number, waitsSince: number): Iterable<AgedPlace> {
    return this.#fresh.iterate(queue, waitsSince);
  }

  /** What was attempted before, the longest waiting first. */
  retried(queue: number): Iterable<AgedPlace> {
    return this.#retried.iterate(queue);
  }

  /** Each queue that is owed something, and when the first of it falls due: one step of the index for each. */
  *queues(): Iterable<Pick<Place, 'queue' | 'dueAt'>> {
    for (let next = this.#nextQueue.get(0); next !== undefined; next = this.#nextQueue.get(next.queue)) {
      yield next;
    }
  }
}

/**
 * What one target is owed and nobody holds. It remembers how far it came, so that taking reads what it takes and
 * little else, however much is leased or owed: everything up to there is leased. Whatever could put a free one
 * before it (a lease that ends, a due time set to the past) moves it back.
 */
export class DeskQueue implements Queue<Place> {
  readonly id: number;
  readonly #names: QueueTable;
  readonly #reader: PlaceReader;
  readonly #isLeased: (key: DeliveryKey) => boolean;
  #reached = START;
  // What comes after #reached, where that is known.
  #next: { readonly dueAt: number | undefined } | undefined;

  constructor(
    id: number,
    {
      names,
      places,
      isLeased,
    }: {
      readonly names: QueueTable;
      readonly places: PlaceReader;
      readonly isLeased: (key: DeliveryKey) => boolean;
    },
  ) {
    this.id = id;
    this.#names = names;
    this.#reader = places;
    this.#isLeased = isLeased;
  }

  // Asked for each time: a number whose transaction is taken back may be given to another queue. What has lost its
  // name in a damaged database must be handed out for somebody to find that out.
  get name(): OwedDelivery {
    return this.#names.nameOf(this.id) ?? NAMELESS;
  }

  take(max: number, now: number): readonly Place[] {
    const places: Place[] = [];
    let reached = this.#reached;
    let next: number | undefined;
    for (const place of this.#reader.dueAfter(this.id, reached)) {
      if (this.#isLeased(place)) {
        if (place.dueAt <= now) reached = place;
        continue;
      }
      if (places.length >= max || place.dueAt > now) {
        next = place.dueAt;
        break;
      }
      reached = place;
      places.push(place);
    }
    this.#reached = reached;
    this.#next = { dueAt: next };
    return places;
  }

  nextDueAt(): number | undefined {
    // It was read on the way, and nothing has come before it since.
    if (this.#next !== undefined) return this.#next.dueAt;
    for (const { dueAt } of this.#free(this.#reader.dueAfter(this.id, this.#reached), 1)) return dueAt;
    return undefined;
  }

  /** At most `max` that nobody holds, the longest waiting first, due or not. They are not taken. */
  longestWaiting(max: number): readonly AgedPlace[] {
    const retried = this.#free(this.#reader.retried(this.id), max);
    // Beyond the last of these there is nothing to be looked for, and nothing attempted to be passed over.
    const last = retried.length < max ? undefined : retried.at(-1);
    const fresh = this.#free(this.#reader.fresh(this.id, last?.waitsFrom ?? Number.POSITIVE_INFINITY), max);
    return [...retried, ...fresh]
      .sort((a, b) => a.waitsFrom - b.waitsFrom || a.event - b.event || a.slot - b.slot)
      .slice(0, max);
  }

  /** Something falls due at this place. */
  expect({ dueAt, event, slot }: Position): void {
    const justBefore = { dueAt, event, slot: slot - 1 };
    if (isBefore(justBefore, this.#reached)) this.#reached = justBefore;
    if (dueAt < (this.#next?.dueAt ?? Number.POSITIVE_INFINITY)) this.#next = undefined;
  }

  /** Something of what nobody holds is gone. */
  missNext(): void {
    this.#next = undefined;
  }

  /** Looks for everything anew. */
  rewind(): void {
    this.#reached = START;
    this.#next = undefined;
  }

  #free<P extends Place>(places: Iterable<P>, max: number): readonly P[] {
    const free: P[] = [];
    if (max <= 0) return free;
    for (const place of places) {
      if (!this.#isLeased(place)) free.push(place);
      if (free.length >= max) break;
    }
    return free;
  }
}

function isBefore(a: Position, b: Position): boolean {
  if (a.dueAt !== b.dueAt) return a.dueAt < b.dueAt;
  return a.event < b.event || (a.event === b.event && a.slot < b.slot);
}
