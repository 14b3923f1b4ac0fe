import type Database from 'better-sqlite3';
import { StoreFailure } from '../store.ts';
import { sqlText } from './sql-text.ts';

const NAMES = ['failed', 'owed', 'revision', 'sequence'] as const;

/**
 * What is counted: revisions and sequence numbers that were given out, which never go back, and deliveries
 * that are owed or failed, which would take a scan of the table to count.
 */
export type CounterName = (typeof NAMES)[number];

/** What the counters stood at. */
export type CounterValues = Readonly<Record<CounterName, number>>;

/**
 * The numbers that are kept beside the tables, changed in the same transactions: in memory with each call, and in the
 * table once for all calls that share a commit. Nobody else can write the table while it is open here.
 */
export class Counters {
  readonly #write;
  readonly #read;
  #values: CounterValues | undefined;
  // As the table has them.
  #written: CounterValues | undefined;

  constructor(database: Database.Database) {
    this.#write = database.prepare<[number, CounterName]>(sqlText('write-counter'));
    this.#read = database.prepare<[CounterName], number>(sqlText('read-counter')).pluck();
  }

  /** What they stand at, to come back to with `reset`. Throws StoreFailure when one is gone from the table. */
  get values(): CounterValues {
    if (this.#values === undefined) {
      this.#values = {
        failed: this.#readOne('failed'),
        owed: this.#readOne('owed'),
        revision: this.#readOne('revision'),
        sequence: this.#readOne('sequence'),
      };
      this.#written = this.#values;
    }
    return this.#values;
  }

  /** Answers the new value. */
  add(name: CounterName, difference: number): number {
    const value = this.values[name] + difference;
    if (difference !== 0) this.#values = { ...this.values, [name]: value };
    return value;
  }

  read(name: CounterName): number {
    return this.values[name];
  }

  /** What was counted since then is taken back. */
  reset(values: CounterValues): void {
    this.#values = values;
  }

  /** A transaction is taken back, or nobody knows: what counts is what the table says. */
  reread(): void {
    this.#values = undefined;
  }

  /** Writes those that have changed, in the transaction of the caller. */
  write(): void {
    const { values } = this;
    for (const name of NAMES) if (values[name] !== this.#written?.[name]) this.writeOne(name);
  }

  /** Writes one whether or not it has changed. Throws StoreFailure when it is gone from the table. */
  writeOne(name: CounterName): void {
    if (this.#write.run(this.values[name], name).changes === 0) throw gone(name);
  }

  /** The transaction is committed. */
  committed(): void {
    this.#written = this.#values;
  }

  #readOne(name: CounterName): number {
    const value = this.#read.get(name);
    if (value === undefined) throw gone(name);
    return value;
  }
}

function gone(name: CounterName): StoreFailure {
  return new StoreFailure('damaged', `The counter ${name} is gone from the database.`);
}
