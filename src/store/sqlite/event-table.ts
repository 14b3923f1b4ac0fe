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
    this.#insert = database.prepare<[number, StoredText, StoredText, number, StoredText, Hops | null]>(
      sqlText('insert-event'),
    );
    this.#read = database.prepare<[number], EventRow>(sqlText('read-event'));
    this.#forget = database.prepare<[number]>(sqlText('forget-event'));
  }

  insert(sequence: number, event: BusEvent): void {
    this.#insert.run(
      sequence,
      storedText(event.id),
      storedText(event.busArn),
      event.receivedAt,
      storedText(event.envelope),
      event.hops ?? null,
    );
  }

  /** Throws when it isn't there: a delivery that needs an event keeps it. */
  read(sequence: number): BusEvent {
    const row = this.#read.get(sequence);
    if (row === undefined) throw new Error(`Event ${sequence} is gone though a delivery needs it.`);
    return {
      id: textOf(row.id),
      busArn: textOf(row.busArn),
      receivedAt: row.receivedAt,
      envelope: textOf(row.envelope),
      ...(row.hops === null ? {} : { hops: row.hops }),
    };
  }

  /** Forgets an event that no delivery needs any more. */
  forgetUnneeded(sequence: number): void {
    this.#forget.run(sequence);
  }
}
