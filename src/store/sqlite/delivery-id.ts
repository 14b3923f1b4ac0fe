/** Which delivery: the sequence number of its event, and its place among what the event owes. */
export interface DeliveryKey {
  readonly event: number;
  readonly slot: number;
}

/** Slots have five digits in an id. AWS's quotas allow an event some thousands of deliveries. */
export const maximumDeliveriesPerEvent = 100_000;

// Sixteen digits hold every integer that a number holds exactly; padded, ids sort as text as they do as keys.
const SEQUENCE_DIGITS = 16;
const SLOT_DIGITS = 5;
const DELIVERY_ID = /^(\d{16})-(\d{5})$/;

/** The id of a delivery: `0000000000000042-00003`. */
export function deliveryId({ event, slot }: DeliveryKey): string {
  return `${String(event).padStart(SEQUENCE_DIGITS, '0')}-${String(slot).padStart(SLOT_DIGITS, '0')}`;
}

/** Which delivery an id names; undefined when it isn't an id of this store. */
export function parseDeliveryId(id: string): DeliveryKey | undefined {
  const match = DELIVERY_ID.exec(id);
  return match === null ? undefined : { event: Number(match[1]), slot: Number(match[2]) };
}
