import type { PutPartnerEventsRequestEntry } from '../api-model/types.generated.ts';
import { type BusEvent, envelopeText } from '../domain/event.ts';
import type { Scope } from '../domain/scope.ts';
import { isDetail } from '../match/index.ts';

/** What entries of PutEvents and of PutPartnerEvents have in common. */
export type EventEntry = PutPartnerEventsRequestEntry;

/** Why an entry is not taken in, as both operations answer it. */
export interface EntryRefusal {
  readonly errorCode: string;
  readonly errorMessage: string;
}

const TIME_BYTES = 14;

/** The size that AWS counts: Time as 14 bytes where it is given, and the texts in UTF-8. */
export function entriesBytes(entries: readonly EventEntry[]): number {
  let bytes = 0;
  for (const { time, source, detailType, detail, resources = [] } of entries) {
    if (time !== undefined) bytes += TIME_BYTES;
    for (const text of [source, detailType, detail, ...resources]) bytes += Buffer.byteLength(text ?? '');
  }
  return bytes;
}

/** What an entry lacks in itself, in the order in which AWS looks. */
export function refuseContent(entry: EventEntry): EntryRefusal | undefined {
  if (!entry.source) return missing('Source');
  if (!entry.detailType) return missing('DetailType');
  if (!entry.detail) return missing('Detail');
  if (isDetail(entry.detail)) return undefined;
  return { errorCode: 'MalformedDetail', errorMessage: 'Detail is malformed.' };
}

export const NOT_AUTHORIZED_FOR_SOURCE: EntryRefusal = {
  errorCode: 'NotAuthorizedForSourceException',
  errorMessage: 'Not authorized for the source.',
};

/** The event that an entry without faults becomes on one event bus. */
export function eventFrom(
  entry: EventEntry,
  {
    id,
    busArn,
    origin,
    receivedAt,
  }: { readonly id: string; readonly busArn: string; readonly origin: Scope; readonly receivedAt: number },
): BusEvent {
  const { source = '', detailType = '', detail = '', resources = [], time = receivedAt } = entry;
  return {
    id,
    busArn,
    receivedAt,
    envelope: envelopeText({ id, detailType, source, origin, time, resources, detail }),
  };
}

function missing(member: string): EntryRefusal {
  return {
    errorCode: 'InvalidArgument',
    errorMessage: `Parameter ${member} is not valid. Reason: ${member} is a required argument.`,
  };
}
