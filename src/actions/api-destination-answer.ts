import type { Configuration } from '../bus/configuration.ts';
import { type ApiDestination, apiDestinationState } from '../domain/api-destination.ts';
import { apiDestinationArn } from '../domain/arn.ts';
import type { Scope } from '../domain/scope.ts';
import { connectionOfArn } from './api-destination-checks.ts';

/** What changes of an API destination answer. */
export function changedApiDestination(
  destination: ApiDestination,
  { scope, configuration }: { readonly scope: Scope; readonly configuration: Configuration },
) {
  const connection = connectionOfArn(destination.connectionArn, scope, configuration);
  return {
    apiDestinationArn: apiDestinationArn(scope, destination),
    apiDestinationState: apiDestinationState(connection),
    creationTime: destination.createdAt,
    lastModifiedTime: destination.modifiedAt,
  };
}

/** An API destination as lists show it. */
export function listedApiDestination(
  destination: ApiDestination,
  context: { readonly scope: Scope; readonly configuration: Configuration },
) {
  return {
    ...changedApiDestination(destination, context),
    name: destination.name,
    connectionArn: destination.connectionArn,
    invocationEndpoint: destination.invocationEndpoint,
    httpMethod: destination.httpMethod,
    invocationRateLimitPerSecond: destination.invocationRateLimitPerSecond,
  };
}
