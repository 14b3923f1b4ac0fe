import type { PutPartnerEventsResultEntry } from '../api-model/types.generated.ts';
import { eventBusArn } from '../domain/arn.ts';
import { ServiceError } from '../domain/errors.ts';
import type { BusEvent } from '../domain/event.ts';
import type { Action } from './action.ts';
import { ownSources } from './partner-event-sources.ts';
import { entriesBytes, eventFrom, NOT_AUTHORIZED_FOR_SOURCE, refuseContent } from './put-events-entry.ts';

/**
 * Takes in up to twenty events of a partner. Each goes to the partner event bus of every account in which its
 * source is active, under one id and as an event of that account; where the source waits it is dropped.
 * Entries fail one by one, in their place.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPartnerEvents.html
 */
export const putPartnerEvents: Action<'PutPartnerEvents'> = async ({ entries }, context) => {
  const { scope, bus, clock, limits, newEventId } = context;
  if (entriesBytes(entries) > limits.putEventsBytes) {
    throw new ServiceError(
      'ValidationException',
      'Total size of the entries in the request is over the limit.',
    );
  }
  const receivedAt = clock.now();
  const offers = ownSources(context).filter(({ state }) => state !== 'DELETED');
  const events: BusEvent[] = [];
  const results = entries.map((entry): PutPartnerEventsResultEntry => {
    const refusal = refuseContent(entry);
    if (refusal !== undefined) return refusal;
    const matching = offers.filter(({ source }) => source.name === entry.source);
    if (matching.length === 0) return NOT_AUTHORIZED_FOR_SOURCE;
    const id = newEventId();
    for (const { source, state } of matching) {
      if (state !== 'ACTIVE') continue;
      const origin = { account: source.account, region: scope.region };
      const busArn = eventBusArn(origin, source.name);
      events.push(eventFrom(entry, { id, busArn, origin, receivedAt }));
    }
    return { eventId: id };
  });
  await bus.publish(events);
  const failedEntryCount = results.filter(({ eventId }) => eventId === undefined).length;
  return { failedEntryCount, entries: results };
};
