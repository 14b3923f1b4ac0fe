import { LogMarks } from './log-marks.ts';

/** A message that is not needed. */
interface Dropped {
  readonly message: number;
  readonly bytes: number;
  readonly holdsEvents: boolean;
}

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
  #dropped: Dropped[] = [];
  #droppedBytes = 0;

  /** Bytes of the messages that are not needed. */
  get garbageBytes(): number {
    return this.#droppedBytes;
  }

  get garbageCount(): number {
    return this.#dropped.length;
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
    this.#drop({ message, bytes, holdsEvents: true });
  }

  /** A message that says how deliveries stand, or nothing of use, is not needed. */
  dropRecord(message: number, bytes: number): void {
    this.#drop({ message, bytes, holdsEvents: false });
  }

  /** The stream has nothing before this message any more. */
  forgetBefore(message: number): void {
    this.#setDropped(this.#dropped.filter((dropped) => dropped.message >= message));
  }

  /** The garbage before a message. It counts as garbage until it is forgotten. */
  garbageBefore(message: number): Garbage {
    const garbage = this.#dropped.filter((dropped) => dropped.message < message);
    const numbersOf = (holdsEvents: boolean) =>
      garbage.filter((dropped) => dropped.holdsEvents === holdsEvents).map((dropped) => dropped.message);
    return { events: numbersOf(true), records: numbersOf(false) };
  }

  /** These were deleted. */
  forget({ events, records }: Garbage): void {
    const deleted = new Set([...events, ...records]);
    this.#setDropped(this.#dropped.filter(({ message }) => !deleted.has(message)));
  }

  #drop(dropped: Dropped): void {
    this.#dropped.push(dropped);
    this.#droppedBytes += dropped.bytes;
    this.#dropParts(dropped.message);
  }

  #setDropped(dropped: Dropped[]): void {
    this.#dropped = dropped;
    this.#droppedBytes = dropped.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  // After the message that needs them: as records, which go last.
  #dropParts(message: number): void {
    const parts = this.#parts.get(message);
    if (parts === undefined) return;
    this.#parts.delete(message);
    for (const part of parts) this.releaseRecord(part);
  }
}
