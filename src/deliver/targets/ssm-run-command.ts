import { SendCommandCommand, SSMClient } from '@aws-sdk/client-ssm';
import { createAwsCallTarget } from './aws-call.ts';
import { AwsClients, type AwsSettings } from './aws-clients.ts';
import { nameOrArn, resourceName } from './resource-name.ts';
import { documentParameters } from './ssm-parameters.ts';
import type { TargetKind } from './target-kind.ts';

const REFUSALS = new Set([
  'DuplicateInstanceId',
  'InvalidInstanceId',
  'InvalidNotificationConfig',
  'InvalidOutputFolder',
  'InvalidParameters',
  'InvalidRole',
  'MaxDocumentSizeExceeded',
  'UnsupportedPlatformType',
]);

/**
 * Systems Manager Run Command: the document that is the target is run on the machines that its RunCommandParameters
 * choose, with the input as its parameters.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_SendCommand.html
 */
export function createSsmRunCommandTarget(settings: AwsSettings): TargetKind {
  return createAwsCallTarget(
    {
      service: 'AWS Systems Manager',
      refusals: REFUSALS,
      clients: new AwsClients('SSM', settings, (config) => new SSMClient(config)),
      send(client, { target, input, delivery }, options) {
        const chosen = target.runCommandParameters?.runCommandTargets ?? [];
        const command = new SendCommandCommand({
          DocumentName: nameOrArn(target.arn, resourceName(target.arn), delivery),
          Targets: chosen.map(({ key, values }) => ({ Key: key, Values: [...values] })),
          Parameters: documentParameters(target, input),
        });
        return client.send(command, options);
      },
    },
    settings,
  );
}
