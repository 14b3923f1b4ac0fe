import { eventBusArn } from '../domain/arn.ts';
import type { Action } from './action.ts';
import { existingBus } from './named.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeEventBus.html */
export const describeEventBus: Action<'DescribeEventBus'> = async (request, { scope, configuration }) => {
  const bus = existingBus(request.name, scope, configuration);
  return {
    name: bus.name,
    arn: eventBusArn(scope, bus.name),
    description: bus.description,
    kmsKeyIdentifier: bus.kmsKeyIdentifier,
    deadLetterConfig: bus.deadLetterConfig,
    logConfig: bus.logConfig,
    creationTime: bus.createdAt,
    lastModifiedTime: bus.modifiedAt,
  };
};
