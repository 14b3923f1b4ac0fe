import { chmodSync, closeSync, existsSync, openSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { makeFolder } from '../make-folder.ts';
import { type Migration, readMigrations } from './sql-text.ts';

// Configuration may hold the secrets of connections.
const OWNER_ONLY = 0o600;

/** The one file of a store, in the store's folder; its write-ahead log lies beside it. */
const FILE_NAME = 'busbar.sqlite';

// Only opening ever waits: for a process that is on its way out.
const BUSY_TIMEOUT_MILLISECONDS = 1_000;

// SQLite copies the write-ahead log into the database each time it has grown by this much, then begins the
// log anew; after a burst the file is cut back.
const CHECKPOINT_PAGES = 1_000;
const JOURNAL_LIMIT_BYTES = 64 * 1_024 * 1_024;
const CACHE_KIBIBYTES = 16 * 1_024;

/**
 * Opens the database of a folder, creates both where they are missing, and brings the schema up to date.
 * Throws when another process has it open, or when a newer Busbar wrote it. The lock is the operating
 * system's own, so it ends with the process, however that ends.
 */
export function openDatabase(folder: string): Database.Database {
  makeFolder(resolve(folder));
  const path = join(folder, FILE_NAME);
  createFile(path);
  const database = new Database(path, { timeout: BUSY_TIMEOUT_MILLISECONDS });
  try {
    configure(database);
    migrate(database, path, readMigrations());
    // Only now is it known to be ours. The log beside it may be older than this, too.
    for (const file of [path, `${path}-wal`, `${path}-shm`]) closeToOthers(file);
    return database;
  } catch (error) {
    database.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new Error(`Another process has ${path} open: stop it, or use another folder.`, { cause: error });
    }
    throw isDamage(error) ? damaged(path, error) : error;
  }
}

function isDamage(error: unknown): error is Error {
  return error instanceof Database.SqliteError && /^SQLITE_(NOTADB|CORRUPT)/.test(error.code);
}

function damaged(path: string, cause: Error): Error {
  const text = `${path} is damaged, or no database (${cause.message}): put back a copy, or use another folder.`;
  return new Error(text, { cause });
}

function configure(database: Database.Database): void {
  // Before the first read: from then on this connection alone has the file, and SQLite needs no shared memory.
  database.pragma('locking_mode = EXCLUSIVE');
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  // On macOS a plain fsync doesn't reach the platter.
  database.pragma('fullfsync = ON');
  database.pragma('checkpoint_fullfsync = ON');
  database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  database.pragma(`journal_size_limit = ${JOURNAL_LIMIT_BYTES}`);
  database.pragma(`cache_size = -${CACHE_KIBIBYTES}`);
  database.pragma('temp_store = MEMORY');
}

function migrate(database: Database.Database, path: string, migrations: readonly Migration[]): void {
  const latest = migrations.at(-1)?.version ?? 0;
  const toLatest = database.transaction(() => {
    const version = Number(database.pragma('user_version', { simple: true }));
    if (version > latest) {
      throw new Error(
        `A newer Busbar wrote ${path}: its schema is ${version}, this Busbar knows those up to ${latest}.`,
      );
    }
    for (const migration of migrations) {
      if (migration.version <= version) continue;
      database.exec(migration.sql);
      database.pragma(`user_version = ${migration.version}`);
    }
  });
  toLatest.immediate();
}

// The folder may be one that others can look into. SQLite gives the files beside it the mode of this one. One
// that is there already must not be opened: closing it would end the lock of a store that this process has open.
function createFile(path: string): void {
  try {
    closeSync(openSync(path, 'ax', OWNER_ONLY));
  } catch (error) {
    if (!existsSync(path)) throw error;
  }
}

function closeToOthers(path: string): void {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode;
  if (mode === undefined || (mode & 0o077) === 0 || process.platform === 'win32') return;
  try {
    chmodSync(path, OWNER_ONLY);
  } catch {
    // Somebody else's file, on a volume that is shared on purpose: it stays as that person made it.
  }
}
