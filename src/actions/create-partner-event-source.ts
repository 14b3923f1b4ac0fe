import { partnerEventSourcePlace } from '../bus/configuration.ts';
import { eventSourceArn } from '../domain/arn.ts';
import { ServiceError } from '../domain/errors.ts';
import type { PartnerEventSource } from '../domain/partner-event-source.ts';
import type { Action } from './action.ts';
import { offeredSource } from './partner-event-sources.ts';

/**
 * The caller is the partner, and offers the source to another account. One over an event bus that is still
 * there from a deleted source waits to be activated.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreatePartnerEventSource.html
 */
export const createPartnerEventSource: Action<'CreatePartnerEventSource'> = async (request, context) => {
  const { scope, configuration, clock } = context;
  const { name, account } = request;
  const customer = { account, region: scope.region };
  const now = clock.now();
  await configuration.partnerEventSources.change(
    partnerEventSourcePlace(customer, name),
    (): PartnerEventSource => {
      const state = offeredSource(name, customer, context)?.state;
      if (state !== undefined && state !== 'DELETED') {
        throw new ServiceError('ResourceAlreadyExistsException', `Event source ${name} already exists.`);
      }
      return {
        name,
        partner: scope.account,
        account,
        createdAt: now,
        pendingSince: now,
        deactivated: state === 'DELETED' ? true : undefined,
      };
    },
  );
  return { eventSourceArn: eventSourceArn(scope.region, name) };
};
