import { createHash } from 'node:crypto';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { LeasedDelivery } from '../../domain/delivery.ts';
import { AwsClients, type AwsSettings } from './aws-clients.ts';
import { outcomeOfAwsError } from './aws-outcome.ts';
import { delivered, type TargetKind } from './target-kind.ts';

/**
 * Step Functions state machines, standard and express: an execution is started with the input. Its name follows
 * from the delivery, so that a standard one is started once, however often its start has to be asked for.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export function createStepFunctionsTarget(settings: AwsSettings): TargetKind {
  const clients = new AwsClients('SFN', settings, (config) => new SFNClient(config));
  return {
    async invoke({ target, input, delivery, signal }) {
      const command = new StartExecutionCommand({
        stateMachineArn: target.arn,
        name: executionName(delivery),
        input,
      });
      try {
        await clients.for(target.arn).send(command, { abortSignal: signal });
        return delivered;
      } catch (error) {
        // An attempt before this one did it, and its answer got lost.
        if (error instanceof Error && error.name === 'ExecutionAlreadyExists') return delivered;
        return outcomeOfAwsError(error, { service: 'AWS Step Functions', signal, now: settings.clock.now() });
      }
    },
    close: () => clients.close(),
  };
}

const HASH_CHARACTERS = 32;

/** Another one for another delivery of the same event, as a replay may make it. */
function executionName({ id, owner, targetId, event }: LeasedDelivery): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([id, owner, targetId]))
    .digest('hex');
  return `${event.id}_${hash.slice(0, HASH_CHARACTERS)}`;
}
