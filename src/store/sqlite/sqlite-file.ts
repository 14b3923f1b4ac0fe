import Database from 'better-sqlite3';
import type { ArchivedEvent, ArchiveSize } from '../../domain/archive.ts';
import type { FailedDelivery, LeasedDelivery, OwedDelivery } from '../../domain/delivery.ts';
import {
  type AgedDeliveries,
  type AgedRequest,
  type ArchivePage,
  type ConfigurationRecord,
  type DeliveryCounts,
  type FailedPage,
  type LeaseRequest,
  StoreFailure,
  type StoreProblem,
} from '../store.ts';
import { ArchiveTable } from './archive-table.ts';
import type { Change, Outcome } from './change.ts';
import { ConfigurationTable } from './configuration-table.ts';
import { Counters } from './counters.ts';
import { openDatabase } from './database.ts';
import { DeliveryTable } from './delivery-table.ts';
import { EventTable } from './event-table.ts';
import { LeaseDesk, type UnreadableDelivery } from './lease-desk.ts';
import { QueueTable } from './queue-table.ts';

/** The database and the leases on what it owes. Everything here is done when the method returns. */
export class SqliteFile {
  readonly #database: Database.Database;
  readonly #counters: Counters;
  readonly #configuration: ConfigurationTable;
  readonly #queues: QueueTable;
  readonly #deliveries: DeliveryTable;
  readonly #archives: ArchiveTable;
  readonly #desk: LeaseDesk;
  readonly #begin;
  readonly #commit;
  readonly #rollback;
  readonly #beginCall;
  readonly #endCall;
  readonly #undoCall;

  /** Opens the file of the folder; throws as `openDatabase` does. */
  constructor(folder: string) {
    const database = openDatabase(folder);
    const counters = new Counters(database);
    const events = new EventTable(database);
    this.#database = database;
    this.#counters = counters;
    this.#configuration = new ConfigurationTable(database, counters);
    const queues = new QueueTable(database);
    this.#queues = queues;
    this.#desk = new LeaseDesk(database, { queues, events });
    this.#archives = new ArchiveTable(database, events);
    this.#deliveries = new DeliveryTable(database, {
      counters,
      queues,
      events,
      archives: this.#archives,
      desk: this.#desk,
    });
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
    this.#rollback = database.prepare('ROLLBACK');
    this.#beginCall = database.prepare('SAVEPOINT call');
    this.#endCall = database.prepare('RELEASE call');
    this.#undoCall = database.prepare('ROLLBACK TO call');
  }

  /**
   * Applies the changes in one transaction, synced to disk when it returns. A change that can't be applied
   * is refused without harm to the others. Throws when the commit fails: then nothing of any of them is kept.
   */
  commit(changes: readonly Change[]): readonly Outcome[] {
    let outcomes: readonly Outcome[];
    let applied = 0;
    try {
      outcomes = this.#commitAs(changes, (change) => {
        const value = this.#apply(change);
        applied += 1;
        return { kind: 'kept', value };
      });
    } catch (error) {
      // What failed as a whole, on a full disk for one, is not made again: all of it is refused.
      if (changes.length === 1 || applied === changes.length) throw error;
      // To be able to take back one change alone costs each of them more than most changes do: only now it is needed.
      outcomes = this.#commitAs(changes, (change) => this.#attempt(change));
    }
    // A lease outlives a commit that fails: its delivery is still in somebody's hands.
    this.#releaseSettled(changes, outcomes);
    return outcomes;
  }

  #commitAs(changes: readonly Change[], outcomeOf: (change: Change) => Outcome): readonly Outcome[] {
    try {
      this.#begin.run();
      const outcomes = changes.map(outcomeOf);
      this.#counters.write();
      this.#commit.run();
      this.#counters.committed();
      return outcomes;
    } catch (error) {
      this.#forgetChanges();
      if (this.#database.inTransaction) this.#rollback.run();
      this.#counters.reread();
      throw named(error);
    }
  }

  /** Of changes that are taken back nothing may be left in memory. */
  #forgetChanges(): void {
    this.#desk.distrust();
    this.#queues.reread();
  }

  readConfiguration(): readonly ConfigurationRecord[] {
    return this.#configuration.read();
  }

  /** Deliveries that can't be read are settled as failed, where a person can see them. */
  lease(request: LeaseRequest): readonly LeasedDelivery[] {
    const { deliveries, unreadable } = this.#desk.lease(request);
    if (unreadable.length > 0) this.#fail(unreadable, request.now);
    return deliveries;
  }

  /** Deliveries that can't be read are settled as by `lease`. */
  leaseAged(request: AgedRequest): AgedDeliveries {
    const { deliveries, unreadable, oldestFrom } = this.#desk.leaseAged(request);
    if (unreadable.length > 0) this.#fail(unreadable, request.now);
    return { deliveries, oldestFrom };
  }

  nextDueAt(hasRoom: (queue: OwedDelivery) => boolean): number | undefined {
    return this.#desk.nextDueAt(hasRoom);
  }

  listFailed(page: FailedPage): readonly FailedDelivery[] {
    return this.#deliveries.listFailed(page);
  }

  countDeliveries(isWanted: ((owner: string) => boolean) | undefined): DeliveryCounts {
    return isWanted === undefined ? this.#deliveries.count() : this.#deliveries.countOf(isWanted);
  }

  readArchive(page: ArchivePage): readonly ArchivedEvent[] {
    return this.#archives.read(page);
  }

  measureArchive(archive: string): ArchiveSize {
    return this.#archives.measure(archive);
  }

  close(): void {
    this.#database.close();
  }

  #fail(unreadable: readonly UnreadableDelivery[], failedAt: number): void {
    const settlements = unreadable.map(({ id, attempts, reason }) => {
      const error = { code: 'INTERNAL_ERROR', message: `The database is damaged: ${reason}` };
      return { id, kind: 'failed', failedAt, attempts, error } as const;
    });
    try {
      this.commit([{ kind: 'settle', settlements }]);
    } catch {
      // The others are leased by now and must be handed out. These come again when their leases end.
    }
  }

  #attempt(change: Change): Outcome {
    const counted = this.#counters.values;
    this.#beginCall.run();
    try {
      const value = this.#apply(change);
      this.#endCall.run();
      return { kind: 'kept', value };
    } catch (error) {
      // Some errors (a full disk may be one) end the whole transaction.
      if (!this.#database.inTransaction) throw error;
      this.#forgetChanges();
      this.#counters.reset(counted);
      this.#undoCall.run();
      this.#endCall.run();
      return { kind: 'refused', error: named(error) };
    }
  }

  #apply(change: Change): number {
    switch (change.kind) {
      case 'append':
        this.#deliveries.append(change.events);
        return 0;
      case 'settle':
        this.#deliveries.settle(change.settlements);
        return 0;
      case 'redrive':
        return this.#deliveries.redrive(change.ids, change.now);
      case 'trim':
        return this.#archives.trim(change.archive, change);
      case 'probe':
        this.#counters.writeOne('sequence');
        return 0;
      case 'configure':
        return this.#configuration.write(change.configuration);
    }
  }

  #releaseSettled(changes: readonly Change[], outcomes: readonly Outcome[]): void {
    for (const [index, change] of changes.entries()) {
      if (change.kind !== 'settle' || outcomes[index]?.kind !== 'kept') continue;
      this.#desk.release(change.settlements.map(({ id }) => id));
    }
  }
}

// SQLite's own words, with what they mean for the caller before them.
function named(error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const message = `Nothing was stored: ${error.message} (${error.code}).`;
  return new StoreFailure(problemOf(error.code), message, { cause: error });
}

function problemOf(code: string): StoreProblem {
  if (code === 'SQLITE_FULL') return 'full';
  return /^SQLITE_(CORRUPT|NOTADB)/.test(code) ? 'damaged' : 'refused';
}
