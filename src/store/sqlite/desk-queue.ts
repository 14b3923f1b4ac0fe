import type Database from 'better-sqlite3';
import type { OwedDelivery } from '../../domain/delivery.ts';
import type { Queue } from '../turns.ts';
import { Ahead, type AheadRoom, type FreshPlace, isBefore, type Place, type Position } from './ahead.ts';
import type { DeliveryKey } from './delivery-id.ts';
import type { QueueTable } from './queue-table.ts';
import { sqlText } from './sql-text.ts';

/** A place, and since when its delivery waits. */
export interface AgedPlace extends Place {
  readonly waitsFrom: number;
}

const NAMELESS: OwedDelivery = { owner: '', targetId: '' };

const START: Position = { dueAt: Number.NEGATIVE_INFINITY, event: 0, slot: 0 };

// A statement costs as much as some rows: what comes after those that are asked for is read along.
const LEAST_READ = 32;

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
 * little else, however much is leased or owed: everything up to there is leased. What comes next it keeps in memory,
 * as it was read or, at the end of the queue, as it was stored: most deliveries are taken a moment after that. Whatever
 * puts a free one elsewhere (a lease that ends, a due time set to the past) makes it look anew.
 */
export class DeskQueue implements Queue<Place | FreshPlace> {
  readonly id: number;
  readonly #names: QueueTable;
  readonly #reader: PlaceReader;
  readonly #isLeased: (key: DeliveryKey) => boolean;
  readonly #ahead: Ahead;
  #reached = START;
  // Whether all that is free after #reached is in #ahead; else as much as comes first.
  #isAll = false;

  constructor(
    id: number,
    {
      names,
      places,
      room,
      isLeased,
    }: {
      readonly names: QueueTable;
      readonly places: PlaceReader;
      readonly room: AheadRoom;
      readonly isLeased: (key: DeliveryKey) => boolean;
    },
  ) {
    this.id = id;
    this.#names = names;
    this.#reader = places;
    this.#isLeased = isLeased;
    this.#ahead = new Ahead(room);
  }

  // Asked for each time: a number whose transaction is taken back may be given to another queue. What has lost its
  // name in a damaged database must be handed out for somebody to find that out.
  get name(): OwedDelivery {
    return this.#names.nameOf(this.id) ?? NAMELESS;
  }

  take(max: number, now: number): readonly (Place | FreshPlace)[] {
    const taken = this.#takeAhead(max, now);
    if (taken.length < max && this.#ahead.first === undefined && !this.#isAll) {
      this.#readAhead(Math.max(LEAST_READ, max - taken.length + 1), now);
      taken.push(...this.#takeAhead(max - taken.length, now));
    }
    return taken;
  }

  nextDueAt(): number | undefined {
    if (this.#ahead.first === undefined && !this.#isAll) this.#readAhead(1, Number.NEGATIVE_INFINITY);
    return this.#ahead.first?.dueAt;
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

  /** Something that was never attempted falls due at this place. */
  expectFresh(place: FreshPlace): void {
    const isLast = this.#isAll && isBefore(this.#ahead.last ?? this.#reached, place);
    if (!isLast || !this.#ahead.addFresh(place)) this.expect(place);
  }

  /** Something falls due at this place. */
  expect({ dueAt, event, slot }: Position): void {
    const justBefore = { dueAt, event, slot: slot - 1 };
    if (isBefore(justBefore, this.#reached)) this.#reached = justBefore;
    else if (!isBefore(justBefore, this.#ahead.last ?? this.#reached)) {
      this.#isAll = false;
      return;
    }
    this.lookAnew();
  }

  /** What nobody holds may be gone, or held by somebody now. */
  lookAnew(): void {
    this.#isAll = false;
    this.#ahead.clear();
  }

  /** Looks for everything anew. */
  rewind(): void {
    this.#reached = START;
    this.lookAnew();
  }

  #takeAhead(max: number, now: number): (Place | FreshPlace)[] {
    const taken = this.#ahead.take(max, now);
    this.#reached = taken.at(-1) ?? this.#reached;
    return taken;
  }

  /** Reads what comes after #reached, until there are so many that are free. */
  #readAhead(count: number, now: number): void {
    let found = 0;
    for (const place of this.#reader.dueAfter(this.id, this.#reached)) {
      if (!this.#isLeased(place)) {
        this.#ahead.add(place);
        found += 1;
        if (found >= count) return;
      } else if (found === 0 && place.dueAt <= now) this.#reached = place;
    }
    this.#isAll = true;
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
