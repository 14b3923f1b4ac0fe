import { eventSourceArn } from '../domain/arn.ts';
import type { Action } from './action.ts';
import { page } from './page.ts';
import { ownSources } from './partner-event-sources.ts';

/**
 * For the partner who created them; one that is offered to several accounts is listed once.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListPartnerEventSources.html
 */
export const listPartnerEventSources: Action<'ListPartnerEventSources'> = async (request, context) => {
  const names = ownSources(context)
    .filter(({ source, state }) => source.name.startsWith(request.namePrefix) && state !== 'DELETED')
    .map(({ source }) => source.name);
  const { items, nextToken } = page([...new Set(names)].sort(), request, {
    nameOf: (name) => name,
    pageItems: context.limits.pageItems,
  });
  return {
    partnerEventSources: items.map((name) => ({ arn: eventSourceArn(context.scope.region, name), name })),
    nextToken,
  };
};
