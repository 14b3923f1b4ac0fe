import { ECSClient, type Failure, RunTaskCommand, type TaskOverride } from '@aws-sdk/client-ecs';
import type { EcsParameters } from '../../api-model/types.generated.ts';
import { createAwsCallTarget } from './aws-call.ts';
import { AwsClients, type AwsSettings } from './aws-clients.ts';
import { deliveryToken } from './delivery-token.ts';
import { membersOf, picked } from './input-members.ts';
import { resourceName } from './resource-name.ts';
import { delivered, type Outcome, permanent, retryable, type TargetKind } from './target-kind.ts';
import { writable } from './writable.ts';

// What a TaskOverride has; an event as it is has none of them, and overrides nothing.
const OVERRIDES = [
  'containerOverrides',
  'cpu',
  'ephemeralStorage',
  'executionRoleArn',
  'inferenceAcceleratorOverrides',
  'memory',
  'taskRoleArn',
];

const REFUSALS = new Set([
  'BlockedException',
  'ClientException',
  'PlatformTaskDefinitionIncompatibilityException',
  'PlatformUnknownException',
  'UnsupportedFeatureException',
]);

const STARTED_BY_CHARACTERS = 128;

/**
 * Amazon ECS: tasks are run in the cluster that is the target, as its EcsParameters say; the input is what they
 * override. However often it has to be asked for, they are run once.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
 */
export function createEcsTarget(settings: AwsSettings): TargetKind {
  return createAwsCallTarget(
    {
      service: 'Amazon ECS',
      refusals: REFUSALS,
      clients: new AwsClients('ECS', settings, (config) => new ECSClient(config)),
      async send(client, { target, input, delivery }, options) {
        const overrides = picked(membersOf(input), OVERRIDES);
        const command = new RunTaskCommand({
          cluster: target.arn,
          ...requestOf(target.ecsParameters ?? { taskDefinitionArn: '' }),
          clientToken: deliveryToken(delivery),
          startedBy: `events-rule/${resourceName(delivery.owner)}`.slice(0, STARTED_BY_CHARACTERS),
          ...(Object.keys(overrides).length === 0 ? {} : { overrides: overrides as TaskOverride }),
        });
        const { tasks = [], failures = [] } = await client.send(command, options);
        return outcomeOf(tasks.length, failures);
      },
    },
    settings,
  );
}

function requestOf({ taskDefinitionArn, taskCount, ...rest }: EcsParameters) {
  return { taskDefinition: taskDefinitionArn, count: taskCount ?? 1, ...writable(rest) };
}

/** Tasks that run are not run again for those that do not. */
function outcomeOf(tasks: number, failures: readonly Failure[]): Outcome {
  const [first] = failures;
  if (first === undefined || tasks > 0) return delivered;
  const reason = first.reason ?? 'no reason given';
  const message = `No task was run: ${[reason, first.arn, first.detail].filter((part) => part !== undefined).join(', ')}.`;
  // The others are about capacity, which comes and goes.
  return reason === 'MISSING' || reason === 'INACTIVE'
    ? permanent('NO_RESOURCE', message)
    : retryable('SERVER_ERROR', message);
}
