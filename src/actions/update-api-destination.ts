import { placeIn } from '../bus/configuration.ts';
import type { ApiDestination } from '../domain/api-destination.ts';
import type { Action } from './action.ts';
import { changedApiDestination } from './api-destination-answer.ts';
import {
  checkInvocationEndpoint,
  checkRate,
  existingApiDestination,
  usableConnection,
} from './api-destination-checks.ts';
import { replacedText } from './replaced-text.ts';

/**
 * What is left out stays.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UpdateApiDestination.html
 */
export const updateApiDestination: Action<'UpdateApiDestination'> = async (request, context) => {
  const { scope, configuration, clock, limits } = context;
  const { name, connectionArn, invocationEndpoint, invocationRateLimitPerSecond } = request;
  if (invocationEndpoint !== undefined) checkInvocationEndpoint(invocationEndpoint, 'update', context);
  if (invocationRateLimitPerSecond !== undefined) checkRate(invocationRateLimitPerSecond, 'update', limits);
  const now = clock.now();
  const destination = await configuration.apiDestinations.change(
    placeIn(scope, name),
    (current): ApiDestination => {
      const before = existingApiDestination(current, { name, verb: 'update' });
      if (connectionArn !== undefined) usableConnection(connectionArn, 'update', context);
      return {
        ...before,
        description: replacedText(request.description, before.description),
        connectionArn: connectionArn ?? before.connectionArn,
        invocationEndpoint: invocationEndpoint ?? before.invocationEndpoint,
        httpMethod: request.httpMethod ?? before.httpMethod,
        invocationRateLimitPerSecond: invocationRateLimitPerSecond ?? before.invocationRateLimitPerSecond,
        modifiedAt: now,
      };
    },
  );
  return changedApiDestination(destination, context);
};
