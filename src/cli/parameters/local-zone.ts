import { readFileSync } from 'node:fs';

// Where systems with time zones in files have them; on others zones have no short names to be known by.
const FOLDER = '/usr/share/zoneinfo';

/**
 * The short names of this machine's time zone, winter's and summer's (`CET`, `CEST`): dates that `date` prints end with
 * them. Empty where the system does not tell.
 */
export function localZoneNames(): readonly string[] {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  try {
    const file = readFileSync(`${FOLDER}/${timeZone}`, 'latin1');
    return zoneNames(file.trimEnd().split('\n').at(-1) ?? '');
  } catch {
    return [];
  }
}

/** The names in the last line of a zone's file, `CET-1CEST,M3.5.0,M10.5.0/3`. */
export function zoneNames(rule: string): readonly string[] {
  const match = /^([A-Za-z]{3,5})[-+]?[\d:]+(?:([A-Za-z]{3,5})|,|$)/.exec(rule);
  return [match?.[1], match?.[2]].filter((name) => name !== undefined);
}
