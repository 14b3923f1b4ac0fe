import type Database from 'better-sqlite3';
import { StoreFailure } from '../store.ts';
import { sqlText } from './sql-text.ts';

/**
 * What is counted: revisions and sequence numbers that were given out, which never go back, and deliveries
 * that are owed or failed, which would take a scan of the table to count.
 */
export type CounterName = 'failed' | 'owed' | 'revision' | 'sequence';

/** The numbers that are kept beside the tables, changed in the same transactions. */
export class Counters {
  readonly #add;
  readonly #read;

  constructor(database: Database.Database) {
    this.#add = database.prepare<[number, CounterName], number>(sqlText('add-to-counter')).pluck();
    this.#read = database.prepare<[CounterName], number>(sqlText('read-counter')).pluck();
  }

  /** Answers the new value. */
  add(name: CounterName, difference: number): number {
    return present(name, this.#add.get(difference, name));
  }

  read(name: CounterName): number {
    return present(name, this.#read.get(name));
  }
}

function present(name: CounterName, value: number | undefined): number {
  if (value === undefined) {
    throw new StoreFailure('damaged', `The counter ${name} is gone from the database.`);
  }
  return value;
}
