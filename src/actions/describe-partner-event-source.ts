import { eventSourceArn } from '../domain/arn.ts';
import type { Action } from './action.ts';
import { ownSources, unknownSource } from './partner-event-sources.ts';

/**
 * For the partner who created it.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribePartnerEventSource.html
 */
export const describePartnerEventSource: Action<'DescribePartnerEventSource'> = async ({ name }, context) => {
  const known = ownSources(context).some(({ source, state }) => source.name === name && state !== 'DELETED');
  if (!known) throw unknownSource(name);
  return { arn: eventSourceArn(context.scope.region, name), name };
};
