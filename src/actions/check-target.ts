import type { Target } from '../api-model/types.generated.ts';
import { apiDestinationArn, eventBusArn, parseArn } from '../domain/arn.ts';
import { ServiceError } from '../domain/errors.ts';
import { inputFault } from '../domain/input/index.ts';
import type { ActionContext } from './action.ts';

type TargetContext = Pick<ActionContext, 'scope' | 'configuration' | 'refuseTarget'>;

/**
 * Refuses a target that is wrong in itself, or that Busbar could not deliver to: better now than later. The
 * context's scope is that of the event bus whose rule gets it.
 */
export function checkTarget(target: Target, busName: string, context: TargetContext): void {
  const fault =
    inputFault(target) ??
    context.refuseTarget(target, context.scope.account) ??
    faultOfEventsTarget(target, busName, context);
  if (fault !== undefined) throw new ServiceError('ValidationException', fault);
}

/** What is wrong with a target that is EventBridge's own, in AWS's words where they are known. */
function faultOfEventsTarget(target: Target, busName: string, context: TargetContext): string | undefined {
  const { arn, id, roleArn } = target;
  const parsed = parseArn(arn);
  if (parsed?.service !== 'events') return undefined;
  if (parsed.resource.startsWith('event-bus/')) {
    if (arn === eventBusArn(context.scope, busName)) {
      return 'Source EventBus and Target EventBus must not be the same.';
    }
    if (
      target.input !== undefined ||
      target.inputPath !== undefined ||
      target.inputTransformer !== undefined
    ) {
      return `Modifying the input for target ${id} is not supported.`;
    }
    if (target.retryPolicy !== undefined) return 'Retry policy is not supported for Event bus targets.';
  } else if (!isApiDestination(arn, context)) {
    return `Parameter ${arn} is not valid. Reason: There is no such API destination in this account and region.`;
  }
  return roleArn === undefined ? `RoleArn is required for target ${arn}.` : undefined;
}

function isApiDestination(arn: string, { scope, configuration }: TargetContext): boolean {
  const name = parseArn(arn)?.resource.split('/')[1] ?? '';
  const destination = configuration.apiDestination(scope, name);
  return destination !== undefined && apiDestinationArn(scope, destination) === arn;
}
