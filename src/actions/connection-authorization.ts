import type { ConnectivityResourceParameters } from '../api-model/types.generated.ts';
import type { Connection, Connectivity } from '../domain/connection.ts';

/**
 * The state of a connection that was just authorized. Only OAuth has somebody to ask first; a connection to
 * a private network is called active where others are authorized.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-target-connection-states.html
 */
export function authorizedState(
  connection: Pick<Connection, 'authorizationType' | 'invocationConnectivity'>,
): Connection['state'] {
  if (connection.authorizationType === 'OAUTH_CLIENT_CREDENTIALS') return 'AUTHORIZING';
  return connection.invocationConnectivity === undefined ? 'AUTHORIZED' : 'ACTIVE';
}

/** The way into a private network after a request: an empty ARN ends it, saying nothing keeps it. */
export function connectivityOf(
  given: ConnectivityResourceParameters | undefined,
  before: Connectivity | undefined,
  newResourceId: () => string,
): Connectivity | undefined {
  if (given === undefined) return before;
  const { resourceConfigurationArn } = given.resourceParameters;
  if (resourceConfigurationArn === '') return undefined;
  if (resourceConfigurationArn === before?.resourceConfigurationArn) return before;
  const associationId = newResourceId().replaceAll('-', '').slice(0, ASSOCIATION_ID_CHARACTERS);
  return { resourceConfigurationArn, associationId };
}

const ASSOCIATION_ID_CHARACTERS = 17;
const SECRET_SUFFIX_CHARACTERS = 6;

/** The end of the ARN of a new connection's secret. */
export function newSecretId(newResourceId: () => string): string {
  return `${newResourceId()}-${newResourceId().slice(0, SECRET_SUFFIX_CHARACTERS)}`;
}
