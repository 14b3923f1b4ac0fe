import type { PutEventsRequestEntry, PutEventsResultEntry } from '../api-model/types.generated.ts';
import { eventBusArn } from '../domain/arn.ts';
import { ServiceError } from '../domain/errors.ts';
import { type BusEvent, envelopeText } from '../domain/event.ts';
import type { Action, ActionContext } from './action.ts';
import { namedBus } from './named.ts';

/**
 * Takes in up to ten events. Entries fail one by one, in their place; every EventId in the answer is durable
 * by then, with all that its event owes.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export const putEvents: Action<'PutEvents'> = async ({ entries }, context) => {
  if (requestBytes(entries) > context.limits.putEventsBytes) {
    throw new ServiceError(
      'ValidationException',
      'Total size of the entries in the request is over the limit.',
    );
  }
  const receivedAt = context.clock.now();
  const accepted: BusEvent[] = [];
  const results = entries.map((entry): PutEventsResultEntry => {
    const refusal = refuseEntry(entry, context);
    if (refusal !== undefined) return refusal;
    const event = eventOf(entry, receivedAt, context);
    accepted.push(event);
    return { eventId: event.id };
  });
  await context.bus.publish(accepted);
  return { failedEntryCount: entries.length - accepted.length, entries: results };
};

const TIME_BYTES = 14;

/** The size that AWS counts: Time as 14 bytes where it is given, and the texts in UTF-8. */
function requestBytes(entries: readonly PutEventsRequestEntry[]): number {
  let bytes = 0;
  for (const { time, source, detailType, detail, resources = [] } of entries) {
    if (time !== undefined) bytes += TIME_BYTES;
    for (const text of [source, detailType, detail, ...resources]) bytes += Buffer.byteLength(text ?? '');
  }
  return bytes;
}

/** Why an entry is not taken in, in the order in which AWS looks. */
function refuseEntry(
  entry: PutEventsRequestEntry,
  { scope }: ActionContext,
): PutEventsResultEntry | undefined {
  if (!entry.source) return missing('Source');
  if (!entry.detailType) return missing('DetailType');
  if (!entry.detail) return missing('Detail');
  if (!isJsonObject(entry.detail)) {
    return { errorCode: 'MalformedDetail', errorMessage: 'Detail is malformed.' };
  }
  if (entry.source.startsWith('aws.')) {
    return {
      errorCode: 'NotAuthorizedForSourceException',
      errorMessage: 'Not authorized for the source.',
    };
  }
  const bus = namedBus(entry.eventBusName, scope);
  if (bus.scope.account !== scope.account || bus.scope.region !== scope.region) {
    // Until event buses have resource policies, none of them lets another account or region in.
    return {
      errorCode: 'AccessDeniedException',
      errorMessage: `Event bus ${entry.eventBusName} belongs to another account or region, and does not allow this.`,
    };
  }
  return undefined;
}

function missing(member: string): PutEventsResultEntry {
  return {
    errorCode: 'InvalidArgument',
    errorMessage: `Parameter ${member} is not valid. Reason: ${member} is a required argument.`,
  };
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** The event that an entry becomes. One for an unknown bus gets an id too: AWS drops it without a word. */
function eventOf(entry: PutEventsRequestEntry, receivedAt: number, context: ActionContext): BusEvent {
  const { scope } = context;
  const id = context.newEventId();
  const { source = '', detailType = '', detail = '', resources = [], time = receivedAt } = entry;
  return {
    id,
    busArn: eventBusArn(scope, namedBus(entry.eventBusName, scope).name),
    receivedAt,
    envelope: envelopeText({ id, detailType, source, origin: scope, time, resources, detail }),
  };
}
