import type { Action } from './action.ts';
import { eventSourceItem } from './describe-event-source.ts';
import { page } from './page.ts';
import { offeredSources } from './partner-event-sources.ts';

/**
 * What partners offer to the caller's account.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListEventSources.html
 */
export const listEventSources: Action<'ListEventSources'> = async (request, context) => {
  const { namePrefix = '' } = request;
  const sources = offeredSources(context).filter(({ source }) => source.name.startsWith(namePrefix));
  const { items, nextToken } = page(sources, request, {
    nameOf: ({ source }) => source.name,
    pageItems: context.limits.pageItems,
  });
  return { eventSources: items.map((item) => eventSourceItem(item, context.scope.region)), nextToken };
};
