import { placeIn } from '../bus/configuration.ts';
import { connectionArn } from '../domain/arn.ts';
import type { Connection } from '../domain/connection.ts';
import { ServiceError } from '../domain/errors.ts';
import type { Action } from './action.ts';
import { authorizedState, connectivityOf, newSecretId } from './connection-authorization.ts';
import { authorizationOf, httpParametersOf, refuseOtherTypes } from './connection-parameters.ts';
import { checkQuota } from './quota.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateConnection.html */
export const createConnection: Action<'CreateConnection'> = async (request, context) => {
  const { scope, configuration, clock, limits, seal, newResourceId, refuseEndpoint } = context;
  const { name, description, kmsKeyIdentifier, authorizationType, authParameters } = request;
  refuseOtherTypes(authorizationType, authParameters);
  const invocationConnectivity = connectivityOf(
    request.invocationConnectivityParameters,
    undefined,
    newResourceId,
  );
  const now = clock.now();
  const connection: Connection = {
    name,
    id: newResourceId(),
    description,
    kmsKeyIdentifier,
    authorizationType,
    authorization: authorizationOf(authorizationType, authParameters, {
      before: undefined,
      seal,
      refuseEndpoint,
    }),
    state: authorizedState({ authorizationType, invocationConnectivity }),
    invocationHttpParameters: httpParametersOf(authParameters.invocationHttpParameters, {
      before: undefined,
      seal,
    }),
    invocationConnectivity,
    authorizationConnectivity: connectivityOf(
      authParameters.connectivityParameters,
      undefined,
      newResourceId,
    ),
    secretId: newSecretId(newResourceId),
    createdAt: now,
    modifiedAt: now,
    authorizedAt: now,
  };
  await configuration.connections.change(placeIn(scope, name), (current): Connection => {
    if (current !== undefined) {
      throw new ServiceError('ResourceAlreadyExistsException', `Connection '${name}' already exists.`);
    }
    checkQuota(configuration.listConnections(scope).length + 1, limits.connectionsPerRegion);
    return connection;
  });
  return {
    connectionArn: connectionArn(scope, connection),
    connectionState: connection.state,
    creationTime: now,
    lastModifiedTime: now,
  };
};
