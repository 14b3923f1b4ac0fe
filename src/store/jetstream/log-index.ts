import { ArchiveIndex } from './archive-index.ts';
import { DeliveryIndex } from './delivery-index.ts';
import { LogNeeds } from './log-needs.ts';
import type { LogRecord } from './log-record.ts';
import type { KeptRecord } from './log-writer.ts';

/** What the log says so far. It is rebuilt from the log with each start, and changes by its records alone. */
export class LogIndex {
  readonly needs = new LogNeeds();
  readonly deliveries = new DeliveryIndex(this.needs);
  readonly archives = new ArchiveIndex(this.needs);
  readonly #looseParts = new Map<number, number>();
  #lastApplied = 0;

  /** The number of the last message that it has taken in. */
  get lastApplied(): number {
    return this.#lastApplied;
  }

  /** Takes in the next record of the log; answers how many deliveries or events it changed, where that is asked for. */
  apply({ sequence, bytes, parts }: KeptRecord, record: LogRecord): number {
    this.#lastApplied = sequence;
    const { needs } = this;
    for (const part of parts) this.#looseParts.delete(part);
    // Needed until it is known for what.
    needs.marks.need(sequence, bytes);
    if (parts.length > 0) needs.keepParts(sequence, parts, Math.ceil(bytes / parts.length));
    const changed = this.#take(sequence, bytes, record);
    if (record.kind === 'append') needs.releaseEvents(sequence);
    else needs.releaseRecord(sequence);
    return changed;
  }

  /** A part of a record that is still to come, if its writer got that far. */
  takePart(sequence: number, bytes: number): void {
    this.#looseParts.set(sequence, bytes);
  }

  /** A message that can't be read stays where it is, for a person to look at. */
  keep({ sequence, bytes }: Pick<KeptRecord, 'bytes' | 'sequence'>): void {
    this.#lastApplied = sequence;
    this.needs.marks.need(sequence, bytes);
  }

  /** There is nothing between the last message and this number. */
  skipTo(sequence: number): void {
    this.#lastApplied = Math.max(this.#lastApplied, sequence);
  }

  #take(sequence: number, bytes: number, record: LogRecord): number {
    switch (record.kind) {
      case 'append':
        this.deliveries.append(sequence, bytes, record.events);
        this.archives.append(sequence, bytes, record.events);
        return record.events.length;
      case 'settle':
        this.deliveries.settle(sequence, record.settled);
        return 0;
      case 'redrive':
        return this.deliveries.redrive(sequence, record);
      case 'trim':
        return this.archives.trim(sequence, record);
      case 'open':
        this.#dropLooseParts();
        return 0;
    }
  }

  // Whoever wrote them did not live to write the message that would have made them count.
  #dropLooseParts(): void {
    for (const [part, bytes] of this.#looseParts) this.needs.dropRecord(part, bytes);
    this.#looseParts.clear();
  }
}
