import { archivePlace, placeIn } from '../bus/configuration.ts';
import type { ArchiveRemoval } from '../domain/archive.ts';
import type { Action } from './action.ts';
import { existingArchive } from './archive-fields.ts';
import { alignArchiveRule } from './archive-rule.ts';

/**
 * Deletes an archive and its rule; its events go in the background. When a crash leaves the rule behind, an archive of the same name takes it
 * over, and a user may remove it by force.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteArchive.html
 */
export const deleteArchive: Action<'DeleteArchive'> = async ({ archiveName }, context) => {
  const { scope, configuration, clock } = context;
  const archive = existingArchive(configuration.archive(scope, archiveName), archiveName);
  // First, so that no crash leaves events that nobody knows of.
  const removal: ArchiveRemoval = { id: archive.id, deletedAt: clock.now() };
  await configuration.archiveRemovals.change(placeIn(scope, archive.id), () => removal);
  await configuration.archives.change(archivePlace(scope, archiveName), (current) => {
    existingArchive(current, archiveName);
    return undefined;
  });
  await alignArchiveRule(archive, context);
  return {};
};
