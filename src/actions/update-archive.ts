import { archivePlace } from '../bus/configuration.ts';
import { type Archive, archiveStatus } from '../domain/archive.ts';
import { archiveArn } from '../domain/arn.ts';
import { ServiceError } from '../domain/errors.ts';
import type { Action } from './action.ts';
import { existingArchive } from './archive-fields.ts';
import { alignArchiveRule, presentArchiveRule, refuseUnrulable } from './archive-rule.ts';
import { compilePattern } from './compile-pattern.ts';
import { replacedText } from './replaced-text.ts';
import { wholeSeconds } from './whole-seconds.ts';

/**
 * Changes what is given of an archive, all of it or nothing, and puts its rule anew: that also mends an
 * archive whose rule was removed by force.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UpdateArchive.html
 */
export const updateArchive: Action<'UpdateArchive'> = async (request, context) => {
  const { scope, configuration } = context;
  const { archiveName, description, eventPattern, retentionDays, kmsKeyIdentifier } = request;
  const given = [description, eventPattern, retentionDays, kmsKeyIdentifier];
  if (given.every((member) => member === undefined)) {
    throw new ServiceError(
      'ValidationException',
      'At least one of EventPattern, RetentionDays or Description must be provided.',
    );
  }
  const place = archivePlace(scope, archiveName);
  const archive = await configuration.archives.change(place, (current): Archive => {
    const { busName, ...rest } = existingArchive(current, archiveName);
    if (eventPattern) compilePattern(eventPattern);
    if (configuration.eventBus(scope, busName) === undefined) {
      throw new ServiceError(
        'ResourceNotFoundException',
        `Archive ${archiveName} managed rule does not exist.`,
      );
    }
    const updated = {
      ...rest,
      busName,
      description: replacedText(description, rest.description),
      eventPattern: replacedText(eventPattern, rest.eventPattern),
      kmsKeyIdentifier: replacedText(kmsKeyIdentifier, rest.kmsKeyIdentifier),
      retentionDays: retentionDays ?? rest.retentionDays,
    };
    refuseUnrulable(updated, context);
    return updated;
  });
  await alignArchiveRule(archive, context);
  return {
    archiveArn: archiveArn(scope, archiveName),
    ...archiveStatus(presentArchiveRule(archive, context)),
    creationTime: wholeSeconds(archive.createdAt),
  };
};
