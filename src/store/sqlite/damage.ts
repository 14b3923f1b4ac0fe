import Database from 'better-sqlite3';

/**
 * Why rows can't be read, when it is they that are damaged. Throws the error when it is SQLite that fails: that
 * may pass, and says nothing about the rows.
 */
export function reasonOfDamage(error: unknown): string {
  if (error instanceof Database.SqliteError && !error.code.startsWith('SQLITE_CORRUPT')) throw error;
  return error instanceof Error ? error.message : String(error);
}
