import type { Finding } from './finding.ts';
import type { Inventory, ListedArchive } from './inventory.ts';
import type { Mending } from './mending.ts';
import { patternOf, whyNeverMatches } from './pattern-of.ts';

const WORKING = ['ENABLED', 'CREATING', 'UPDATING'];

/** Archives that get no events: they are not at work, or their patterns can't match. */
export function checkArchives({ archives }: Inventory, mending: Mending): readonly Finding[] {
  return archives.flatMap((archive): readonly Finding[] => {
    const { State, StateReason } = archive;
    if (!WORKING.includes(State)) {
      const why = StateReason ?? 'The service does not say why.';
      return [finding(archive, { what: `is ${State} and keeps no new events.`, why }, mending)];
    }
    const pattern = patternOf(archive.EventPattern);
    const why = pattern === undefined ? undefined : whyNeverMatches(pattern);
    if (why === undefined) return [];
    return [finding(archive, { what: 'has a pattern that no event matches.', why }, mending)];
  });
}

function finding(
  { ArchiveName, State, EventPattern, RetentionDays }: ListedArchive,
  { what, why }: { readonly what: string; readonly why: string },
  mending: Mending,
): Finding {
  const works = WORKING.includes(State);
  return {
    severity: 'error',
    check: 'archive-keeps-nothing',
    resource: ArchiveName,
    what: `The archive ${ArchiveName} ${what}`,
    why,
    mend: mending.events('update-archive', {
      'archive-name': ArchiveName,
      ...(works
        ? { 'event-pattern': 'PATTERN' }
        : { 'event-pattern': EventPattern, 'retention-days': String(RetentionDays ?? 0) }),
    }),
  };
}
