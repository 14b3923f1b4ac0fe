import type { ArchivedEvent, ArchiveSize } from '../../domain/archive.ts';
import type {
  DeliveryError,
  FailedDelivery,
  LeasedDelivery,
  OwedEvent,
  Settlement,
} from '../../domain/delivery.ts';
import { Leases } from '../leases.ts';
import type {
  ArchivePage,
  ConfigurationChange,
  ConfigurationEvent,
  ConfigurationRecord,
  DeliveryCounts,
  Store,
} from '../store.ts';
import { Watchers } from '../watchers.ts';
import { DueQueue } from './due-queue.ts';
import { MemoryArchives } from './memory-archives.ts';
import { MemoryConfiguration } from './memory-configuration.ts';

interface Owed {
  readonly delivery: LeasedDelivery;
  readonly dueAt: number;
}

/** Keeps everything in maps: the contract of a store but for durability. What it holds ends with it. */
export class MemoryStore implements Store {
  readonly #configuration = new MemoryConfiguration();
  readonly #archives = new MemoryArchives();
  readonly #configurationWatchers = new Watchers<ConfigurationEvent>();
  readonly #owedWatchers = new Watchers<void>();
  readonly #owed = new Map<string, Owed>();
  readonly #failed = new Map<string, FailedDelivery>();
  // Owed deliveries that nobody holds. A settled one stays in it until its turn comes: see #nextFree.
  readonly #due = new DueQueue();
  readonly #leases = new Leases<string>();
  #lastNumber = 0;
  #closed = false;

  async readConfiguration(): Promise<readonly ConfigurationRecord[]> {
    this.#mustBeOpen();
    return this.#configuration.read();
  }

  async writeConfiguration(change: ConfigurationChange): Promise<number> {
    this.#mustBeOpen();
    const { event, revision } = this.#configuration.write(change);
    this.#configurationWatchers.tell(event);
    return revision;
  }

  watchConfiguration(listener: (event: ConfigurationEvent) => void): () => void {
    return this.#configurationWatchers.add(listener);
  }

  async append(events: readonly OwedEvent[]): Promise<void> {
    this.#mustBeOpen();
    // All of the call is read before any of it is kept.
    const owed = events.flatMap(({ event, deliveries }) =>
      deliveries.map(({ owner, targetId }) => ({ owner, targetId, attempts: 0, event })),
    );
    for (const delivery of owed) {
      this.#lastNumber += 1;
      const id = String(this.#lastNumber).padStart(16, '0');
      this.#owe({ id, ...delivery }, delivery.event.receivedAt);
    }
    for (const { event, archives = [] } of events) this.#archives.retain(event, archives);
    this.#owedWatchers.tell();
  }

  watchOwed(listener: () => void): () => void {
    return this.#owedWatchers.add(listener);
  }

  async lease(request: {
    readonly max: number;
    readonly now: number;
    readonly until: number;
  }): Promise<readonly LeasedDelivery[]> {
    this.#mustBeOpen();
    for (const id of this.#leases.end(request.now)) this.#makeFree(id);
    const leased: LeasedDelivery[] = [];
    while (leased.length < request.max) {
      const next = this.#nextFree();
      if (next === undefined || next.dueAt > request.now) break;
      this.#due.pop();
      this.#leases.add(next.delivery.id, { until: request.until, place: next.delivery.id });
      leased.push(next.delivery);
    }
    return leased;
  }

  async settle(settlements: readonly Settlement[]): Promise<void> {
    this.#mustBeOpen();
    for (const settlement of settlements) this.#settleOne(settlement);
    if (settlements.some(({ kind }) => kind === 'retry')) this.#owedWatchers.tell();
  }

  async nextDueAt(): Promise<number | undefined> {
    this.#mustBeOpen();
    return this.#leases.nextAfter(this.#nextFree()?.dueAt);
  }

  async listFailed(page: {
    readonly after?: string | undefined;
    readonly max: number;
  }): Promise<readonly FailedDelivery[]> {
    this.#mustBeOpen();
    const after = page.after ?? '';
    return [...this.#failed.values()]
      .filter(({ id }) => id > after)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .slice(0, page.max);
  }

  async redrive(request: { readonly ids: readonly string[]; readonly now: number }): Promise<number> {
    this.#mustBeOpen();
    let redriven = 0;
    for (const id of request.ids) {
      const failed = this.#failed.get(id);
      if (failed === undefined) continue;
      this.#failed.delete(id);
      const { owner, targetId, event } = failed;
      this.#owe({ id, owner, targetId, attempts: 0, event }, request.now);
      redriven += 1;
    }
    if (redriven > 0) this.#owedWatchers.tell();
    return redriven;
  }

  async countDeliveries(): Promise<DeliveryCounts> {
    this.#mustBeOpen();
    return { owed: this.#owed.size, failed: this.#failed.size };
  }

  async readArchive(page: ArchivePage): Promise<readonly ArchivedEvent[]> {
    this.#mustBeOpen();
    return this.#archives.read(page);
  }

  async measureArchive(archive: string): Promise<ArchiveSize> {
    this.#mustBeOpen();
    return this.#archives.measure(archive);
  }

  async trimArchive(request: {
    readonly archive: string;
    readonly before: number;
    readonly max: number;
  }): Promise<number> {
    this.#mustBeOpen();
    return this.#archives.trim(request.archive, request);
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #owe(delivery: LeasedDelivery, dueAt: number): void {
    this.#owed.set(delivery.id, { delivery, dueAt });
    this.#due.push({ dueAt, id: delivery.id });
  }

  #makeFree(id: string): void {
    const owed = this.#owed.get(id);
    if (owed !== undefined) this.#due.push({ dueAt: owed.dueAt, id });
  }

  // A delivery can be settled while it waits for its turn (its lease had run out), so the front of the queue
  // may name one that is gone, has another due time by now, or is leased again.
  #nextFree(): Owed | undefined {
    for (let due = this.#due.peek(); due !== undefined; due = this.#due.peek()) {
      const owed = this.#owed.get(due.id);
      if (owed?.dueAt === due.dueAt && !this.#leases.has(due.id)) return owed;
      this.#due.pop();
    }
    return undefined;
  }

  #settleOne(settlement: Settlement): void {
    const owed = this.#owed.get(settlement.id);
    if (owed === undefined) return;
    this.#owed.delete(settlement.id);
    this.#leases.delete(settlement.id);
    if (settlement.kind === 'done') return;
    const delivery = { ...owed.delivery, attempts: settlement.attempts };
    if (settlement.kind === 'retry') this.#owe(delivery, settlement.dueAt);
    else this.#failed.set(settlement.id, failedDelivery(delivery, settlement));
  }

  #mustBeOpen(): void {
    if (this.#closed) throw new Error('The store is closed.');
  }
}

function failedDelivery(
  delivery: LeasedDelivery,
  { failedAt, error }: { readonly failedAt: number; readonly error: DeliveryError },
): FailedDelivery {
  return { ...delivery, failedAt, error: { code: error.code, message: error.message } };
}
