import type { OwedDelivery, OwedEvent, Settlement } from '../../domain/delivery.ts';
import { type BusEvent, eventTime, type Hops } from '../../domain/event.ts';
import { type DeliveryKey, maximumDeliveriesPerAppend, parseDeliveryId } from './delivery-id.ts';
import { maximumEventsPerAppend } from './event-number.ts';

/** What the index needs to know of an appended event, without its envelope. */
export interface IndexedEvent {
  readonly receivedAt: number;
  readonly deliveries: readonly OwedDelivery[];
  /** Left out when no archive retains it. */
  readonly archived?: {
    readonly keys: readonly string[];
    /** See `eventTime`. */
    readonly time: number;
    /** Of the envelope, as UTF-8. */
    readonly bytes: number;
  };
}

/** How the attempt at one delivery ended. */
export interface SettledDelivery {
  readonly key: DeliveryKey;
  readonly settlement: Settlement;
  /**
   * Since when a delivery waits that is to be tried again: the record of its redrive may be gone from the log. Left
   * out by the first versions of the log.
   */
  readonly waitsFrom?: number;
}

/** A change of what the log says, as everybody who reads it sees it. */
export type LogRecord =
  | { readonly kind: 'append'; readonly events: readonly IndexedEvent[] }
  | { readonly kind: 'settle'; readonly settled: readonly SettledDelivery[] }
  | { readonly kind: 'redrive'; readonly now: number; readonly keys: readonly DeliveryKey[] }
  | { readonly kind: 'trim'; readonly archive: string; readonly events: readonly number[] }
  /** A Busbar begins to write: whoever wrote before learns from it that it is over. */
  | { readonly kind: 'open' };

/** A record as it is written: the text for the index in one line, and what only deliveries and archives read. */
export interface EncodedRecord {
  readonly index: string;
  readonly body: Uint8Array;
}

const NO_BODY = new Uint8Array(0);
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** JSON says every text, halves of surrogate pairs too, in one line of UTF-8. */
export function encodeRecord(record: Exclude<LogRecord, { kind: 'append' }>): EncodedRecord {
  return { index: indexText(record), body: NO_BODY };
}

/** Throws a RangeError when a message can't number so many events or deliveries. */
export function encodeAppend(events: readonly OwedEvent[]): EncodedRecord & { readonly record: LogRecord } {
  const indexed = events.map(indexedEvent);
  const deliveries = indexed.reduce((sum, event) => sum + event.deliveries.length, 0);
  if (deliveries > maximumDeliveriesPerAppend || events.length > maximumEventsPerAppend) {
    throw new RangeError(
      `One append can't hold more than ${maximumEventsPerAppend} events and ${maximumDeliveriesPerAppend} deliveries.`,
    );
  }
  const record = { kind: 'append', events: indexed } as const;
  const bodies = events.map(({ event }) => [event.id, event.busArn, event.envelope, event.hops]);
  return { record, index: indexText(record), body: encoder.encode(JSON.stringify(bodies)) };
}

// NATS 2.9 takes the first place where the name of one of its headers stands for that header, in the middle of
// another one's text too: a target named Nats-Expected-Last-Sequence would let everybody write.
function indexText(record: LogRecord): string {
  return JSON.stringify(indexOf(record)).replaceAll('Nats-', 'Nats\\u002d');
}

function indexedEvent({ event, deliveries, archives = [] }: OwedEvent): IndexedEvent {
  const owed = deliveries.map(({ owner, targetId }) => ({ owner, targetId }));
  const indexed = { receivedAt: event.receivedAt, deliveries: owed };
  if (archives.length === 0) return indexed;
  const bytes = Buffer.byteLength(event.envelope);
  return { ...indexed, archived: { keys: [...archives], time: eventTime(event), bytes } };
}

// Short, for there is one of these for each event and each attempt.
type WrittenEvent = [
  receivedAt: number,
  owed: string[],
  keys?: readonly string[],
  time?: number,
  bytes?: number,
];
type WrittenSettlement =
  | [message: number, slot: number]
  | [
      message: number,
      slot: number,
      kind: 'r' | 'f',
      at: number,
      attempts: number,
      code: string,
      text: string,
      waitsFrom?: number,
    ];
type Written =
  | { readonly a: readonly WrittenEvent[] }
  | { readonly s: readonly WrittenSettlement[] }
  | { readonly d: readonly number[]; readonly now: number }
  | { readonly t: string; readonly events: readonly number[] }
  | { readonly o: true };

function indexOf(record: LogRecord): Written {
  switch (record.kind) {
    case 'append':
      return { a: record.events.map(writtenEvent) };
    case 'settle':
      return { s: record.settled.map(writtenSettlement) };
    case 'redrive':
      return { d: record.keys.flatMap(({ message, slot }) => [message, slot]), now: record.now };
    case 'trim':
      return { t: record.archive, events: record.events };
    case 'open':
      return { o: true };
  }
}

function writtenEvent({ receivedAt, deliveries, archived }: IndexedEvent): WrittenEvent {
  const owed = deliveries.flatMap(({ owner, targetId }) => [owner, targetId]);
  if (archived === undefined) return [receivedAt, owed];
  return [receivedAt, owed, archived.keys, archived.time, archived.bytes];
}

function writtenSettlement({
  key: { message, slot },
  settlement,
  waitsFrom,
}: SettledDelivery): WrittenSettlement {
  if (settlement.kind === 'done') return [message, slot];
  const { attempts, error } = settlement;
  const retried = settlement.kind === 'retry';
  const at = retried ? settlement.dueAt : settlement.failedAt;
  const written = [message, slot, retried ? 'r' : 'f', at, attempts, error.code, error.message] as const;
  return waitsFrom === undefined ? [...written] : [...written, waitsFrom];
}

/** Reads the index of a record; throws when this Busbar doesn't know its kind. */
export function decodeIndex(text: string): LogRecord {
  const written = JSON.parse(text) as Written;
  if ('a' in written) return { kind: 'append', events: written.a.map(readEvent) };
  if ('s' in written) return { kind: 'settle', settled: written.s.map(readSettlement) };
  if ('d' in written) return { kind: 'redrive', now: written.now, keys: readKeys(written.d) };
  if ('t' in written) return { kind: 'trim', archive: written.t, events: written.events };
  if ('o' in written) return { kind: 'open' };
  throw new Error(`A newer Busbar wrote this record of the log: ${text.slice(0, 60)}`);
}

function readEvent([receivedAt, owed, keys, time = 0, bytes = 0]: WrittenEvent): IndexedEvent {
  const deliveries: OwedDelivery[] = [];
  for (let index = 0; index < owed.length; index += 2) {
    deliveries.push({ owner: owed[index] ?? '', targetId: owed[index + 1] ?? '' });
  }
  if (keys === undefined) return { receivedAt, deliveries };
  return { receivedAt, deliveries, archived: { keys, time, bytes } };
}

function readSettlement(written: WrittenSettlement): SettledDelivery {
  const [message, slot, kind, at = 0, attempts = 0, code = '', text = '', waitsFrom] = written;
  const key = { message, slot };
  if (kind === undefined) return { key, settlement: { id: '', kind: 'done' } };
  const rest = { id: '', attempts, error: { code, message: text } };
  if (kind === 'r') {
    const retried = { key, settlement: { ...rest, kind: 'retry', dueAt: at } } as const;
    return waitsFrom === undefined ? retried : { ...retried, waitsFrom };
  }
  return { key, settlement: { ...rest, kind: 'failed', failedAt: at } };
}

function readKeys(numbers: readonly number[]): readonly DeliveryKey[] {
  const keys: DeliveryKey[] = [];
  for (let index = 0; index < numbers.length; index += 2) {
    keys.push({ message: numbers[index] ?? 0, slot: numbers[index + 1] ?? 0 });
  }
  return keys;
}

/** Pairs settlements with their keys, without those whose ids are not of this store. */
export function keyed(settlements: readonly Settlement[]): readonly SettledDelivery[] {
  return settlements.flatMap((settlement) => {
    const key = parseDeliveryId(settlement.id);
    return key === undefined ? [] : [{ key, settlement }];
  });
}

/** The events of an appended message, from its body and its index. Throws when they don't fit each other. */
export function decodeEvents(body: Uint8Array, indexed: readonly IndexedEvent[]): readonly BusEvent[] {
  const bodies = JSON.parse(decoder.decode(body)) as [string, string, string, Hops | null | undefined][];
  if (bodies.length !== indexed.length)
    throw new Error('A message of the log holds other events than it says.');
  return bodies.map(([id, busArn, envelope, hops], index) => {
    const receivedAt = indexed[index]?.receivedAt ?? 0;
    const event = { id, busArn, receivedAt, envelope };
    return hops === undefined || hops === null ? event : { ...event, hops };
  });
}
