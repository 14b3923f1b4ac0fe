import type { Action } from './action.ts';
import { listedApiDestination } from './api-destination-answer.ts';
import { failedTo } from './api-destination-checks.ts';
import { page } from './page.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListApiDestinations.html */
export const listApiDestinations: Action<'ListApiDestinations'> = async (request, context) => {
  const { scope, configuration, limits } = context;
  const { namePrefix, connectionArn } = request;
  if (namePrefix !== undefined && connectionArn !== undefined) {
    throw failedTo('list', 'ValidationException', 'Only one of ConnectionArn and NamePrefix may be given.');
  }
  const destinations = configuration
    .listApiDestinations(scope)
    .filter((destination) => destination.name.startsWith(namePrefix ?? ''))
    .filter((destination) => connectionArn === undefined || destination.connectionArn === connectionArn);
  const { items, nextToken } = page(destinations, request, {
    nameOf: ({ name }) => name,
    pageItems: limits.pageItems,
  });
  return {
    apiDestinations: items.map((destination) => listedApiDestination(destination, context)),
    nextToken,
  };
};
