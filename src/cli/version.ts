import { readFileSync } from 'node:fs';

/** Busbar's version. The bundle holds it as a text; it is read from the package's description here. */
export function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(text) as { version: string };
  return version;
}
