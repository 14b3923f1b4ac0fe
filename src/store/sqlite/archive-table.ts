import type Database from 'better-sqlite3';
import type { ArchivedEvent, ArchiveSize } from '../../domain/archive.ts';
import { type BusEvent, eventTime } from '../../domain/event.ts';
import { type ArchivePlace, archivePosition, startOfPage, withinBytes } from '../archive-position.ts';
import type { ArchivePage } from '../store.ts';
import type { EventTable } from './event-table.ts';
import { sqlText } from './sql-text.ts';
import { type StoredText, storedText } from './stored-text.ts';

/** An event that an archive is to retain. */
export interface Retained {
  /** Its number of the log. */
  readonly sequence: number;
  readonly event: BusEvent;
}

type Archive = ArchiveSize & { readonly number: number };
type Archived = ArchivePlace & { readonly bytes: number };

/** What archives retain. Whatever changes it runs in the transaction of the caller. */
export class ArchiveTable {
  readonly #events: EventTable;
  readonly #add;
  readonly #insert;
  readonly #find;
  readonly #read;
  readonly #expired;
  readonly #delete;
  readonly #release;
  readonly #deleteArchive;

  constructor(database: Database.Database, events: EventTable) {
    this.#events = events;
    this.#add = database.prepare<[StoredText, number, number], number>(sqlText('add-to-archive')).pluck();
    this.#insert = database.prepare<[number, number, number, number, number]>(sqlText('insert-archived'));
    this.#find = database.prepare<[StoredText], Archive>(sqlText('find-archive'));
    this.#read = database.prepare<[number, number, number, number, number], Archived>(
      sqlText('read-archived'),
    );
    this.#expired = database.prepare<[number, number, number], Archived>(sqlText('expired-archived'));
    this.#delete = database.prepare<[number, number, number]>(sqlText('delete-archived'));
    this.#release = database.prepare<[number]>(sqlText('release-archived'));
    this.#deleteArchive = database.prepare<[number]>(sqlText('delete-archive'));
  }

  /** Enters events, which are kept and know of it, into an archive. */
  retain(key: string, events: readonly Retained[]): void {
    const sizes = events.map(({ event }) => Buffer.byteLength(event.envelope));
    const all = sizes.reduce((sum, size) => sum + size, 0);
    const archive = this.#add.get(storedText(key), events.length, all) ?? 0;
    for (const [index, { sequence, event }] of events.entries()) {
      this.#insert.run(archive, eventTime(event), sequence, event.receivedAt, sizes[index] ?? 0);
    }
  }

  /** A page of events. Throws when one of them can't be read: the database is damaged. */
  read({ archive: key, from, to, after, max, maxBytes }: ArchivePage): readonly ArchivedEvent[] {
    const start = startOfPage({ from, after });
    const archive = this.#find.get(storedText(key));
    if (archive === undefined) return [];
    const page = this.#read.all(archive.number, start.time, start.event, to, max);
    return withinBytes(page, maxBytes).map((place) => ({
      event: this.#events.read(place.event),
      position: archivePosition(place),
    }));
  }

  measure(key: string): ArchiveSize {
    const { events, bytes } = this.#find.get(storedText(key)) ?? { events: 0, bytes: 0 };
    return { events, bytes };
  }

  /** Lets go of events that were received before a time, at most `max`; answers how many. */
  trim(key: string, { before, max }: { readonly before: number; readonly max: number }): number {
    const archive = this.#find.get(storedText(key));
    if (archive === undefined) return 0;
    const expired = this.#expired.all(archive.number, before, max);
    for (const { time, event } of expired) {
      this.#delete.run(archive.number, time, event);
      this.#release.run(event);
      this.#events.forgetUnneeded(event);
    }
    const bytes = expired.reduce((sum, each) => sum + each.bytes, 0);
    this.#add.get(storedText(key), -expired.length, -bytes);
    this.#deleteArchive.run(archive.number);
    return expired.length;
  }
}
