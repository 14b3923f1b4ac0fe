import { CreateOpsItemCommand, SSMClient } from '@aws-sdk/client-ssm';
import { createAwsCallTarget } from './aws-call.ts';
import { AwsClients, type AwsSettings } from './aws-clients.ts';
import { opsItemOf } from './ops-item.ts';
import type { TargetKind } from './target-kind.ts';

/**
 * Systems Manager OpsCenter: an OpsItem is made of the input, or of the event as it is. One that is there already by its
 * `/aws/dedup` will do.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateOpsItem.html
 */
export function createSsmOpsItemTarget(settings: AwsSettings): TargetKind {
  return createAwsCallTarget(
    {
      service: 'AWS Systems Manager',
      refusals: new Set(['OpsItemInvalidParameterException']),
      done: new Set(['OpsItemAlreadyExistsException']),
      clients: new AwsClients('SSM', settings, (config) => new SSMClient(config)),
      send: (client, { input }, options) => client.send(new CreateOpsItemCommand(opsItemOf(input)), options),
    },
    settings,
  );
}
