import { LogMarks } from './log-marks.ts';

/** Messages that nothing needs any more and that are still in the stream. */
export interface Garbage {
  /** Messages that held events. */
  readonly events: readonly number[];
  /** Messages that said how deliveries stand. They must outlive the messages with the events. */
  readonly records: readonly number[];
}

/**
 * Why each message of the log is kept. A message with events is needed by what they owe and by archives. A message
 * that says how a delivery stands is needed until a later one says so, or until the event's message is needed no
 * more: without it, reading the log again would make the delivery owed again.
 */
export class LogNeeds {
  readonly marks = new LogMarks();
  // What was said last of deliveries that are done, while others still need the message of their event.
  readonly #lastWords = new Map<number, number[]>();
  // The parts of messages that were cut.
  readonly #parts = new Map<number, readonly number[]>();
  #events: number[] = [];
  #records: number[] = [];
  #garbageBytes = 0;

  /** Bytes of messages that are not needed, those that went with the beginning of the log included. */
  get garbageBytes(): number {
    return this.#garbageBytes;
  }

  /** How many messages `takeGarbage` would answer, or more. */
  get garbageCount(): number {
    return this.#events.length + this.#records.length;
  }

  /** A message lies in parts that have to be kept with it. */
  keepParts(message: number, parts: readonly number[], bytes: number): void {
    this.#parts.set(message, parts);
    for (const part of parts) this.marks.need(part, bytes);
  }

  /** What a message says of a delivery that is done has to be kept while the event's message is. */
  keepLastWord(eventMessage: number, record: number): void {
    this.marks.need(record);
    const words = this.#lastWords.get(eventMessage);
    if (words === undefined) this.#lastWords.set(eventMessage, [record]);
    else words.push(record);
  }

  /** One reason less to keep a message with events. */
  releaseEvents(message: number): void {
    const bytes = this.marks.release(message);
    if (bytes === undefined) return;
    this.dropEvents(message, bytes);
    const words = this.#lastWords.get(message);
    if (words === undefined) return;
    this.#lastWords.delete(message);
    for (const record of words) this.releaseRecord(record);
  }

  /** One reason less to keep a message that says how deliveries stand. */
  releaseRecord(message: number): void {
    const bytes = this.marks.release(message);
    if (bytes !== undefined) this.dropRecord(message, bytes);
  }

  /** A message with events is not needed. */
  dropEvents(message: number, bytes: number): void {
    this.#events.push(message);
    this.#garbageBytes += bytes;
    this.#dropParts(message);
  }

  /** A message that says how deliveries stand, or nothing of use, is not needed. */
  dropRecord(message: number, bytes: number): void {
    this.#records.push(message);
    this.#garbageBytes += bytes;
    this.#dropParts(message);
  }

  /** Answers the garbage from a message on and before another, and forgets all that came before that one. */
  takeGarbage(from: number, before: number): Garbage {
    const isAsked = (message: number) => message >= from && message < before;
    const taken = { events: this.#events.filter(isAsked), records: this.#records.filter(isAsked) };
    this.#events = this.#events.filter((message) => message >= before);
    this.#records = this.#records.filter((message) => message >= before);
    this.#garbageBytes = 0;
    return taken;
  }

  /** Puts back what could not be deleted. */
  putBack({ events, records }: Garbage): void {
    this.#events.push(...events);
    this.#records.push(...records);
  }

  // After the message that needs them: as records, which go last.
  #dropParts(message: number): void {
    const parts = this.#parts.get(message);
    if (parts === undefined) return;
    this.#parts.delete(message);
    for (const part of parts) this.releaseRecord(part);
  }
}
