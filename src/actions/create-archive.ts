import { archivePlace } from '../bus/configuration.ts';
import { type Archive, archiveStatus } from '../domain/archive.ts';
import { archiveArn } from '../domain/arn.ts';
import { ServiceError } from '../domain/errors.ts';
import type { Action, ActionContext } from './action.ts';
import { alignArchiveRule, presentArchiveRule, refuseUnrulable } from './archive-rule.ts';
import { busArnParameter, invalidParameter } from './bus-arn-parameter.ts';
import { compilePattern } from './compile-pattern.ts';
import { existingBus } from './named.ts';
import { wholeSeconds } from './whole-seconds.ts';

/**
 * Creates an archive, and on its event bus the rule that picks its events. When only the first of the two was
 * written before a crash, the archive is disabled until it is updated.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateArchive.html
 */
export const createArchive: Action<'CreateArchive'> = async (request, context) => {
  const { scope, configuration, clock } = context;
  const name = request.archiveName;
  refuseForeignSource(request.eventSourceArn, context);
  if (request.eventPattern) compilePattern(request.eventPattern);
  const archive: Archive = {
    name,
    id: context.newResourceId(),
    busName: existingBus(request.eventSourceArn, scope, configuration).name,
    eventPattern: request.eventPattern || undefined,
    description: request.description || undefined,
    kmsKeyIdentifier: request.kmsKeyIdentifier || undefined,
    retentionDays: request.retentionDays ?? 0,
    createdAt: clock.now(),
  };
  const place = archivePlace(scope, name);
  await configuration.archives.change(place, (current): Archive => {
    if (current !== undefined) {
      throw new ServiceError('ResourceAlreadyExistsException', `Archive ${name} already exists.`);
    }
    refuseUnrulable(archive, context);
    return archive;
  });
  try {
    await alignArchiveRule(archive, context);
  } catch (error) {
    // Somebody's own rule took the name between the two writes: an archive that was refused must not stay.
    await configuration.archives.change(place, (current) =>
      current?.id === archive.id ? undefined : current,
    );
    throw error;
  }
  return {
    archiveArn: archiveArn(scope, name),
    ...archiveStatus(presentArchiveRule(archive, context)),
    creationTime: wholeSeconds(archive.createdAt),
  };
};

function refuseForeignSource(eventSourceArn: string, { scope }: ActionContext): void {
  const { partition, region, account } = busArnParameter(eventSourceArn, 'EventSourceArn');
  const crossed =
    (partition !== 'aws' && 'partition') ||
    (region !== scope.region && 'region') ||
    (account !== scope.account && 'account');
  if (crossed)
    throw invalidParameter('EventSourceArn', `Creating cross-${crossed} archive is not permitted.`);
}
