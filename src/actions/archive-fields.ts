import type { Archive as ArchiveFields } from '../api-model/types.generated.ts';
import { type Archive, archiveStatus } from '../domain/archive.ts';
import { eventBusArn } from '../domain/arn.ts';
import { ServiceError } from '../domain/errors.ts';
import type { ActionContext } from './action.ts';
import { presentArchiveRule } from './archive-rule.ts';
import { wholeSeconds } from './whole-seconds.ts';

/** What ListArchives says of an archive, and DescribeArchive says too. */
export function archiveFields(archive: Archive, context: ActionContext): ArchiveFields {
  return {
    archiveName: archive.name,
    eventSourceArn: eventBusArn(context.scope, archive.busName),
    ...archiveStatus(presentArchiveRule(archive, context)),
    retentionDays: archive.retentionDays,
    // Nothing is archived yet, and these say so.
    sizeBytes: 0,
    eventCount: 0,
    creationTime: wholeSeconds(archive.createdAt),
  };
}

/** The archive of that name, or AWS's refusal. */
export function existingArchive(archive: Archive | undefined, name: string): Archive {
  if (archive !== undefined) return archive;
  throw new ServiceError('ResourceNotFoundException', `Archive ${name} does not exist.`);
}
