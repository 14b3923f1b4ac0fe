import type { FailedDelivery, LeasedDelivery } from '../../domain/delivery.ts';
import type { BusEvent } from '../../domain/event.ts';
import { Leases } from '../leases.ts';
import type { AgedRequest, FailedPage, LeaseRequest } from '../store.ts';
import { compareKeys, type DeliveryKey, deliveryId, parseDeliveryId } from './delivery-id.ts';
import type { DeliveryIndex } from './delivery-index.ts';
import type { SettledDelivery } from './log-record.ts';
import { type MessageReader, UnreadableMessage } from './message-reader.ts';

const NONE = -1;

/** A delivery that is owed and can't be made: its event can't be read. */
export interface UnreadableDelivery {
  readonly id: string;
  readonly attempts: number;
  readonly reason: string;
}

/** What a lease came to. All of it is leased. */
export interface Leased {
  readonly deliveries: readonly LeasedDelivery[];
  readonly unreadable: readonly UnreadableDelivery[];
}

/** A delivery as the index knows it, without its event. */
type Held = DeliveryKey & Omit<LeasedDelivery, 'event'>;

/** Hands out what is owed. Who holds what is known here alone, and forgotten with the process. */
export class LeaseDesk {
  readonly #index: DeliveryIndex;
  readonly #reader: MessageReader;
  readonly #leases = new Leases<number>();

  constructor(index: DeliveryIndex, reader: MessageReader) {
    this.#index = index;
    this.#reader = reader;
  }

  /** Rejects when NATS doesn't answer: then nothing is leased. */
  async lease(request: LeaseRequest): Promise<Leased> {
    this.#endLeases(request.now);
    const { rows, turns } = this.#index;
    const taken = [...turns.take(request)].sort(
      (a, b) => (rows.dueAt[a] ?? 0) - (rows.dueAt[b] ?? 0) || compareKeys(rows.keyOf(a), rows.keyOf(b)),
    );
    return this.#hand(taken, request.until);
  }

  /** Rejects as `lease` does. */
  async leaseAged(request: AgedRequest): Promise<Leased & { readonly oldestFrom: number | undefined }> {
    this.#endLeases(request.now);
    const queue = this.#index.queue(request.queue);
    if (queue === undefined) return { deliveries: [], unreadable: [], oldestFrom: undefined };
    const taken = queue.takeAged(request.max, request.receivedBefore);
    const oldestFrom = queue.oldestFrom();
    return { ...(await this.#hand(taken, request.until)), oldestFrom };
  }

  nextDueAt(
    hasRoom: (queue: LeasedDelivery | { owner: string; targetId: string }) => boolean,
  ): number | undefined {
    const { turns } = this.#index;
    return this.#leases.nextAfter(turns.nextDueAt(hasRoom), (row) => hasRoom(this.#index.queueOf(row).name));
  }

  /** Nobody holds what was settled. */
  release(settled: readonly SettledDelivery[]): void {
    for (const { key } of settled) this.#leases.delete(deliveryId(key));
  }

  /**
   * A page of failed deliveries. One that can't be read is among them, with an event that is empty and an error that
   * says so. Throws a RangeError when `after` or `id` isn't an id of this store.
   */
  async listFailed(page: FailedPage): Promise<readonly FailedDelivery[]> {
    const { rows } = this.#index;
    const found = this.#rowsOf(page).map((row) => ({
      held: this.#held(row),
      failedAt: rows.dueAt[row] ?? 0,
      record: rows.record[row] ?? 0,
    }));
    return Promise.all(found.map((each) => this.#failed(each)));
  }

  #rowsOf(page: FailedPage): readonly number[] {
    const from = page.id ?? page.after;
    const key = from === undefined ? undefined : parseDeliveryId(from);
    if (from !== undefined && key === undefined) {
      throw new RangeError(`${JSON.stringify(from)} isn't the id of a delivery.`);
    }
    if (page.id === undefined || key === undefined) return this.#index.listFailed(page, key);
    const row = this.#index.find(key);
    return row !== NONE && page.max > 0 && this.#index.isListed(row, page) ? [row] : [];
  }

  #endLeases(now: number): void {
    for (const row of this.#leases.end(now)) this.#index.makeFree(row);
  }

  async #hand(rows: readonly number[], until: number): Promise<Leased> {
    const held = rows.map((row) => {
      const each = this.#held(row);
      this.#leases.add(each.id, { until, place: row });
      return each;
    });
    let readings: readonly (LeasedDelivery | UnreadableDelivery)[];
    try {
      readings = await Promise.all(held.map((each) => this.#read(each)));
    } catch (error) {
      for (const each of held) this.#giveBack(each);
      throw error;
    }
    // While the events were read, an attempt from an earlier lease may have settled some of them.
    const leased = readings.filter(({ id }) => this.#leases.has(id));
    return {
      deliveries: leased.filter((reading) => 'event' in reading),
      unreadable: leased.filter((reading) => 'reason' in reading),
    };
  }

  #held(row: number): Held {
    const key = this.#index.rows.keyOf(row);
    const { owner, targetId } = this.#index.queueOf(row).name;
    return { ...key, id: deliveryId(key), owner, targetId, attempts: this.#index.rows.attempts[row] ?? 0 };
  }

  #giveBack({ id, message, slot }: Held): void {
    if (!this.#leases.has(id)) return;
    this.#leases.delete(id);
    const row = this.#index.findOwed({ message, slot });
    if (row !== NONE) this.#index.makeFree(row);
  }

  async #read(held: Held): Promise<LeasedDelivery | UnreadableDelivery> {
    const { id, owner, targetId, attempts } = held;
    try {
      return { id, owner, targetId, attempts, event: await this.#eventOf(held) };
    } catch (error) {
      if (!(error instanceof UnreadableMessage)) throw error;
      return { id, attempts, reason: error.message };
    }
  }

  async #eventOf({ message, slot }: DeliveryKey): Promise<BusEvent> {
    return (await this.#reader.events(message)).eventOf(slot);
  }

  async #failed(found: { held: Held; failedAt: number; record: number }): Promise<FailedDelivery> {
    const { held, failedAt, record } = found;
    const { id, owner, targetId, attempts } = held;
    try {
      const [event, error] = await Promise.all([this.#eventOf(held), this.#errorOf(held, record)]);
      return { id, owner, targetId, attempts, event, failedAt, error };
    } catch (cause) {
      if (!(cause instanceof UnreadableMessage)) throw cause;
      const event = { id: '', busArn: '', receivedAt: failedAt, envelope: '{}' };
      const error = { code: 'INTERNAL_ERROR', message: cause.message };
      return { id, owner, targetId, attempts, event, failedAt, error };
    }
  }

  async #errorOf({ message, slot }: DeliveryKey, sequence: number): Promise<FailedDelivery['error']> {
    const record = await this.#reader.record(sequence);
    const settled = record.kind === 'settle' ? record.settled : [];
    const found = settled.find(({ key, settlement }) => {
      return key.message === message && key.slot === slot && settlement.kind === 'failed';
    });
    if (found?.settlement.kind === 'failed') return found.settlement.error;
    throw new UnreadableMessage(sequence, 'it says nothing of the delivery');
  }
}
