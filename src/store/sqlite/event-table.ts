import type Database from 'better-sqlite3';
import type { BusEvent, Hops } from '../../domain/event.ts';
import { sqlText } from './sql-text.ts';
import { type StoredText, storedText, textOf } from './stored-text.ts';

interface EventRow {
  readonly id: StoredText;
  readonly busArn: StoredText;
  readonly receivedAt: number;
  readonly envelope: StoredText;
  readonly hops: Hops | null;
}

/** The events that are still needed, by their sequence number. */
export class EventTable {
  readonly #insert;
  readonly #read;
  readonly #forget;

  constructor(database: Database.Database) {
    this.#insert = database.prepare<
      [number, StoredText, StoredText, number, StoredText, Hops | null, number]
    >(sqlText('insert-event'));
    this.#read = database.prepare<[number], EventRow>(sqlText('read-event'));
    this.#forget = database.prepare<[number]>(sqlText('forget-event'));
  }

  /** Keeps an event that so many archives retain. */
  insert(sequence: number, event: BusEvent, archives: number): void {
    this.#insert.run(
      sequence,
      storedText(event.id),
      storedText(event.busArn),
      event.receivedAt,
      storedText(event.envelope),
      event.hops ?? null,
      archives,
    );
  }

  /** Throws when it isn't there: a delivery or an archive that needs an event keeps it. */
  read(sequence: number): BusEvent {
    const row = this.#read.get(sequence);
    if (row === undefined) throw new Error(`Event ${sequence} is gone though it is needed.`);
    return {
      id: textOf(row.id),
      busArn: textOf(row.busArn),
      receivedAt: row.receivedAt,
      envelope: textOf(row.envelope),
      ...(row.hops === null ? {} : { hops: row.hops }),
    };
  }

  /** Forgets an event that no delivery and no archive needs any more. */
  forgetUnneeded(sequence: number): void {
    this.#forget.run(sequence);
  }
}
