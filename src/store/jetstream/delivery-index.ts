import type { OwedDelivery } from '../../domain/delivery.ts';
import type { DeliveryCounts, FailedPage } from '../store.ts';
import { Turns } from '../turns.ts';
import { compareKeys, type DeliveryKey } from './delivery-id.ts';
import type { LogNeeds } from './log-needs.ts';
import type { IndexedEvent, SettledDelivery } from './log-record.ts';
import { OwedQueue } from './owed-queue.ts';
import { OwedRows } from './owed-rows.ts';

const NONE = -1;
const SORTED_AT_ONCE = 1_000;

/**
 * What is owed and what failed, as the log says. It changes by records of the log alone, in their order, so that
 * whoever reads the same log has the same index; who holds what at the moment is not in the log.
 */
export class DeliveryIndex {
  readonly rows = new OwedRows();
  readonly turns = new Turns<number, OwedQueue>();
  readonly #needs: LogNeeds;
  readonly #queues: OwedQueue[] = [];
  readonly #queueNumbers = new Map<string, number>();
  readonly #codes: string[] = [];
  readonly #codeNumbers = new Map<string, number>();
  #owed = 0;
  #failed = 0;

  constructor(needs: LogNeeds) {
    this.#needs = needs;
  }

  count(): DeliveryCounts {
    return { owed: this.#owed, failed: this.#failed };
  }

  /** Counts those of some owners. It looks at all rows: a person asks, not a loop. */
  countOf(isWanted: (owner: string) => boolean): DeliveryCounts {
    const wanted = this.#queues.map(({ name }) => isWanted(name.owner));
    let owed = 0;
    let failed = 0;
    for (let row = 0; row < this.rows.end; row += 1) {
      if (!this.rows.has(row) || wanted[this.rows.queue[row] ?? NONE] !== true) continue;
      if (this.rows.failure[row] === 0) owed += 1;
      else failed += 1;
    }
    return { owed, failed };
  }

  queueOf(row: number): OwedQueue {
    const queue = this.#queues[this.rows.queue[row] ?? NONE];
    if (queue === undefined) throw new Error('A delivery belongs to no queue.');
    return queue;
  }

  queue(name: OwedDelivery): OwedQueue | undefined {
    return this.#queues[this.#queueNumbers.get(queueKey(name)) ?? NONE];
  }

  /** The row of a delivery, owed or failed; -1 when there is none. */
  find({ message, slot }: DeliveryKey): number {
    let row = this.#needs.marks.firstRow(message);
    while (row !== NONE && this.rows.slot[row] !== slot) row = this.rows.next[row] ?? NONE;
    return row;
  }

  /** The row of a delivery that is owed; -1 when there is none. */
  findOwed(key: DeliveryKey): number {
    const row = this.find(key);
    return row !== NONE && this.rows.failure[row] === 0 ? row : NONE;
  }

  /** Somebody may take the delivery. */
  makeFree(row: number): void {
    const queue = this.queueOf(row);
    queue.remove(row);
    queue.add(row);
    this.turns.expect(queue, this.rows.dueAt[row] ?? 0);
  }

  append(message: number, bytes: number, events: readonly IndexedEvent[]): void {
    let slot = 0;
    let last = NONE;
    for (const { receivedAt, deliveries } of events) {
      for (const delivery of deliveries) {
        this.#needs.marks.need(message, bytes);
        const row = this.rows.add({ message, slot, queue: this.#queueNumber(delivery), receivedAt });
        if (last === NONE) this.#needs.marks.setFirstRow(message, row);
        else this.rows.next[last] = row;
        this.makeFree(row);
        last = row;
        slot += 1;
      }
    }
    this.#owed += slot;
  }

  /**
   * What a record says of a delivery is true whatever was said before: the records before it may be gone from the log
   * by the time that it is read again.
   */
  settle(record: number, settled: readonly SettledDelivery[]): void {
    for (const each of settled) this.#settleOne(record, each);
  }

  /** Answers how many of them had failed and are owed again. */
  redrive(
    record: number,
    { keys, now }: { readonly keys: readonly DeliveryKey[]; readonly now: number },
  ): number {
    let redriven = 0;
    for (const key of keys) {
      const row = this.find(key);
      if (row === NONE) continue;
      if (this.#forgive(row)) redriven += 1;
      this.queueOf(row).remove(row);
      this.#say(row, record);
      this.rows.attempts[row] = 0;
      this.rows.dueAt[row] = now;
      this.rows.waitsFrom[row] = now;
      this.makeFree(row);
    }
    return redriven;
  }

  /**
   * Rows of failed deliveries, in the order of their ids, those after a key. It looks at all rows for each page: a
   * person asks, not a loop.
   */
  listFailed(page: FailedPage, after: DeliveryKey | undefined): readonly number[] {
    const max = Math.max(0, page.max);
    let found: number[] = [];
    const keepFirst = () => {
      found.sort((a, b) => compareKeys(this.rows.keyOf(a), this.rows.keyOf(b)));
      found = found.slice(0, max);
    };
    for (let row = 0; row < this.rows.end; row += 1) {
      if (!this.isListed(row, page)) continue;
      if (after !== undefined && compareKeys(this.rows.keyOf(row), after) <= 0) continue;
      found.push(row);
      if (found.length >= 2 * max + SORTED_AT_ONCE) keepFirst();
    }
    keepFirst();
    return found;
  }

  /** Whether a row is that of a failed delivery with the owner, target and error that a page asks for. */
  isListed(row: number, { owner, targetId, errorCode }: FailedPage): boolean {
    const failure = this.rows.failure[row] ?? 0;
    if (failure === 0 || !this.rows.has(row)) return false;
    if (errorCode !== undefined && this.#codes[failure - 1] !== errorCode) return false;
    const { name } = this.queueOf(row);
    return (owner ?? name.owner) === name.owner && (targetId ?? name.targetId) === name.targetId;
  }

  #settleOne(record: number, { key, settlement, waitsFrom }: SettledDelivery): void {
    const row = this.find(key);
    if (row === NONE) return;
    this.#forgive(row);
    this.queueOf(row).remove(row);
    if (settlement.kind === 'done') {
      this.#end(row, key, record);
      return;
    }
    this.#say(row, record);
    this.rows.attempts[row] = settlement.attempts;
    if (settlement.kind === 'retry') {
      this.rows.dueAt[row] = settlement.dueAt;
      if (waitsFrom !== undefined) this.rows.waitsFrom[row] = waitsFrom;
      this.makeFree(row);
      return;
    }
    this.rows.dueAt[row] = settlement.failedAt;
    this.rows.failure[row] = this.#codeNumber(settlement.error.code);
    this.#owed -= 1;
    this.#failed += 1;
  }

  /** A failed delivery is owed again. Answers whether it had failed. */
  #forgive(row: number): boolean {
    if (this.rows.failure[row] === 0) return false;
    this.rows.failure[row] = 0;
    this.#failed -= 1;
    this.#owed += 1;
    return true;
  }

  #end(row: number, key: DeliveryKey, record: number): void {
    const before = this.rows.record[row] ?? 0;
    this.#unlink(row, key);
    this.rows.remove(row);
    this.#owed -= 1;
    this.#needs.keepLastWord(key.message, record);
    if (before !== 0) this.#needs.releaseRecord(before);
    this.#needs.releaseEvents(key.message);
  }

  /** From now on this record says how the delivery stands, and the one that did so before is not needed for it. */
  #say(row: number, record: number): void {
    const before = this.rows.record[row] ?? 0;
    this.rows.record[row] = record;
    this.#needs.marks.need(record);
    if (before !== 0) this.#needs.releaseRecord(before);
  }

  #unlink(row: number, { message }: DeliveryKey): void {
    const { next } = this.rows;
    const after = next[row] ?? NONE;
    let previous = this.#needs.marks.firstRow(message);
    if (previous === row) {
      this.#needs.marks.setFirstRow(message, after);
      return;
    }
    while (previous !== NONE && next[previous] !== row) previous = next[previous] ?? NONE;
    if (previous !== NONE) next[previous] = after;
  }

  #queueNumber({ owner, targetId }: OwedDelivery): number {
    const key = queueKey({ owner, targetId });
    let number = this.#queueNumbers.get(key);
    if (number === undefined) {
      number = this.#queues.length;
      this.#queueNumbers.set(key, number);
      this.#queues.push(new OwedQueue({ owner, targetId }, this.rows));
    }
    return number;
  }

  #codeNumber(code: string): number {
    let number = this.#codeNumbers.get(code);
    if (number === undefined) {
      number = this.#codes.push(code);
      this.#codeNumbers.set(code, number);
    }
    return number;
  }
}

function queueKey({ owner, targetId }: OwedDelivery): string {
  return JSON.stringify([owner, targetId]);
}
