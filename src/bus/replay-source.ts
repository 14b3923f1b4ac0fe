import type { Archive } from '../domain/archive.ts';
import { parseArn } from '../domain/arn.ts';
import type { Configuration } from './configuration.ts';

/**
 * How much of an archive is read, and published, at a time. A kill makes so much of a replay come twice, and so much
 * is in memory for each reader.
 */
export const ARCHIVE_STEP = { max: 100, maxBytes: 4 * 1024 * 1024 } as const;

const DAY_MS = 24 * 60 * 60 * 1000;

/** The archive of an ARN, as long as it is still the one with that id. */
export function archiveOf(
  { eventSourceArn, archiveId }: { readonly eventSourceArn: string; readonly archiveId: string },
  configuration: Configuration,
): Archive | undefined {
  const { account = '', region = '', resource = '' } = parseArn(eventSourceArn) ?? {};
  const archive = configuration.archive({ account, region }, resource.slice('archive/'.length));
  return archive?.id === archiveId ? archive : undefined;
}

/** Events that an archive received before this have expired, gone or not; epoch milliseconds. */
export function expiredBefore({ retentionDays }: Archive, now: number): number {
  return retentionDays === 0 ? Number.NEGATIVE_INFINITY : now - retentionDays * DAY_MS;
}
