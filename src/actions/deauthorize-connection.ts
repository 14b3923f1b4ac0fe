import { placeIn } from '../bus/configuration.ts';
import type { Connection } from '../domain/connection.ts';
import type { Action } from './action.ts';
import { changedConnection, existingConnection } from './connection-answer.ts';

/**
 * Removes all authorization parameters, secrets included; API destinations that use the connection become
 * inactive. The answer says that it is being done, as AWS's does, but it is done by then.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeauthorizeConnection.html
 */
export const deauthorizeConnection: Action<'DeauthorizeConnection'> = async ({ name }, context) => {
  const { scope, configuration, clock } = context;
  const connection = await configuration.connections.change(placeIn(scope, name), (current): Connection => {
    const before = existingConnection(current, name);
    if (before.authorization === undefined) return before;
    const { authorization: _, ...rest } = before;
    return {
      ...rest,
      state: 'DEAUTHORIZED',
      // They were kept in the same secret.
      invocationHttpParameters: undefined,
      authorizationConnectivity: undefined,
      modifiedAt: clock.now(),
    };
  });
  return changedConnection(scope, connection, 'DEAUTHORIZING');
};
