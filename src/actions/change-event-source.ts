import { partnerEventSourcePlace } from '../bus/configuration.ts';
import { ServiceError } from '../domain/errors.ts';
import type { PartnerEventSource } from '../domain/partner-event-source.ts';
import type { ActionContext } from './action.ts';
import { offeredSource } from './partner-event-sources.ts';

/**
 * What ActivateEventSource and DeactivateEventSource have in common: only a source that was matched with an
 * event bus, and that the partner has not deleted, goes back and forth.
 */
export async function changeEventSource(
  name: string,
  context: ActionContext,
  change: (source: PartnerEventSource) => PartnerEventSource,
): Promise<void> {
  const { scope, configuration } = context;
  await configuration.partnerEventSources.change(
    partnerEventSourcePlace(scope, name),
    (current): PartnerEventSource => {
      const state = offeredSource(name, scope, context)?.state;
      const hasBus = configuration.eventBus(scope, name) !== undefined;
      if (current === undefined || state === undefined || !hasBus) {
        throw new ServiceError(
          'ResourceNotFoundException',
          `Event source ${name} or event bus ${name} does not exist.`,
        );
      }
      if (state === 'DELETED') {
        throw new ServiceError('InvalidStateException', `Event source ${name} is in state DELETED.`);
      }
      return change(current);
    },
  );
}
