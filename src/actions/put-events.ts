import type { PutEventsRequestEntry, PutEventsResultEntry } from '../api-model/types.generated.ts';
import { eventBusArn } from '../domain/arn.ts';
import { ServiceError } from '../domain/errors.ts';
import type { BusEvent } from '../domain/event.ts';
import type { Action, ActionContext } from './action.ts';
import { endpointRoute, refuseOffRoute } from './endpoint-route.ts';
import { namedBus } from './named.ts';
import { refuseBusAccess } from './named-access.ts';
import { entriesBytes, eventFrom, NOT_AUTHORIZED_FOR_SOURCE, refuseContent } from './put-events-entry.ts';

/**
 * Takes in up to ten events. Entries fail one by one, in their place; every EventId in the answer is durable
 * by then, with all that its event owes.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export const putEvents: Action<'PutEvents'> = async ({ entries, endpointId }, caller) => {
  const route = endpointRoute(endpointId, caller);
  const context = route === undefined ? caller : { ...caller, scope: route.scope };
  if (entriesBytes(entries) > context.limits.putEventsBytes) {
    throw new ServiceError(
      'ValidationException',
      'Total size of the entries in the request is over the limit.',
    );
  }
  const receivedAt = context.clock.now();
  const accepted: BusEvent[] = [];
  const results = entries.map((entry): PutEventsResultEntry => {
    const refusal = refuseEntry(entry, context) ?? refuseOffRoute(entry, route);
    if (refusal !== undefined) return refusal;
    const event = eventOf(entry, receivedAt, context);
    accepted.push(event);
    // In the other Region an event has an id of its own.
    const replicaBusArn = route?.replicaBusArn;
    if (replicaBusArn !== undefined) {
      accepted.push({ ...eventOf(entry, receivedAt, context), busArn: replicaBusArn });
    }
    return { eventId: event.id };
  });
  await context.bus.publish(accepted);
  const failedEntryCount = results.filter(({ eventId }) => eventId === undefined).length;
  return { failedEntryCount, entries: results };
};

/** Why an entry is not taken in, in the order in which AWS looks. */
function refuseEntry(entry: PutEventsRequestEntry, context: ActionContext): PutEventsResultEntry | undefined {
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

/** The event that an entry becomes. One for an unknown bus gets an id too: AWS drops it without a word. */
function eventOf(entry: PutEventsRequestEntry, receivedAt: number, context: ActionContext): BusEvent {
  const bus = namedBus(entry.eventBusName, context.scope);
  const busArn = eventBusArn(bus.scope, bus.name);
  return eventFrom(entry, { id: context.newEventId(), busArn, origin: context.scope, receivedAt });
}
