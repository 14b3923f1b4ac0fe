import type { EndpointState } from '../api-model/types.generated.ts';
import { endpointArn } from '../domain/arn.ts';
import type { Endpoint } from '../domain/endpoint.ts';
import type { Scope } from '../domain/scope.ts';

/** What creating an endpoint answers; `state` is what it is on its way to. */
export function changedEndpoint(scope: Scope, endpoint: Endpoint, state: EndpointState) {
  return {
    name: endpoint.name,
    arn: endpointArn(scope, endpoint.name),
    routingConfig: endpoint.routingConfig,
    replicationConfig: { state: endpoint.replicationState },
    eventBuses: endpoint.eventBusArns.map((eventBusArn) => ({ eventBusArn })),
    roleArn: endpoint.roleArn,
    state,
  };
}

/** How an endpoint is called. */
export function endpointAddress({ endpointId }: Endpoint) {
  return { endpointId, endpointUrl: `https://${endpointId}.endpoint.events.amazonaws.com` };
}

/** An endpoint with all that is to be said of it. */
export function shownEndpoint(scope: Scope, endpoint: Endpoint) {
  return {
    ...changedEndpoint(scope, endpoint, 'ACTIVE'),
    ...endpointAddress(endpoint),
    description: endpoint.description,
    creationTime: endpoint.createdAt,
    lastModifiedTime: endpoint.modifiedAt,
  };
}
