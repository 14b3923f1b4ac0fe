import type { PutEventsRequestEntry, PutEventsResultEntry } from '../api-model/types.generated.ts';
import { scopeOf } from '../bus/configuration.ts';
import { eventBusArn } from '../domain/arn.ts';
import type { Scope } from '../domain/scope.ts';
import type { ActionContext } from './action.ts';
import { invalidParameter } from './bus-arn-parameter.ts';
import { namedBus } from './named.ts';

type Named = Pick<PutEventsRequestEntry, 'eventBusName'>;

/** The way that the entries of a PutEvents request take. */
export interface EventRoute {
  /** The account and Region in which the names of event buses are looked up. */
  readonly scope: Scope;
  /** ARNs of the event buses that take an entry in, the one that answers for it first. */
  busArnsOf(entry: Named): readonly string[];
  /** Why an entry can't go this way; undefined when it can. */
  refusalOf(entry: Named): PutEventsResultEntry | undefined;
}

/**
 * The route of a PutEvents request: straight to the event buses that its entries name or, where it names a global
 * endpoint, to those that stand behind it. Throws for an endpoint that the caller's account does not have in any
 * Region; a request to an endpoint is for none.
 */
export function routeOf(endpointId: string | undefined, context: ActionContext): EventRoute {
  return endpointId === undefined ? straight(context.scope) : throughEndpoint(endpointId, context);
}

function straight(scope: Scope): EventRoute {
  return {
    scope,
    busArnsOf: ({ eventBusName }) => [busArn(eventBusName, scope)],
    refusalOf: () => undefined,
  };
}

function throughEndpoint(endpointId: string, { scope, configuration }: ActionContext): EventRoute {
  for (const [place, endpoint] of configuration.endpoints.all()) {
    const home = scopeOf(place);
    if (endpoint.endpointId !== endpointId || home.account !== scope.account) continue;
    const buses = endpoint.eventBusArns.map((arn) => namedBus(arn, home));
    const busName = buses[0]?.name ?? '';
    // The secondary Region's event bus gets all events as well.
    const replicas =
      endpoint.replicationState === 'DISABLED'
        ? []
        : buses.filter((bus) => bus.scope.region !== home.region).slice(0, 1);
    const replicaArns = replicas.map((bus) => eventBusArn(bus.scope, bus.name));
    return {
      scope: home,
      busArnsOf: ({ eventBusName }) => [busArn(eventBusName, home), ...replicaArns],
      refusalOf: ({ eventBusName }) =>
        namedBus(eventBusName, home).name === busName ? undefined : offRoute(busName),
    };
  }
  throw invalidParameter('EndpointId', `Endpoint ${endpointId} does not exist.`);
}

/** An endpoint has event buses of one name only. */
function offRoute(busName: string): PutEventsResultEntry {
  return {
    errorCode: 'InvalidArgument',
    errorMessage: `Parameter EventBusName is not valid. Reason: The event buses of the endpoint are named ${busName}.`,
  };
}

function busArn(nameOrArn: string | undefined, scope: Scope): string {
  const bus = namedBus(nameOrArn, scope);
  return eventBusArn(bus.scope, bus.name);
}
