import { archiveArn } from '../domain/arn.ts';
import type { Action } from './action.ts';
import { archiveFields, existingArchive } from './archive-fields.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeArchive.html */
export const describeArchive: Action<'DescribeArchive'> = async ({ archiveName }, context) => {
  const { scope, configuration } = context;
  const archive = existingArchive(configuration.archive(scope, archiveName), archiveName);
  return {
    ...(await archiveFields(archive, context)),
    archiveArn: archiveArn(scope, archiveName),
    description: archive.description,
    eventPattern: archive.eventPattern,
    kmsKeyIdentifier: archive.kmsKeyIdentifier,
  };
};
