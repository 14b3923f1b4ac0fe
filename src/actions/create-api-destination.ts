import { placeIn } from '../bus/configuration.ts';
import type { ApiDestination } from '../domain/api-destination.ts';
import type { Action } from './action.ts';
import { changedApiDestination } from './api-destination-answer.ts';
import { checkInvocationEndpoint, checkRate, failedTo, usableConnection } from './api-destination-checks.ts';
import { checkQuota } from './quota.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateApiDestination.html */
export const createApiDestination: Action<'CreateApiDestination'> = async (request, context) => {
  const { scope, configuration, clock, limits, newResourceId } = context;
  const { name, description, connectionArn, invocationEndpoint, httpMethod } = request;
  const { invocationRateLimitPerSecond = limits.apiDestinationInvocationsPerSecond } = request;
  checkInvocationEndpoint(invocationEndpoint, 'create', context);
  checkRate(invocationRateLimitPerSecond, 'create', limits);
  const now = clock.now();
  const destination: ApiDestination = {
    name,
    id: newResourceId(),
    description,
    connectionArn,
    invocationEndpoint,
    httpMethod,
    invocationRateLimitPerSecond,
    createdAt: now,
    modifiedAt: now,
  };
  await configuration.apiDestinations.change(placeIn(scope, name), (current): ApiDestination => {
    if (current !== undefined) {
      throw failedTo(
        'create',
        'ResourceAlreadyExistsException',
        `An api-destination with name '${name}' already exists.`,
      );
    }
    usableConnection(connectionArn, 'create', context);
    checkQuota(configuration.listApiDestinations(scope).length + 1, limits.apiDestinationsPerRegion);
    return destination;
  });
  return changedApiDestination(destination, context);
};
