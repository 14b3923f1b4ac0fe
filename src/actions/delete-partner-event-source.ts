import { partnerEventSourcePlace } from '../bus/configuration.ts';
import type { PartnerEventSource } from '../domain/partner-event-source.ts';
import type { Action } from './action.ts';

/**
 * Takes an offer back. Deleting an unknown source succeeds; of one that is used the account still sees that
 * it was deleted.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeletePartnerEventSource.html
 */
export const deletePartnerEventSource: Action<'DeletePartnerEventSource'> = async (request, context) => {
  const { scope, configuration } = context;
  const customer = { account: request.account, region: scope.region };
  await configuration.partnerEventSources.change(
    partnerEventSourcePlace(customer, request.name),
    (current): PartnerEventSource | undefined => {
      if (current === undefined || current.partner !== scope.account) return current;
      const hasBus = configuration.eventBus(customer, request.name) !== undefined;
      return hasBus ? { ...current, deleted: true } : undefined;
    },
  );
  return undefined;
};
