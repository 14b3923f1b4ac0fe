import type { PutEventsRequestEntry, PutEventsResultEntry } from '../api-model/types.generated.ts';
import { ServiceError } from '../domain/errors.ts';
import type { BusEvent } from '../domain/event.ts';
import type { Action, ActionContext } from './action.ts';
import { routeOf } from './endpoint-route.ts';
import { namedBus } from './named.ts';
import { refuseBusAccess } from './named-access.ts';
import { entriesBytes, eventFrom, NOT_AUTHORIZED_FOR_SOURCE, refuseContent } from './put-events-entry.ts';

/**
 * Takes in up to ten events. Entries fail one by one, in their place; every EventId in the answer is durable
 * by then, with all that its event owes.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export const putEvents: Action<'PutEvents'> = async ({ entries, endpointId }, caller) => {
  const route = routeOf(endpointId, caller);
  const context = { ...caller, scope: route.scope };
  if (entriesBytes(entries) > context.limits.putEventsBytes) {
    throw new ServiceError(
      'ValidationException',
      'Total size of the entries in the request is over the limit.',
    );
  }
  const receivedAt = context.clock.now();
  const accepted: BusEvent[] = [];
  const results = entries.map((entry): PutEventsResultEntry => {
    const refusal = refusalOf(entry, context) ?? route.refusalOf(entry);
    if (refusal !== undefined) return refusal;
    // On each event bus it is an event with an id of its own; the first answers for it. One for an unknown bus gets
    // an id too: AWS drops it without a word.
    const events = route.busArnsOf(entry).map((busArn) => {
      const id = context.newEventId();
      return eventFrom(entry, { id, busArn, origin: context.scope, receivedAt });
    });
    accepted.push(...events);
    return { eventId: events[0]?.id };
  });
  await context.bus.publish(accepted);
  const failedEntryCount = results.filter(({ eventId }) => eventId === undefined).length;
  return { failedEntryCount, entries: results };
};

/** Why an entry is not taken in, in the order in which AWS looks. */
function refusalOf(entry: PutEventsRequestEntry, context: ActionContext): PutEventsResultEntry | undefined {
  const { source = '', detailType = '' } = entry;
  const refusal = refuseContent(entry);
  if (refusal !== undefined) return refusal;
  if (source.startsWith('aws.')) return NOT_AUTHORIZED_FOR_SOURCE;
  const keys = {
    'events:source': source,
    'events:detail-type': detailType,
    'events:eventBusInvocation': 'false',
  };
  const bus = namedBus(entry.eventBusName, context.scope);
  const errorMessage = refuseBusAccess(bus, { operation: 'PutEvents', keys }, context);
  return errorMessage === undefined ? undefined : { errorCode: 'AccessDeniedException', errorMessage };
}
