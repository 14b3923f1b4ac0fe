import { readdirSync, readFileSync } from 'node:fs';

/** The statement in `sql/NAME.sql`. */
export function sqlText(name: string): string {
  return readFileSync(new URL(`./sql/${name}.sql`, import.meta.url), 'utf8');
}

/** A step from one schema to the next. */
export interface Migration {
  /** The schema that it leads to. */
  readonly version: number;
  readonly sql: string;
}

/** The files of `migrations/` in their order. */
export function readMigrations(): readonly Migration[] {
  const folder = new URL('./migrations/', import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({
      version: Number.parseInt(name, 10),
      sql: readFileSync(new URL(name, folder), 'utf8'),
    }));
}
