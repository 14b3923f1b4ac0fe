import type {
  ConnectionAuthResponseParameters,
  ConnectionHttpParameters,
  ConnectionState,
  DescribeConnectionConnectivityParameters,
} from '../api-model/types.generated.ts';
import { connectionArn } from '../domain/arn.ts';
import type { Connection, Connectivity, HttpParameter, HttpParameters } from '../domain/connection.ts';
import { ServiceError } from '../domain/errors.ts';
import type { Scope } from '../domain/scope.ts';

/** What changes of a connection answer; `state` is what it is on its way to, where AWS tells of that. */
export function changedConnection(
  scope: Scope,
  connection: Connection,
  state: ConnectionState = connection.state,
) {
  return {
    connectionArn: connectionArn(scope, connection),
    connectionState: state,
    creationTime: connection.createdAt,
    lastModifiedTime: connection.modifiedAt,
    lastAuthorizedTime: connection.authorizedAt,
  };
}

/** The connection, or AWS's refusal. */
export function existingConnection(connection: Connection | undefined, name: string): Connection {
  if (connection !== undefined) return connection;
  throw new ServiceError(
    'ResourceNotFoundException',
    `Failed to describe the connection(s). Connection '${name}' does not exist.`,
  );
}

/** Why the connection's authorization was refused; undefined unless it was, and is still there. */
export function shownStateReason(connection: Connection): string | undefined {
  const { state, stateReason, authorization } = connection;
  return state === 'DEAUTHORIZED' && authorization !== undefined ? stateReason : undefined;
}

/** What is shown of the authorization: everything but the secrets. Undefined once it was removed. */
export function shownAuthParameters(
  scope: Scope,
  connection: Connection,
): ConnectionAuthResponseParameters | undefined {
  const { authorization, authorizationConnectivity, invocationHttpParameters } = connection;
  if (authorization === undefined) return undefined;
  const others = {
    invocationHttpParameters: shownHttpParameters(invocationHttpParameters),
    connectivityParameters: shownConnectivity(scope, authorizationConnectivity),
  };
  switch (authorization.type) {
    case 'BASIC':
      return { basicAuthParameters: { username: authorization.username }, ...others };
    case 'API_KEY':
      return { apiKeyAuthParameters: { apiKeyName: authorization.apiKeyName }, ...others };
    case 'OAUTH_CLIENT_CREDENTIALS':
      return {
        oAuthParameters: {
          clientParameters: { clientID: authorization.clientId },
          authorizationEndpoint: authorization.authorizationEndpoint,
          httpMethod: authorization.httpMethod,
          oAuthHttpParameters: shownHttpParameters(authorization.httpParameters),
        },
        ...others,
      };
  }
}

/** A way into a private network as it is shown. */
export function shownConnectivity(
  { account, region }: Scope,
  connectivity: Connectivity | undefined,
): DescribeConnectionConnectivityParameters | undefined {
  if (connectivity === undefined) return undefined;
  const { resourceConfigurationArn, associationId } = connectivity;
  const resourceAssociationArn = `arn:aws:vpc-lattice:${region}:${account}:servicenetworkresourceassociation/snra-${associationId}`;
  return { resourceParameters: { resourceConfigurationArn, resourceAssociationArn } };
}

function shownHttpParameters(parameters: HttpParameters | undefined): ConnectionHttpParameters | undefined {
  if (parameters === undefined) return undefined;
  return {
    headerParameters: parameters.headerParameters?.map(shownHttpParameter),
    queryStringParameters: parameters.queryStringParameters?.map(shownHttpParameter),
    bodyParameters: parameters.bodyParameters?.map(shownHttpParameter),
  };
}

function shownHttpParameter({ key, value }: HttpParameter) {
  return typeof value === 'string' ? { key, value, isValueSecret: false } : { key, isValueSecret: true };
}
