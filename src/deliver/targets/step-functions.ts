import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { LeasedDelivery } from '../../domain/delivery.ts';
import { createAwsCallTarget } from './aws-call.ts';
import { AwsClients, type AwsSettings } from './aws-clients.ts';
import { deliveryToken } from './delivery-token.ts';
import type { TargetKind } from './target-kind.ts';

/**
 * Step Functions state machines, standard and express: an execution is started with the input. Its name follows
 * from the delivery, so that a standard one is started once, however often its start has to be asked for.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export function createStepFunctionsTarget(settings: AwsSettings): TargetKind {
  return createAwsCallTarget(
    {
      service: 'AWS Step Functions',
      clients: new AwsClients('SFN', settings, (config) => new SFNClient(config)),
      done: new Set(['ExecutionAlreadyExists']),
      send(client, { target, input, delivery }, options) {
        const name = executionName(delivery);
        return client.send(new StartExecutionCommand({ stateMachineArn: target.arn, name, input }), options);
      },
    },
    settings,
  );
}

// With the event's id no more than the eighty characters that a name may have.
const TOKEN_CHARACTERS = 32;

function executionName(delivery: LeasedDelivery): string {
  return `${delivery.event.id}_${deliveryToken(delivery).slice(0, TOKEN_CHARACTERS)}`;
}
