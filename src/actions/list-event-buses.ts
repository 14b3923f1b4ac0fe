import { eventBusArn } from '../domain/arn.ts';
import type { Action } from './action.ts';
import { page } from './page.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListEventBuses.html */
export const listEventBuses: Action<'ListEventBuses'> = async (request, { scope, configuration, limits }) => {
  const { namePrefix = '' } = request;
  const buses = configuration.listEventBuses(scope).filter((bus) => bus.name.startsWith(namePrefix));
  const { items, nextToken } = page(buses, request, {
    nameOf: (bus) => bus.name,
    pageItems: limits.pageItems,
  });
  return {
    eventBuses: items.map((bus) => ({
      name: bus.name,
      arn: eventBusArn(scope, bus.name),
      description: bus.description,
      policy: bus.policy,
      creationTime: bus.createdAt,
      lastModifiedTime: bus.modifiedAt,
    })),
    nextToken,
  };
};
