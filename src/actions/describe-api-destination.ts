import type { Action } from './action.ts';
import { listedApiDestination } from './api-destination-answer.ts';
import { existingApiDestination } from './api-destination-checks.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeApiDestination.html */
export const describeApiDestination: Action<'DescribeApiDestination'> = async ({ name }, context) => {
  const { scope, configuration } = context;
  const destination = existingApiDestination(configuration.apiDestination(scope, name), {
    name,
    verb: 'describe',
  });
  return { ...listedApiDestination(destination, context), description: destination.description };
};
