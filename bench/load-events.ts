import { makeBusEvents } from './bus-events.ts';

/** An element of a PutEvents request. */
export interface Entry {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
}

interface Envelope {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Envelopes as EventBridge writes them, as JSON text of that many bytes each: the same ones every time. */
export function makeEnvelopes(count: number, bytes: number): string[] {
  return makeBusEvents(count).map((text) => {
    const envelope: Envelope = JSON.parse(text);
    const around = Buffer.byteLength(text) - Buffer.byteLength(JSON.stringify(envelope.detail));
    return JSON.stringify({ ...envelope, detail: grow(envelope.detail, bytes - around) });
  });
}

/** The source of every entry begins with this. */
export const SOURCE_PREFIX = 'com.acme.';

/** Entries of that many bytes each as AWS counts them: source, detail-type and detail. */
export function makeEntries(count: number, bytes: number): Entry[] {
  const entries: Entry[] = [];
  // AWS takes no entries that claim to come from itself.
  for (const text of makeBusEvents(count * 3)) {
    const { source, 'detail-type': detailType, detail }: Envelope = JSON.parse(text);
    if (!source.startsWith(SOURCE_PREFIX) || entries.length === count) continue;
    const room = bytes - Buffer.byteLength(source) - Buffer.byteLength(detailType);
    entries.push({ Source: source, DetailType: detailType, Detail: JSON.stringify(grow(detail, room)) });
  }
  return entries;
}

const STATES = ['received', 'checked', 'reserved', 'packed', 'handed-over', 'confirmed'];
const NOTE = 'Taken over from the previous step without a change, and waiting for the next one. '.repeat(20);

/** Adds a history to a detail, and a note that fills its JSON text up to exactly `bytes`. */
function grow(detail: Readonly<Record<string, unknown>>, bytes: number): object {
  const history: object[] = [];
  let grown: object = { ...detail, history };
  while (bytesOf(grown) < bytes - 150) {
    const step = history.length;
    history.push({ step, state: STATES[step % STATES.length], by: `worker-${step * 7}`, took: step * 13.5 });
  }
  grown = { ...grown, note: '' };
  return { ...grown, note: NOTE.slice(0, Math.max(0, bytes - bytesOf(grown))) };
}

function bytesOf(value: object): number {
  return Buffer.byteLength(JSON.stringify(value));
}
