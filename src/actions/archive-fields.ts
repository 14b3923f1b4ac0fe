import type { Archive as ArchiveFields } from '../api-model/types.generated.ts';
import { type Archive, archiveStatus } from '../domain/archive.ts';
import { eventBusArn } from '../domain/arn.ts';
import { ServiceError } from '../domain/errors.ts';
import type { ActionContext } from './action.ts';
import { presentArchiveRule } from './archive-rule.ts';
import { wholeSeconds } from './whole-seconds.ts';

/** What ListArchives says of an archive, and DescribeArchive says too. */
export async function archiveFields(archive: Archive, context: ActionContext): Promise<ArchiveFields> {
  const { events, bytes } = await context.measureArchive(archive.id);
  return {
    archiveName: archive.name,
    eventSourceArn: eventBusArn(context.scope, archive.busName),
    ...archiveStatus(presentArchiveRule(archive, context)),
    retentionDays: archive.retentionDays,
    sizeBytes: bytes,
    eventCount: events,
    creationTime: wholeSeconds(archive.createdAt),
  };
}

/** The archive of that name, or AWS's refusal. */
export function existingArchive(archive: Archive | undefined, name: string): Archive {
  if (archive !== undefined) return archive;
  throw new ServiceError('ResourceNotFoundException', `Archive ${name} does not exist.`);
}
