import type { Operations } from '../api-model/types.generated.ts';
import { placeIn } from '../bus/configuration.ts';
import type { Connection } from '../domain/connection.ts';
import { ServiceError } from '../domain/errors.ts';
import type { Action, ActionContext } from './action.ts';
import { changedConnection, existingConnection } from './connection-answer.ts';
import { authorizedState, connectivityOf, newSecretId } from './connection-authorization.ts';
import {
  authorizationOf,
  hasParametersOf,
  httpParametersOf,
  refuseOtherTypes,
} from './connection-parameters.ts';
import { replacedText } from './replaced-text.ts';

type Request = Operations['UpdateConnection']['request'];

/**
 * What is left out stays. Parameters of another authorization type have no effect unless the request names
 * that type too; parameters of its own type authorize the connection anew.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UpdateConnection.html
 */
export const updateConnection: Action<'UpdateConnection'> = async (request, context) => {
  const { scope, configuration } = context;
  const { name: _, ...changes } = request;
  if (Object.keys(changes).length === 0) {
    throw new ServiceError(
      'ValidationException',
      'At least one of Description, AuthorizationType, AuthParameters, InvocationConnectivityParameters or KmsKeyIdentifier must be provided.',
    );
  }
  if (request.authorizationType !== undefined) {
    refuseOtherTypes(request.authorizationType, request.authParameters);
  }
  const connection = await configuration.connections.change(
    placeIn(scope, request.name),
    (current): Connection => updated(existingConnection(current, request.name), request, context),
  );
  return changedConnection(scope, connection);
};

function updated(current: Connection, request: Request, context: ActionContext): Connection {
  const now = context.clock.now();
  const changed: Connection = {
    ...current,
    ...updatedAuthorization(current, request, context),
    description: replacedText(request.description, current.description),
    kmsKeyIdentifier: replacedText(request.kmsKeyIdentifier, current.kmsKeyIdentifier),
    modifiedAt: now,
  };
  if (changed.authorization === undefined || !authorizesAnew(current, request)) return changed;
  return { ...changed, state: authorizedState(changed), authorizedAt: now };
}

function updatedAuthorization(
  current: Connection,
  { authorizationType = current.authorizationType, authParameters, ...request }: Request,
  { seal, newResourceId, refuseEndpoint }: ActionContext,
): Partial<Connection> {
  const before = current.authorization;
  const touched =
    authorizationType !== current.authorizationType || hasParametersOf(authorizationType, authParameters);
  return {
    authorizationType,
    authorization: touched
      ? authorizationOf(authorizationType, authParameters, { before, seal, refuseEndpoint })
      : before,
    invocationHttpParameters: httpParametersOf(authParameters?.invocationHttpParameters, {
      before: current.invocationHttpParameters,
      seal,
    }),
    invocationConnectivity: connectivityOf(
      request.invocationConnectivityParameters,
      current.invocationConnectivity,
      newResourceId,
    ),
    authorizationConnectivity: connectivityOf(
      authParameters?.connectivityParameters,
      current.authorizationConnectivity,
      newResourceId,
    ),
    // Removing the authorization removed the secret: a new one is another one.
    secretId: touched && before === undefined ? newSecretId(newResourceId) : current.secretId,
  };
}

function authorizesAnew(current: Connection, request: Request): boolean {
  const type = request.authorizationType ?? current.authorizationType;
  return (
    hasParametersOf(type, request.authParameters) ||
    request.invocationConnectivityParameters !== undefined ||
    request.authParameters?.connectivityParameters !== undefined
  );
}
