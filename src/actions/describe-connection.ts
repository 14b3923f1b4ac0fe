import { connectionSecretArn } from '../domain/arn.ts';
import type { Action } from './action.ts';
import {
  changedConnection,
  existingConnection,
  shownAuthParameters,
  shownConnectivity,
  shownStateReason,
} from './connection-answer.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeConnection.html */
export const describeConnection: Action<'DescribeConnection'> = async ({ name }, context) => {
  const { scope, configuration } = context;
  const connection = existingConnection(configuration.connection(scope, name), name);
  const authorized = connection.authorization !== undefined;
  return {
    ...changedConnection(scope, connection),
    stateReason: shownStateReason(connection),
    name,
    description: connection.description,
    invocationConnectivityParameters: shownConnectivity(scope, connection.invocationConnectivity),
    authorizationType: connection.authorizationType,
    secretArn: authorized ? connectionSecretArn(scope, connection) : undefined,
    kmsKeyIdentifier: connection.kmsKeyIdentifier,
    authParameters: shownAuthParameters(scope, connection),
  };
};
