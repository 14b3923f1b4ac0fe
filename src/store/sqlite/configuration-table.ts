import type Database from 'better-sqlite3';
import { type ConfigurationRecord, RevisionConflict } from '../store.ts';
import type { Counters } from './counters.ts';
import { sqlText } from './sql-text.ts';
import { type StoredText, storedText, textOf } from './stored-text.ts';

/** A change of configuration whose value is JSON text by now; undefined deletes the record. */
export interface JsonConfigurationChange {
  readonly kind: string;
  readonly key: string;
  readonly json: string | undefined;
  readonly expectedRevision: number;
}

interface ConfigurationRow {
  readonly kind: StoredText;
  readonly key: StoredText;
  readonly value: string;
  readonly revision: number;
}

/** The records of configuration in their table. */
export class ConfigurationTable {
  readonly #counters: Counters;
  readonly #readAll;
  readonly #readRevision;
  readonly #put;
  readonly #delete;

  constructor(database: Database.Database, counters: Counters) {
    this.#counters = counters;
    this.#readAll = database.prepare<[], ConfigurationRow>(sqlText('read-configuration'));
    this.#readRevision = database.prepare<[StoredText, StoredText], number>(sqlText('read-revision')).pluck();
    this.#put = database.prepare<[StoredText, StoredText, string, number]>(sqlText('put-configuration'));
    this.#delete = database.prepare<[StoredText, StoredText]>(sqlText('delete-configuration'));
  }

  /** Every record, in order of kind and key (by code unit). */
  read(): readonly ConfigurationRecord[] {
    // Sorted here: SQLite's own order is that of UTF-8, which is another one beyond U+FFFF.
    return this.#readAll
      .all()
      .map((row) => ({
        kind: textOf(row.kind),
        key: textOf(row.key),
        value: JSON.parse(row.value),
        revision: row.revision,
      }))
      .sort((a, b) => compare(a.kind, b.kind) || compare(a.key, b.key));
  }

  /** Changes one record, inside the transaction of the caller; answers its revision. Throws RevisionConflict. */
  write(change: JsonConfigurationChange): number {
    const kind = storedText(change.kind);
    const key = storedText(change.key);
    const seen = this.#readRevision.get(kind, key) ?? 0;
    if (seen !== change.expectedRevision) {
      throw new RevisionConflict(
        `${change.kind} ${change.key} is at revision ${seen}, not ${change.expectedRevision}`,
      );
    }
    const revision = this.#counters.add('revision', 1);
    if (change.json === undefined) this.#delete.run(kind, key);
    else this.#put.run(kind, key, change.json, revision);
    return revision;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
