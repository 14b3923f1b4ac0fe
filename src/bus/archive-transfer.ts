import { setImmediate } from 'node:timers/promises';
import type { Archive } from '../domain/archive.ts';
import { eventBusArn } from '../domain/arn.ts';
import type { Clock } from '../domain/clock.ts';
import type { BusEvent } from '../domain/event.ts';
import type { Scope } from '../domain/scope.ts';
import type { Store } from '../store/store.ts';
import { EventLineError, eventLine, type LineDefaults, readEventLine } from './event-line.ts';
import { ARCHIVE_STEP } from './replay-source.ts';

export interface ArchiveTransferOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** A UUID. */
  readonly newEventId: () => string;
}

/** Brings the events of archives out as lines of JSON, and lines of JSON into archives. */
export class ArchiveTransfer {
  readonly #options: ArchiveTransferOptions;

  constructor(options: ArchiveTransferOptions) {
    this.#options = options;
  }

  /** The events of a window of time in order, as texts of whole lines; epoch milliseconds, `to` is without. */
  async *export(archive: Archive, { from, to }: { from: number; to: number }): AsyncGenerator<string> {
    const { store } = this.#options;
    let after: string | undefined;
    for (;;) {
      const page = await store.readArchive({
        archive: archive.id,
        from,
        to,
        after,
        ...ARCHIVE_STEP,
      });
      if (page.length === 0) return;
      yield page.map(({ event }) => `${eventLine(event)}\n`).join('');
      after = page.at(-1)?.position;
    }
  }

  /**
   * Puts the event of each line into an archive, whatever its pattern; empty lines are passed over. Answers how many
   * there were; they are durable. `onlyOwn` as in LineDefaults. Throws EventLineError, before anything is kept, when a line is no event.
   */
  async import(
    archive: Archive,
    { scope, lines, onlyOwn }: { readonly scope: Scope; readonly lines: string; readonly onlyOwn: boolean },
  ): Promise<number> {
    const { store, newEventId } = this.#options;
    const defaults = { id: newEventId, origin: scope, onlyOwn };
    const events = await this.#read(lines, eventBusArn(scope, archive.busName), defaults);
    for (let at = 0; at < events.length; at += ARCHIVE_STEP.max) {
      const step = events.slice(at, at + ARCHIVE_STEP.max);
      await store.append(step.map((event) => ({ event, deliveries: [], archives: [archive.id] })));
    }
    return events.length;
  }

  async #read(lines: string, busArn: string, defaults: LineDefaults): Promise<readonly BusEvent[]> {
    const { clock } = this.#options;
    const events: BusEvent[] = [];
    for (const [index, line] of lines.split('\n').entries()) {
      if (line.trim() === '') continue;
      try {
        events.push({ ...readEventLine(line, defaults), busArn, receivedAt: clock.now() });
      } catch (error) {
        if (!(error instanceof EventLineError)) throw error;
        throw new EventLineError(`Line ${index + 1} is no event: ${error.message}.`);
      }
      // Others get a turn while a long text is read.
      if (events.length % ARCHIVE_STEP.max === 0) await setImmediate();
    }
    return events;
  }
}
