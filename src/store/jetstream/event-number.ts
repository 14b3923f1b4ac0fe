// A message holds the events of one append. Both numbers together stay exact up to 900 billion messages.
const EVENTS_PER_MESSAGE = 10_000;

export const maximumEventsPerAppend = EVENTS_PER_MESSAGE;

/** An event's number of the log: that of its message, and its index in it. Never given out twice. */
export function eventNumber(message: number, index: number): number {
  return message * EVENTS_PER_MESSAGE + index;
}

/** The message and the index that a number of the log stands for. */
export function eventPlace(number: number): { readonly message: number; readonly index: number } {
  return { message: Math.floor(number / EVENTS_PER_MESSAGE), index: number % EVENTS_PER_MESSAGE };
}
