import type { Configuration } from '../bus/configuration.ts';
import type { ApiDestination } from '../domain/api-destination.ts';
import { connectionArn, parseArn } from '../domain/arn.ts';
import type { Connection } from '../domain/connection.ts';
import { type ErrorCode, ServiceError } from '../domain/errors.ts';
import type { Limits } from '../domain/limits.ts';
import type { Scope } from '../domain/scope.ts';
import type { ActionContext } from './action.ts';
import { isHttpsEndpoint } from './https-endpoint.ts';

/** What an operation does to an API destination, as AWS's messages call it. */
type Verb = 'create' | 'describe' | 'update' | 'delete' | 'list';

/** AWS's refusal of an operation on API destinations. */
export function failedTo(verb: Verb, code: ErrorCode, reason: string): ServiceError {
  return new ServiceError(code, `Failed to ${verb} the api-destination(s). ${reason}`);
}

/** The API destination, or AWS's refusal. */
export function existingApiDestination(
  destination: ApiDestination | undefined,
  { name, verb }: { readonly name: string; readonly verb: Verb },
): ApiDestination {
  if (destination !== undefined) return destination;
  throw failedTo(verb, 'ResourceNotFoundException', `An api-destination '${name}' does not exist.`);
}

/** Refuses an endpoint that requests must not go to. */
export function checkInvocationEndpoint(
  endpoint: string,
  verb: Verb,
  { refuseEndpoint }: Pick<ActionContext, 'refuseEndpoint'>,
): void {
  const reason = isHttpsEndpoint(endpoint)
    ? refuseEndpoint(endpoint)
    : `Endpoint '${endpoint}' is invalid, please provide a valid HTTPS endpoint URL.`;
  if (reason === undefined) return;
  const message = `Parameter InvocationEndpoint is not valid. Reason: ${reason}`;
  throw failedTo(verb, 'ValidationException', message);
}

/** Refuses a rate beyond the quota. */
export function checkRate(rate: number, verb: Verb, limits: Limits): void {
  const most = limits.apiDestinationInvocationsPerSecond;
  if (rate <= most) return;
  throw failedTo(
    verb,
    'LimitExceededException',
    `Parameter InvocationRateLimitPerSecond is not valid. Reason: ${rate} exceeds the maximum of ${most}.`,
  );
}

/**
 * The connection of that ARN, as long as it is the very one: neither in another account or region, nor a
 * later one with the same name.
 */
export function connectionOfArn(
  arn: string,
  scope: Scope,
  configuration: Configuration,
): Connection | undefined {
  const [, name = ''] = parseArn(arn)?.resource.split('/') ?? [];
  const connection = configuration.connection(scope, name);
  return connection !== undefined && connectionArn(scope, connection) === arn ? connection : undefined;
}

/** The connection that an API destination is to use, or a refusal. */
export function usableConnection(
  arn: string,
  verb: Verb,
  { scope, configuration }: { readonly scope: Scope; readonly configuration: Configuration },
): Connection {
  const connection = connectionOfArn(arn, scope, configuration);
  if (connection !== undefined) return connection;
  throw failedTo(verb, 'ResourceNotFoundException', `Connection '${arn}' does not exist.`);
}
