import type { Action } from './action.ts';
import { changedConnection, shownStateReason } from './connection-answer.ts';
import { page } from './page.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListConnections.html */
export const listConnections: Action<'ListConnections'> = async (request, context) => {
  const { scope, configuration, limits } = context;
  const { namePrefix = '', connectionState } = request;
  const connections = configuration
    .listConnections(scope)
    .filter(({ name }) => name.startsWith(namePrefix))
    .filter(({ state }) => connectionState === undefined || state === connectionState);
  const { items, nextToken } = page(connections, request, {
    nameOf: ({ name }) => name,
    pageItems: limits.pageItems,
  });
  return {
    connections: items.map((connection) => ({
      ...changedConnection(scope, connection),
      stateReason: shownStateReason(connection),
      name: connection.name,
      authorizationType: connection.authorizationType,
    })),
    nextToken,
  };
};
