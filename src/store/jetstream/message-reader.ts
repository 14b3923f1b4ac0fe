import type { OwedEvent } from '../../domain/delivery.ts';
import type { BusEvent } from '../../domain/event.ts';
import { decodeEvents, decodeIndex, type IndexedEvent, type LogRecord } from './log-record.ts';
import type { LogStream } from './log-stream.ts';
import { joinParts, partsOf } from './message-parts.ts';

// Most deliveries are leased right after their event was appended: what is here need not be read.
const CACHE_BYTES = 32 * 1_024 * 1_024;

/** The events of one message. */
export class EventsMessage {
  readonly events: readonly BusEvent[];
  // How many deliveries the events up to each one have together.
  readonly #ends: readonly number[];

  constructor(events: readonly BusEvent[], owed: readonly Pick<IndexedEvent, 'deliveries'>[]) {
    this.events = events;
    let end = 0;
    this.#ends = owed.map(({ deliveries }) => {
      end += deliveries.length;
      return end;
    });
  }

  /** The event that the delivery at a place of the message is owed by. Throws when there is none. */
  eventOf(slot: number): BusEvent {
    const event = this.events[this.#ends.findIndex((end) => slot < end)];
    if (event === undefined) throw new Error('A message of the log holds fewer events than are owed.');
    return event;
  }
}

/** Reads messages of the log by their numbers, and remembers the latest with events. */
export class MessageReader {
  readonly #stream: LogStream;
  readonly #cache = new Map<number, { readonly message: EventsMessage; readonly bytes: number }>();
  readonly #reading = new Map<number, Promise<EventsMessage>>();
  #cachedBytes = 0;

  constructor(stream: LogStream) {
    this.#stream = stream;
  }

  /** Remembers events that were just written. */
  remember(sequence: number, bytes: number, owed: readonly OwedEvent[]): void {
    this.#keep(
      sequence,
      bytes,
      new EventsMessage(
        owed.map(({ event }) => event),
        owed,
      ),
    );
  }

  /** Rejects with an UnreadableMessage when it is gone or damaged, and otherwise when NATS does not answer. */
  async events(sequence: number): Promise<EventsMessage> {
    const cached = this.#cache.get(sequence)?.message;
    if (cached !== undefined) return cached;
    // The deliveries of one message are mostly leased together: it is read for all of them once.
    let reading = this.#reading.get(sequence);
    if (reading === undefined) {
      reading = this.#readEvents(sequence).finally(() => this.#reading.delete(sequence));
      this.#reading.set(sequence, reading);
    }
    return reading;
  }

  /** The record that a message holds. Rejects as `events` does. */
  async record(sequence: number): Promise<LogRecord> {
    return (await this.#read(sequence)).record;
  }

  /** The record of a message whose index is at hand, and the parts that it lies in. Rejects as `events` does. */
  async recordOf(
    sequence: number,
    index: string,
  ): Promise<{ readonly record: LogRecord; readonly parts: readonly number[] }> {
    const parts = partsOf(index);
    if (parts === undefined) return { record: readable(sequence, () => decodeIndex(index)), parts: [] };
    return {
      record: readable(sequence, decodeIndex.bind(undefined, (await this.#join(sequence, parts)).index)),
      parts,
    };
  }

  async #readEvents(sequence: number): Promise<EventsMessage> {
    const { record, body, bytes } = await this.#read(sequence);
    if (record.kind !== 'append') throw new UnreadableMessage(sequence, 'it holds no events');
    const { events } = record;
    const message = readable(sequence, () => new EventsMessage(decodeEvents(body, events), events));
    this.#keep(sequence, bytes, message);
    return message;
  }

  async #read(sequence: number): Promise<{ record: LogRecord; body: Uint8Array; bytes: number }> {
    const message = await this.#stream.read(sequence);
    if (message === undefined) throw new UnreadableMessage(sequence, 'it is gone');
    const parts = partsOf(message.index);
    const { index, body } = parts === undefined ? message : await this.#join(sequence, parts);
    return { record: readable(sequence, () => decodeIndex(index)), body, bytes: index.length + body.length };
  }

  async #join(sequence: number, parts: readonly number[]): Promise<ReturnType<typeof joinParts>> {
    const messages = await Promise.all(parts.map((part) => this.#stream.read(part)));
    return joinParts(
      messages.map((message) => {
        if (message === undefined) throw new UnreadableMessage(sequence, 'a part of it is gone');
        return message.body;
      }),
    );
  }

  #keep(sequence: number, bytes: number, message: EventsMessage): void {
    if (bytes > CACHE_BYTES / 4) return;
    this.#cachedBytes += bytes - (this.#cache.get(sequence)?.bytes ?? 0);
    this.#cache.set(sequence, { message, bytes });
    for (const [oldest, entry] of this.#cache) {
      if (this.#cachedBytes <= CACHE_BYTES) break;
      this.#cache.delete(oldest);
      this.#cachedBytes -= entry.bytes;
    }
  }
}

/** A message of the log is gone or damaged. To read it again would not help. */
export class UnreadableMessage extends Error {
  override readonly name = 'UnreadableMessage';

  constructor(sequence: number, reason: string, options?: ErrorOptions) {
    super(`Message ${sequence} of the log can't be read: ${reason}.`, options);
  }
}

function readable<T>(sequence: number, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UnreadableMessage(sequence, reason, { cause });
  }
}
