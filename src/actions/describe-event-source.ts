import type { EventSource } from '../api-model/types.generated.ts';
import { eventSourceArn } from '../domain/arn.ts';
import { partnerName } from '../domain/partner-event-source.ts';
import type { Action } from './action.ts';
import { offeredSource, type PresentSource, unknownSource } from './partner-event-sources.ts';

/**
 * For the account to which a partner offers the source.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeEventSource.html
 */
export const describeEventSource: Action<'DescribeEventSource'> = async ({ name }, context) => {
  const found = offeredSource(name, context.scope, context);
  if (found === undefined) throw unknownSource(name);
  return eventSourceItem(found, context.scope.region);
};

/** A source as its account sees it. */
export function eventSourceItem(
  { source, state, expirationTime }: PresentSource,
  region: string,
): EventSource {
  return {
    arn: eventSourceArn(region, source.name),
    createdBy: partnerName(source.name),
    creationTime: source.createdAt,
    expirationTime,
    name: source.name,
    state,
  };
}
