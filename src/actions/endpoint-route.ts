import type { PutEventsRequestEntry, PutEventsResultEntry } from '../api-model/types.generated.ts';
import { scopeOf } from '../bus/configuration.ts';
import { eventBusArn } from '../domain/arn.ts';
import type { Scope } from '../domain/scope.ts';
import type { ActionContext } from './action.ts';
import { invalidParameter } from './bus-arn-parameter.ts';
import { namedBus } from './named.ts';

/** Where events go that are put to a global endpoint. */
export interface EndpointRoute {
  /** The account of the endpoint and its primary Region, whose event bus takes the events in. */
  readonly scope: Scope;
  readonly busName: string;
  /** The event bus of the secondary Region, where events are replicated. */
  readonly replicaBusArn: string | undefined;
}

/**
 * The route of a PutEvents request: undefined when it names no endpoint. Throws for one that the caller's
 * account does not have in any Region; a request to an endpoint is for none.
 */
export function endpointRoute(
  endpointId: string | undefined,
  { scope, configuration }: ActionContext,
): EndpointRoute | undefined {
  if (endpointId === undefined) return undefined;
  for (const [place, endpoint] of configuration.endpoints.all()) {
    const home = scopeOf(place);
    if (endpoint.endpointId !== endpointId || home.account !== scope.account) continue;
    const buses = endpoint.eventBusArns.map((arn) => namedBus(arn, home));
    const replica = buses.find((bus) => bus.scope.region !== home.region);
    return {
      scope: home,
      busName: buses[0]?.name ?? '',
      replicaBusArn:
        replica === undefined || endpoint.replicationState === 'DISABLED'
          ? undefined
          : eventBusArn(replica.scope, replica.name),
    };
  }
  throw invalidParameter('EndpointId', `Endpoint ${endpointId} does not exist.`);
}

/** Why an endpoint does not take an entry: it has event buses of one name only. */
export function refuseOffRoute(
  entry: PutEventsRequestEntry,
  route: EndpointRoute | undefined,
): PutEventsResultEntry | undefined {
  if (route === undefined || namedBus(entry.eventBusName, route.scope).name === route.busName)
    return undefined;
  return {
    errorCode: 'InvalidArgument',
    errorMessage: `Parameter EventBusName is not valid. Reason: The event buses of the endpoint are named ${route.busName}.`,
  };
}
