import { SSMClient, StartAutomationExecutionCommand } from '@aws-sdk/client-ssm';
import { createAwsCallTarget } from './aws-call.ts';
import { AwsClients, type AwsSettings } from './aws-clients.ts';
import { deliveryToken } from './delivery-token.ts';
import { nameOrArn, resourceName } from './resource-name.ts';
import { documentParameters } from './ssm-parameters.ts';
import type { TargetKind } from './target-kind.ts';

const REFUSALS = new Set([
  'AutomationDefinitionVersionNotFoundException',
  'IdempotentParameterMismatch',
  'InvalidAutomationExecutionParametersException',
  'InvalidTarget',
]);

/**
 * Systems Manager Automation: the runbook that is the target (`automation-definition/NAME:VERSION`) is executed, with
 * the input as its parameters.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartAutomationExecution.html
 */
export function createSsmAutomationTarget(settings: AwsSettings): TargetKind {
  return createAwsCallTarget(
    {
      service: 'AWS Systems Manager',
      refusals: REFUSALS,
      clients: new AwsClients('SSM', settings, (config) => new SSMClient(config)),
      send(client, { target, input, delivery }, options) {
        const [name = '', version] = resourceName(target.arn).split(':');
        const documentArn = target.arn.replace(/:automation-definition\/([^:]*).*$/, ':document/$1');
        const command = new StartAutomationExecutionCommand({
          DocumentName: nameOrArn(documentArn, name, delivery),
          DocumentVersion: version,
          Parameters: documentParameters(target, input),
          ClientToken: asUuid(deliveryToken(delivery)),
        });
        return client.send(command, options);
      },
    },
    settings,
  );
}

function asUuid(hexadecimal: string): string {
  return hexadecimal.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
