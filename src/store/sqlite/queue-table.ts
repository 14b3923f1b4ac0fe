import Database from 'better-sqlite3';
import type { OwedDelivery } from '../../domain/delivery.ts';
import { reasonOfDamage } from './damage.ts';
import { sqlText } from './sql-text.ts';
import { type StoredText, storedText, textOf } from './stored-text.ts';

// Numbers are needed with every delivery that is kept. Beyond this many, all are read from the table again.
const MAXIMUM_KNOWN = 100_000;

/** The number of each queue: what one target is owed. */
export class QueueTable {
  readonly #find;
  readonly #insert;
  readonly #read;
  // By owner, then by target id: to make one key of both would cost more than to look twice.
  readonly #ids = new Map<string, Map<string, number>>();
  #knownIds = 0;
  readonly #names = new Map<number, OwedDelivery>();

  constructor(database: Database.Database) {
    forgetUnneeded(database);
    this.#find = database.prepare<[StoredText, StoredText], number>(sqlText('find-queue')).pluck();
    this.#insert = database.prepare<[StoredText, StoredText], number>(sqlText('insert-queue')).pluck();
    this.#read = database.prepare<[number], { owner: StoredText; targetId: StoredText }>(
      sqlText('read-queue'),
    );
  }

  /** The number of a queue; a new one, inside the transaction of the caller, when it had none. */
  idOf(name: OwedDelivery): number {
    const id = this.find(name) ?? this.#insert.get(storedText(name.owner), storedText(name.targetId));
    if (id === undefined) throw new Error('The database gave a queue no number.');
    this.#remember(name, id);
    return id;
  }

  /** The number of a queue that has one. */
  find(name: OwedDelivery): number | undefined {
    const known = this.#ids.get(name.owner)?.get(name.targetId);
    if (known !== undefined) return known;
    const id = this.#find.get(storedText(name.owner), storedText(name.targetId));
    if (id !== undefined) this.#remember(name, id);
    return id;
  }

  /** Which queue has the number; undefined when that can't be read. */
  nameOf(id: number): OwedDelivery | undefined {
    const known = this.#names.get(id);
    if (known !== undefined) return known;
    const name = this.#readName(id);
    if (name === undefined) return undefined;
    if (this.#names.size >= MAXIMUM_KNOWN) this.#names.clear();
    this.#names.set(id, name);
    return name;
  }

  /** To be called when a transaction, or a part of one, is taken back: numbers may have been given out in it. */
  reread(): void {
    this.#ids.clear();
    this.#knownIds = 0;
    this.#names.clear();
  }

  #remember({ owner, targetId }: OwedDelivery, id: number): void {
    if (this.#knownIds >= MAXIMUM_KNOWN) {
      this.#ids.clear();
      this.#knownIds = 0;
    }
    let ofOwner = this.#ids.get(owner);
    if (ofOwner === undefined) {
      ofOwner = new Map();
      this.#ids.set(owner, ofOwner);
    }
    ofOwner.set(targetId, id);
    this.#knownIds += 1;
  }

  #readName(id: number): OwedDelivery | undefined {
    try {
      const row = this.#read.get(id);
      return row && { owner: textOf(row.owner), targetId: textOf(row.targetId) };
    } catch (error) {
      reasonOfDamage(error);
      return undefined;
    }
  }
}

function forgetUnneeded(database: Database.Database): void {
  try {
    database.prepare(sqlText('forget-queues')).run();
  } catch (error) {
    // Not for want of a few rows' room may a store stay closed: this can wait until the disk has some.
    if (!(error instanceof Database.SqliteError)) throw error;
  }
}
