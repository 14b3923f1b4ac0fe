import type { ConnectedApiDestination } from '../domain/api-destination.ts';
import { apiDestinationArn, connectionArn, parseArn } from '../domain/arn.ts';
import type { AuthorizationVerdict, Connection } from '../domain/connection.ts';
import type { Scope } from '../domain/scope.ts';
import { type Configuration, placeIn, scopeOf } from './configuration.ts';

/** The API destination of that ARN and its connection: neither is one that came later by the same name. */
export function findApiDestination(
  arn: string,
  configuration: Configuration,
): ConnectedApiDestination | undefined {
  const { scope, name } = namedBy(arn);
  const destination = configuration.apiDestination(scope, name);
  if (destination === undefined || apiDestinationArn(scope, destination) !== arn) return undefined;
  return { destination, connection: findConnection(destination.connectionArn, configuration) };
}

function findConnection(arn: string, configuration: Configuration): Connection | undefined {
  const { scope, name } = namedBy(arn);
  const connection = configuration.connection(scope, name);
  return connection !== undefined && connectionArn(scope, connection) === arn ? connection : undefined;
}

/** Tells of every connection there is, at once and whenever one changes; undefined when it is gone. */
export function watchConnections(
  configuration: Configuration,
  listener: (scope: Scope, name: string, connection: Connection | undefined) => void,
): void {
  configuration.connections.watch((place, connection) => {
    listener(scopeOf(place), place.name, connection);
  });
}

/**
 * Puts a connection into the state that its authorization was found in, durably. Nothing happens when the
 * connection is gone, or has another authorization by now.
 */
export async function settleAuthorization(
  { connectionArn: arn, authorization, refusal }: AuthorizationVerdict,
  { configuration, now }: { readonly configuration: Configuration; readonly now: number },
): Promise<void> {
  const { scope, name } = namedBy(arn);
  const tried = JSON.stringify(authorization);
  await configuration.connections.change(placeIn(scope, name), (current): Connection | undefined => {
    if (current === undefined || connectionArn(scope, current) !== arn) return current;
    if (JSON.stringify(current.authorization) !== tried) return current;
    const accepted = current.invocationConnectivity === undefined ? 'AUTHORIZED' : 'ACTIVE';
    const state = refusal === undefined ? accepted : 'DEAUTHORIZED';
    if (current.state === state && current.stateReason === refusal) return current;
    const authorizedAt = refusal === undefined ? now : current.authorizedAt;
    return { ...current, state, stateReason: refusal, authorizedAt };
  });
}

function namedBy(arn: string): { readonly scope: Scope; readonly name: string } {
  const { account = '', region = '', resource = '' } = parseArn(arn) ?? {};
  return { scope: { account, region }, name: resource.split('/')[1] ?? '' };
}
