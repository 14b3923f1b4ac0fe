import type { ArchivedEvent, ArchiveSize } from '../../domain/archive.ts';
import type {
  DeliveryError,
  FailedDelivery,
  LeasedDelivery,
  OwedDelivery,
  OwedEvent,
  Settlement,
} from '../../domain/delivery.ts';
import { Leases } from '../leases.ts';
import type {
  AgedDeliveries,
  AgedRequest,
  ArchivePage,
  ConfigurationChange,
  ConfigurationEvent,
  ConfigurationRecord,
  DeliveryCounts,
  FailedPage,
  LeaseRequest,
  Store,
} from '../store.ts';
import { Turns } from '../turns.ts';
import { Watchers } from '../watchers.ts';
import type { Due } from './due-queue.ts';
import { MemoryArchives } from './memory-archives.ts';
import { MemoryConfiguration } from './memory-configuration.ts';
import { MemoryQueue, type Owed } from './memory-queue.ts';

const ID_DIGITS = 16;
const ID = /^\d{16}$/;

/** Keeps everything in maps: the contract of a store but for durability. What it holds ends with it. */
export class MemoryStore implements Store {
  readonly #configuration = new MemoryConfiguration();
  readonly #archives = new MemoryArchives();
  readonly #configurationWatchers = new Watchers<ConfigurationEvent>();
  readonly #owedWatchers = new Watchers<void>();
  readonly #owed = new Map<string, Owed>();
  readonly #failed = new Map<string, FailedDelivery>();
  readonly #queues = new Map<string, MemoryQueue>();
  readonly #turns = new Turns<Owed, MemoryQueue>();
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
      const id = String(this.#lastNumber).padStart(ID_DIGITS, '0');
      const dueAt = delivery.event.receivedAt;
      this.#owe({ delivery: { id, ...delivery }, dueAt, waitsFrom: dueAt });
    }
    for (const { event, archives = [] } of events) this.#archives.retain(event, archives);
    this.#owedWatchers.tell();
  }

  watchOwed(listener: () => void): () => void {
    return this.#owedWatchers.add(listener);
  }

  async lease(request: LeaseRequest): Promise<readonly LeasedDelivery[]> {
    this.#mustBeOpen();
    this.#endLeases(request.now);
    const taken = [...this.#turns.take(request)].sort(
      (a, b) => a.dueAt - b.dueAt || compare(a.delivery.id, b.delivery.id),
    );
    return this.#hold(taken, request.until);
  }

  async leaseAged(request: AgedRequest): Promise<AgedDeliveries> {
    this.#mustBeOpen();
    this.#endLeases(request.now);
    const { receivedBefore, max, until } = request;
    const waiting = [...this.#queueOf(request.queue).all()];
    const aged = waiting.filter(({ waitsFrom }) => waitsFrom < receivedBefore);
    aged.sort((a, b) => a.waitsFrom - b.waitsFrom || compare(a.delivery.id, b.delivery.id));
    const deliveries = this.#hold(aged.slice(0, Math.max(0, max)), until);
    const oldest = aged[deliveries.length]?.waitsFrom ?? leastWait(waiting, receivedBefore);
    return { deliveries, oldestFrom: oldest };
  }

  async settle(settlements: readonly Settlement[]): Promise<void> {
    this.#mustBeOpen();
    for (const settlement of settlements) this.#settleOne(settlement);
    if (settlements.some(({ kind }) => kind === 'retry')) this.#owedWatchers.tell();
  }

  async nextDueAt(hasRoom: (queue: OwedDelivery) => boolean = () => true): Promise<number | undefined> {
    this.#mustBeOpen();
    return this.#leases.nextAfter(this.#turns.nextDueAt(hasRoom), (id) => {
      const owed = this.#owed.get(id);
      return owed !== undefined && hasRoom(owed.delivery);
    });
  }

  async listFailed(page: FailedPage): Promise<readonly FailedDelivery[]> {
    this.#mustBeOpen();
    const { after = '', id: only, owner, targetId, errorCode } = page;
    const from = only ?? page.after;
    if (from !== undefined && !ID.test(from)) {
      throw new RangeError(`${JSON.stringify(from)} isn't the id of a delivery.`);
    }
    const one = only === undefined ? undefined : this.#failed.get(only);
    const all = only === undefined ? [...this.#failed.values()] : one === undefined ? [] : [one];
    return all
      .filter(({ id }) => id > after)
      .filter((failed) => owner === undefined || failed.owner === owner)
      .filter((failed) => targetId === undefined || failed.targetId === targetId)
      .filter(({ error }) => errorCode === undefined || error.code === errorCode)
      .sort((a, b) => compare(a.id, b.id))
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
      const delivery = { id, owner, targetId, attempts: 0, event };
      this.#owe({ delivery, dueAt: request.now, waitsFrom: request.now });
      redriven += 1;
    }
    if (redriven > 0) this.#owedWatchers.tell();
    return redriven;
  }

  async countDeliveries(isWanted?: (owner: string) => boolean): Promise<DeliveryCounts> {
    this.#mustBeOpen();
    if (isWanted === undefined) return { owed: this.#owed.size, failed: this.#failed.size };
    const owed = [...this.#owed.values()].filter(({ delivery }) => isWanted(delivery.owner));
    const failed = [...this.#failed.values()].filter(({ owner }) => isWanted(owner));
    return { owed: owed.length, failed: failed.length };
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

  async probe(): Promise<void> {
    this.#mustBeOpen();
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #owe(owed: Owed): void {
    this.#owed.set(owed.delivery.id, owed);
    this.#makeFree(owed);
  }

  #makeFree({ delivery, dueAt }: Owed): void {
    const queue = this.#queueOf(delivery);
    queue.add({ dueAt, id: delivery.id });
    this.#turns.expect(queue, dueAt);
  }

  #endLeases(now: number): void {
    for (const id of this.#leases.end(now)) {
      const owed = this.#owed.get(id);
      if (owed !== undefined) this.#makeFree(owed);
    }
  }

  #hold(taken: readonly Owed[], until: number): readonly LeasedDelivery[] {
    return taken.map(({ delivery }) => {
      this.#leases.add(delivery.id, { until, place: delivery.id });
      return delivery;
    });
  }

  #queueOf({ owner, targetId }: OwedDelivery): MemoryQueue {
    const key = JSON.stringify([owner, targetId]);
    let queue = this.#queues.get(key);
    if (queue === undefined) {
      queue = new MemoryQueue({ owner, targetId }, (due) => this.#free(due));
      this.#queues.set(key, queue);
    }
    return queue;
  }

  // A delivery can be settled while it waits for its turn (its lease had run out), so a queue may name one that is
  // gone, has another due time by now, or is leased again.
  #free(due: Due): Owed | undefined {
    const owed = this.#owed.get(due.id);
    return owed?.dueAt === due.dueAt && !this.#leases.has(due.id) ? owed : undefined;
  }

  #settleOne(settlement: Settlement): void {
    const owed = this.#owed.get(settlement.id);
    if (owed === undefined) return;
    this.#owed.delete(settlement.id);
    this.#leases.delete(settlement.id);
    if (settlement.kind === 'done') return;
    const delivery = { ...owed.delivery, attempts: settlement.attempts };
    if (settlement.kind === 'retry') {
      this.#owe({ delivery, dueAt: settlement.dueAt, waitsFrom: owed.waitsFrom });
    } else this.#failed.set(settlement.id, failedDelivery(delivery, settlement));
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

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Since when the first of those waits that wait since then or later; undefined when there is none. */
function leastWait(waiting: readonly Owed[], from: number): number | undefined {
  let least: number | undefined;
  for (const { waitsFrom } of waiting) {
    if (waitsFrom >= from && (least === undefined || waitsFrom < least)) least = waitsFrom;
  }
  return least;
}
