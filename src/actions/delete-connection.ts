import { placeIn } from '../bus/configuration.ts';
import type { Action } from './action.ts';
import { changedConnection, existingConnection } from './connection-answer.ts';

/**
 * Deletes a connection with its secrets; API destinations that use it become inactive. The answer says that
 * it is being deleted, as AWS's does, but it is gone by then.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteConnection.html
 */
export const deleteConnection: Action<'DeleteConnection'> = async ({ name }, { scope, configuration }) => {
  let deleted = existingConnection(configuration.connection(scope, name), name);
  await configuration.connections.change(placeIn(scope, name), (current) => {
    deleted = existingConnection(current, name);
    return undefined;
  });
  return changedConnection(scope, deleted, 'DELETING');
};
