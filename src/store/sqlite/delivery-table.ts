import type Database from 'better-sqlite3';
import type { FailedDelivery, OwedEvent, Settlement } from '../../domain/delivery.ts';
import type { DeliveryCounts, FailedPage } from '../store.ts';
import type { ArchiveTable, Retained } from './archive-table.ts';
import type { Counters } from './counters.ts';
import { reasonOfDamage } from './damage.ts';
import { type DeliveryKey, deliveryId, maximumDeliveriesPerEvent, parseDeliveryId } from './delivery-id.ts';
import type { EventTable } from './event-table.ts';
import type { LeaseDesk } from './lease-desk.ts';
import type { QueueTable } from './queue-table.ts';
import { sqlText } from './sql-text.ts';
import { type StoredText, storedText, textOf } from './stored-text.ts';

interface FailedRow {
  readonly event: number;
  readonly slot: number;
  /** Null when its queue's row is gone. */
  readonly owner: StoredText | null;
  readonly targetId: StoredText | null;
  readonly attempts: number;
  readonly failedAt: number;
  readonly errorCode: StoredText;
  readonly errorMessage: StoredText;
}

interface QueueCount {
  readonly queue: number;
  readonly count: number;
}

interface FailedQuery {
  readonly event: number;
  readonly slot: number;
  readonly max: number;
  readonly owner: StoredText | null;
  readonly targetId: StoredText | null;
  readonly errorCode: StoredText | null;
}

type Attempted = [number, number, StoredText, StoredText, number, number];

/**
 * What events owe, and what was given up. Whatever changes it runs in the transaction of the caller, and
 * tells the lease desk of what will be owed.
 */
export class DeliveryTable {
  readonly #counters: Counters;
  readonly #queues: QueueTable;
  readonly #events: EventTable;
  readonly #archives: ArchiveTable;
  readonly #desk: LeaseDesk;
  readonly #insert;
  readonly #deleteOwed;
  readonly #retry;
  readonly #fail;
  readonly #redrive;
  readonly #listFailed;
  readonly #countOwed;
  readonly #countFailed;

  constructor(
    database: Database.Database,
    {
      counters,
      queues,
      events,
      archives,
      desk,
    }: {
      counters: Counters;
      queues: QueueTable;
      events: EventTable;
      archives: ArchiveTable;
      desk: LeaseDesk;
    },
  ) {
    this.#counters = counters;
    this.#queues = queues;
    this.#events = events;
    this.#archives = archives;
    this.#desk = desk;
    this.#insert = database.prepare<[number, number, number, number, number]>(sqlText('insert-delivery'));
    this.#deleteOwed = database.prepare<[number, number]>(sqlText('delete-owed'));
    this.#retry = database.prepare<Attempted, number>(sqlText('retry-delivery')).pluck();
    this.#fail = database.prepare<Attempted>(sqlText('fail-delivery'));
    this.#redrive = database
      .prepare<[number, number, number, number], number>(sqlText('redrive-delivery'))
      .pluck();
    this.#listFailed = database.prepare<[FailedQuery], FailedRow>(sqlText('list-failed'));
    this.#countOwed = database.prepare<[], QueueCount>(sqlText('count-owed'));
    this.#countFailed = database.prepare<[], QueueCount>(sqlText('count-failed'));
  }

  /** Keeps events and what they owe. An event that owes nothing takes a number of the log and no room. */
  append(events: readonly OwedEvent[]): void {
    let sequence = this.#counters.add('sequence', events.length) - events.length;
    let owed = 0;
    const retained = new Map<string, Retained[]>();
    for (const { event, deliveries, archives = [] } of events) {
      sequence += 1;
      if (deliveries.length === 0 && archives.length === 0) continue;
      if (deliveries.length > maximumDeliveriesPerEvent) {
        throw new RangeError(`An event can't owe more than ${maximumDeliveriesPerEvent} deliveries.`);
      }
      this.#events.insert(sequence, event, archives.length);
      for (const key of archives) addTo(retained, key, { sequence, event });
      const dueAt = event.receivedAt;
      for (const [slot, name] of deliveries.entries()) {
        const queue = this.#queues.idOf(name);
        this.#insert.run(sequence, slot, queue, dueAt, dueAt);
        this.#desk.expectFresh({ queue, dueAt, event: sequence, slot, fresh: event });
      }
      owed += deliveries.length;
    }
    for (const [key, kept] of retained) this.#archives.retain(key, kept);
    this.#counters.add('owed', owed);
  }

  /** Records how attempts ended; a delivery that isn't owed (any more) is left as it is. */
  settle(settlements: readonly Settlement[]): void {
    let ended = 0;
    let failed = 0;
    for (const settlement of settlements) {
      const key = parseDeliveryId(settlement.id);
      if (key === undefined || !this.#settleOne(settlement, key) || settlement.kind === 'retry') continue;
      ended += 1;
      if (settlement.kind === 'failed') failed += 1;
    }
    this.#counters.add('owed', -ended);
    if (failed > 0) this.#counters.add('failed', failed);
  }

  /** Makes failed deliveries owed again; answers how many. */
  redrive(ids: readonly string[], now: number): number {
    let redriven = 0;
    for (const id of ids) {
      const key = parseDeliveryId(id);
      if (key === undefined) continue;
      const queue = this.#redrive.get(now, now, key.event, key.slot);
      if (queue === undefined) continue;
      this.#desk.expect({ queue, dueAt: now, ...key });
      redriven += 1;
    }
    this.#counters.add('failed', -redriven);
    this.#counters.add('owed', redriven);
    return redriven;
  }

  /**
   * A page of failed deliveries. One whose event can't be read is among them, with an event that is empty and an
   * error that says so. Throws when `after` isn't an id of this store.
   */
  listFailed(page: FailedPage): readonly FailedDelivery[] {
    const { id, owner, targetId, errorCode } = page;
    const from = id ?? page.after;
    const key = from === undefined ? { event: 0, slot: 0 } : parseDeliveryId(from);
    if (key === undefined) throw new RangeError(`${JSON.stringify(from)} isn't the id of a delivery.`);
    // The one that is looked for is the next after the place before its own, if it is there.
    const after = id === undefined ? key : { ...key, slot: key.slot - 1 };
    const max = id === undefined ? page.max : Math.min(page.max, 1);
    return this.#listFailed
      .all({
        ...after,
        max,
        owner: filterText(owner),
        targetId: filterText(targetId),
        errorCode: filterText(errorCode),
      })
      .filter((row) => id === undefined || deliveryId(row) === id)
      .map((row) => this.#failed(row));
  }

  count(): DeliveryCounts {
    return { owed: this.#counters.read('owed'), failed: this.#counters.read('failed') };
  }

  /** Counts those of some owners. It walks through an index of all. */
  countOf(isWanted: (owner: string) => boolean): DeliveryCounts {
    const sumOf = (counts: readonly QueueCount[]) =>
      counts.reduce((sum, { queue, count }) => {
        const owner = this.#queues.nameOf(queue)?.owner;
        return owner !== undefined && isWanted(owner) ? sum + count : sum;
      }, 0);
    return { owed: sumOf(this.#countOwed.all()), failed: sumOf(this.#countFailed.all()) };
  }

  #failed(row: FailedRow): FailedDelivery {
    const { attempts, failedAt } = row;
    const id = deliveryId(row);
    const [owner, targetId] = [textOf(row.owner ?? ''), textOf(row.targetId ?? '')];
    try {
      return {
        id,
        owner,
        targetId,
        attempts,
        event: this.#events.read(row.event),
        failedAt,
        error: { code: textOf(row.errorCode), message: textOf(row.errorMessage) },
      };
    } catch (error) {
      const event = { id: '', busArn: '', receivedAt: failedAt, envelope: '{}' };
      const message = `The database is damaged: ${reasonOfDamage(error)}`;
      return { id, owner, targetId, attempts, event, failedAt, error: { code: 'INTERNAL_ERROR', message } };
    }
  }

  /** Whether the delivery was owed. */
  #settleOne(settlement: Settlement, { event, slot }: DeliveryKey): boolean {
    if (settlement.kind === 'done') {
      const isOwed = this.#deleteOwed.run(event, slot).changes > 0;
      if (isOwed) this.#events.forgetUnneeded(event);
      return isOwed;
    }
    const { attempts, error } = settlement;
    const [code, message] = [storedText(error.code), storedText(error.message)];
    if (settlement.kind === 'failed') {
      return this.#fail.run(settlement.failedAt, attempts, code, message, event, slot).changes > 0;
    }
    const { dueAt } = settlement;
    const queue = this.#retry.get(dueAt, attempts, code, message, event, slot);
    if (queue !== undefined) this.#desk.expect({ queue, dueAt, event, slot });
    return queue !== undefined;
  }
}

function addTo(retained: Map<string, Retained[]>, key: string, event: Retained): void {
  const events = retained.get(key);
  if (events === undefined) retained.set(key, [event]);
  else events.push(event);
}

function filterText(text: string | undefined): StoredText | null {
  return text === undefined ? null : storedText(text);
}
