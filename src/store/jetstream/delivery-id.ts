/** Which delivery: the stream's number of the message that holds its event, and its place in that message. */
export interface DeliveryKey {
  readonly message: number;
  readonly slot: number;
}

// Sixteen digits hold every integer that a number holds exactly; padded, ids sort as text as they do as keys.
const MESSAGE_DIGITS = 16;
const SLOT_DIGITS = 6;
const DELIVERY_ID = /^(\d{16})-(\d{6})$/;

/** Slots have six digits in an id. */
export const maximumDeliveriesPerAppend = 1_000_000;

/** The id of a delivery: `0000000000000042-000003`. */
export function deliveryId({ message, slot }: DeliveryKey): string {
  return `${String(message).padStart(MESSAGE_DIGITS, '0')}-${String(slot).padStart(SLOT_DIGITS, '0')}`;
}

/** Which delivery an id names; undefined when it isn't an id of this store. */
export function parseDeliveryId(id: string): DeliveryKey | undefined {
  const match = DELIVERY_ID.exec(id);
  return match === null ? undefined : { message: Number(match[1]), slot: Number(match[2]) };
}

/** Orders keys as their ids sort. */
export function compareKeys(a: DeliveryKey, b: DeliveryKey): number {
  return a.message - b.message || a.slot - b.slot;
}
