import { archivePlace } from '../bus/configuration.ts';
import type { Action } from './action.ts';
import { existingArchive } from './archive-fields.ts';
import { alignArchiveRule } from './archive-rule.ts';

/**
 * Deletes an archive and its rule. When a crash leaves the rule behind, an archive of the same name takes it
 * over, and a user may remove it by force.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteArchive.html
 */
export const deleteArchive: Action<'DeleteArchive'> = async ({ archiveName }, context) => {
  const { scope, configuration } = context;
  const archive = existingArchive(configuration.archive(scope, archiveName), archiveName);
  await configuration.archives.change(archivePlace(scope, archiveName), (current) => {
    existingArchive(current, archiveName);
    return undefined;
  });
  await alignArchiveRule(archive, context);
  return {};
};
