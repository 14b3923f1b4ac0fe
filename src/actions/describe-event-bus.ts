import { eventBusArn } from '../domain/arn.ts';
import type { Action } from './action.ts';
import { existingBus, namedBus } from './named.ts';
import { checkBusAccess } from './named-access.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeEventBus.html */
export const describeEventBus: Action<'DescribeEventBus'> = async (request, context) => {
  const named = namedBus(request.name, context.scope);
  const { scope } = named;
  checkBusAccess(named, { operation: 'DescribeEventBus' }, context);
  const bus = existingBus(named.name, scope, context.configuration);
  return {
    name: bus.name,
    arn: eventBusArn(scope, bus.name),
    description: bus.description,
    kmsKeyIdentifier: bus.kmsKeyIdentifier,
    deadLetterConfig: bus.deadLetterConfig,
    policy: bus.policy,
    logConfig: bus.logConfig,
    creationTime: bus.createdAt,
    lastModifiedTime: bus.modifiedAt,
  };
};
