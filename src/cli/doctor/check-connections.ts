import type { Finding } from './finding.ts';
import type { Inventory, ListedApiDestination, ListedConnection } from './inventory.ts';
import type { Mending } from './mending.ts';

const ON_THE_WAY = ['CREATING', 'UPDATING', 'AUTHORIZING', 'ACTIVE', 'DELETING', 'DEAUTHORIZING'];

/** Connections that are not authorized, and API destinations that are not called for other reasons. */
export function checkConnections(
  { connections, apiDestinations }: Inventory,
  mending: Mending,
): readonly Finding[] {
  const broken = connections.filter(({ ConnectionState }) => ConnectionState !== 'AUTHORIZED');
  const brokenArns = new Set(broken.map(({ ConnectionArn }) => ConnectionArn));
  return [
    ...broken.map((connection) => notAuthorized(connection, { apiDestinations, mending })),
    ...apiDestinations
      .filter(({ ApiDestinationState, ConnectionArn }) => {
        return ApiDestinationState === 'INACTIVE' && !brokenArns.has(ConnectionArn);
      })
      .map((destination) => inactive(destination, mending)),
  ];
}

function notAuthorized(
  { Name, ConnectionArn, ConnectionState, StateReason, AuthorizationType }: ListedConnection,
  {
    apiDestinations,
    mending,
  }: { readonly apiDestinations: readonly ListedApiDestination[]; readonly mending: Mending },
): Finding {
  const users = apiDestinations.filter((one) => one.ConnectionArn === ConnectionArn).map((one) => one.Name);
  const used =
    users.length === 0 ? 'No API destination uses it.' : `Nothing can be sent to ${users.join(', ')}.`;
  const isOnTheWay = ON_THE_WAY.includes(ConnectionState);
  return {
    severity: isOnTheWay ? 'note' : 'error',
    check: 'connection-not-authorized',
    resource: ConnectionArn,
    what: `The connection ${Name} is ${ConnectionState}.`,
    why: [StateReason, used].filter(Boolean).join(' '),
    ...(isOnTheWay
      ? { mend: mending.events('describe-connection', { name: Name }) }
      : {
          mend: mending.events('update-connection', {
            name: Name,
            'authorization-type': AuthorizationType,
            'auth-parameters': 'PARAMETERS',
          }),
        }),
  };
}

function inactive(
  { Name, ApiDestinationArn, HttpMethod, InvocationEndpoint }: ListedApiDestination,
  mending: Mending,
): Finding {
  return {
    severity: 'error',
    check: 'api-destination-inactive',
    resource: ApiDestinationArn,
    what: `The API destination ${Name} is INACTIVE.`,
    why: 'Its connection is not there, or not ready. Nothing can be sent to it.',
    mend: mending.events('update-api-destination', {
      name: Name,
      'connection-arn': 'CONNECTION_ARN',
      'invocation-endpoint': InvocationEndpoint,
      'http-method': HttpMethod,
    }),
  };
}
