import type { Configuration } from '../bus/configuration.ts';
import { eventBusArn } from '../domain/arn.ts';
import type { Endpoint } from '../domain/endpoint.ts';
import { ServiceError } from '../domain/errors.ts';
import type { Scope } from '../domain/scope.ts';
import { invalidParameter } from './bus-arn-parameter.ts';
import { namedBus } from './named.ts';

/** The endpoint, or a refusal. */
export function existingEndpoint(endpoint: Endpoint | undefined, name: string): Endpoint {
  if (endpoint !== undefined) return endpoint;
  throw new ServiceError('ResourceNotFoundException', `Endpoint ${name} does not exist.`);
}

/**
 * Refuses an endpoint that could not work: it needs two event buses of the caller's account and of the same
 * name, that exist, one in the region of the request (the primary) and one in the secondary region; and a
 * role where events are replicated.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-global-endpoints.html
 */
export function checkEndpoint(
  endpoint: Pick<Endpoint, 'eventBusArns' | 'routingConfig' | 'replicationState' | 'roleArn'>,
  { scope, configuration }: { readonly scope: Scope; readonly configuration: Configuration },
): void {
  const buses = endpoint.eventBusArns.map((arn) => namedBus(arn, scope));
  if (buses.some((bus) => bus.scope.account !== scope.account)) {
    throw invalidEventBuses('Event buses must belong to the account of the endpoint.');
  }
  if (new Set(buses.map(({ name }) => name)).size > 1) {
    throw invalidEventBuses('Event buses must have the same name.');
  }
  const { route } = endpoint.routingConfig.failoverConfig.secondary;
  if (route === scope.region) {
    throw invalidParameter('RoutingConfig', 'The secondary Region must differ from the primary one.');
  }
  for (const region of [scope.region, route]) {
    if (!buses.some((bus) => bus.scope.region === region)) {
      throw invalidEventBuses(`There must be an event bus in the Region ${region}.`);
    }
  }
  for (const bus of buses) {
    if (configuration.eventBus(bus.scope, bus.name) !== undefined) continue;
    throw invalidEventBuses(`Event bus ${eventBusArn(bus.scope, bus.name)} does not exist.`);
  }
  if (endpoint.replicationState === 'ENABLED' && endpoint.roleArn === undefined) {
    throw invalidParameter('RoleArn', 'RoleArn is required when event replication is enabled.');
  }
}

function invalidEventBuses(reason: string): ServiceError {
  return invalidParameter('EventBuses', reason);
}
