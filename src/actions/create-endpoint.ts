import { placeIn } from '../bus/configuration.ts';
import type { Endpoint } from '../domain/endpoint.ts';
import { ServiceError } from '../domain/errors.ts';
import type { Action } from './action.ts';
import { changedEndpoint } from './endpoint-answer.ts';
import { checkEndpoint } from './endpoint-checks.ts';
import { checkQuota } from './quota.ts';

const ID_CHARACTERS = 10;

/**
 * Creates a global endpoint in the region of the request, its primary one. The answer says that it is being
 * created, as AWS's does, but it can be used by then.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEndpoint.html
 */
export const createEndpoint: Action<'CreateEndpoint'> = async (request, context) => {
  const { scope, configuration, clock, limits, newResourceId } = context;
  const { name, description, routingConfig, roleArn } = request;
  const now = clock.now();
  const endpoint: Endpoint = {
    name,
    endpointId: `${newResourceId().replaceAll('-', '').slice(0, ID_CHARACTERS)}.veo`,
    description,
    routingConfig,
    replicationState: request.replicationConfig?.state ?? 'ENABLED',
    eventBusArns: request.eventBuses.map(({ eventBusArn }) => eventBusArn),
    roleArn,
    createdAt: now,
    modifiedAt: now,
  };
  checkEndpoint(endpoint, context);
  await configuration.endpoints.change(placeIn(scope, name), (current): Endpoint => {
    if (current !== undefined) {
      throw new ServiceError('ResourceAlreadyExistsException', `Endpoint ${name} already exists.`);
    }
    checkQuota(configuration.listEndpoints(scope).length + 1, limits.endpointsPerRegion);
    return endpoint;
  });
  return changedEndpoint(scope, endpoint, 'CREATING');
};
