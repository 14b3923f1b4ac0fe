import type { Action } from './action.ts';
import { page } from './page.ts';
import { ownSources, unknownSource } from './partner-event-sources.ts';

/**
 * For the partner: to whom a source is offered, and what became of it there.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListPartnerEventSourceAccounts.html
 */
export const listPartnerEventSourceAccounts: Action<'ListPartnerEventSourceAccounts'> = async (
  request,
  context,
) => {
  const { eventSourceName } = request;
  const offers = ownSources(context).filter(({ source }) => source.name === eventSourceName);
  if (offers.length === 0) throw unknownSource(eventSourceName);
  const { items, nextToken } = page(offers, request, {
    nameOf: ({ source }) => source.account,
    pageItems: context.limits.pageItems,
  });
  return {
    partnerEventSourceAccounts: items.map(({ source, state, expirationTime }) => ({
      account: source.account,
      creationTime: source.createdAt,
      expirationTime,
      state,
    })),
    nextToken,
  };
};
