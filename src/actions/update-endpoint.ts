import { placeIn } from '../bus/configuration.ts';
import type { Endpoint } from '../domain/endpoint.ts';
import type { Action } from './action.ts';
import { changedEndpoint, endpointAddress } from './endpoint-answer.ts';
import { checkEndpoint, existingEndpoint } from './endpoint-checks.ts';
import { replacedText } from './replaced-text.ts';

/**
 * What is left out stays. The answer says that the endpoint is being updated, as AWS's does, but it is done
 * by then.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UpdateEndpoint.html
 */
export const updateEndpoint: Action<'UpdateEndpoint'> = async (request, context) => {
  const { scope, configuration, clock } = context;
  const now = clock.now();
  const endpoint = await configuration.endpoints.change(placeIn(scope, request.name), (current): Endpoint => {
    const before = existingEndpoint(current, request.name);
    const changed: Endpoint = {
      ...before,
      description: replacedText(request.description, before.description),
      routingConfig: request.routingConfig ?? before.routingConfig,
      replicationState: request.replicationConfig?.state ?? before.replicationState,
      eventBusArns: request.eventBuses?.map(({ eventBusArn }) => eventBusArn) ?? before.eventBusArns,
      roleArn: request.roleArn ?? before.roleArn,
      modifiedAt: now,
    };
    checkEndpoint(changed, context);
    return changed;
  });
  return { ...changedEndpoint(scope, endpoint, 'UPDATING'), ...endpointAddress(endpoint) };
};
