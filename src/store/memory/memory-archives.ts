import type { ArchivedEvent, ArchiveSize } from '../../domain/archive.ts';
import { type BusEvent, eventTime } from '../../domain/event.ts';
import { type ArchivePlace, archivePosition, startOfPage, withinBytes } from '../archive-position.ts';
import type { ArchivePage } from '../store.ts';

interface Archived extends ArchivePlace {
  readonly busEvent: BusEvent;
  readonly bytes: number;
}

interface Archive {
  /** In the order of their places. */
  entries: Archived[];
  bytes: number;
}

/** What archives retain, in memory. */
export class MemoryArchives {
  readonly #archives = new Map<string, Archive>();
  #lastEvent = 0;

  /** Enters an event into archives. */
  retain(busEvent: BusEvent, keys: readonly string[]): void {
    if (keys.length === 0) return;
    this.#lastEvent += 1;
    const bytes = Buffer.byteLength(busEvent.envelope);
    const archived = { time: eventTime(busEvent), event: this.#lastEvent, busEvent, bytes };
    for (const key of keys) {
      const archive = this.#archives.get(key) ?? { entries: [], bytes: 0 };
      this.#archives.set(key, archive);
      archive.entries.splice(firstAfter(archive.entries, archived), 0, archived);
      archive.bytes += bytes;
    }
  }

  read({ archive, from, to, after, max, maxBytes }: ArchivePage): readonly ArchivedEvent[] {
    const start = startOfPage({ from, after });
    const entries = this.#archives.get(archive)?.entries ?? [];
    const first = firstAfter(entries, start);
    const page = entries.slice(first, first + max).filter(({ time }) => time < to);
    return withinBytes(page, maxBytes).map((archived) => ({
      event: archived.busEvent,
      position: archivePosition(archived),
    }));
  }

  measure(key: string): ArchiveSize {
    const { entries, bytes } = this.#archives.get(key) ?? { entries: [], bytes: 0 };
    return { events: entries.length, bytes };
  }

  /** Lets go of events that were received before a time, at most `max`; answers how many. */
  trim(key: string, { before, max }: { readonly before: number; readonly max: number }): number {
    const archive = this.#archives.get(key);
    if (archive === undefined) return 0;
    const expired = archive.entries
      .filter(({ busEvent }) => busEvent.receivedAt < before)
      .sort((a, b) => a.busEvent.receivedAt - b.busEvent.receivedAt || a.event - b.event)
      .slice(0, max);
    if (expired.length === 0) return 0;
    const gone = new Set(expired);
    archive.entries = archive.entries.filter((archived) => !gone.has(archived));
    for (const { bytes } of expired) archive.bytes -= bytes;
    if (archive.entries.length === 0) this.#archives.delete(key);
    return expired.length;
  }
}

/** The index of the first entry that comes after a place. */
function firstAfter(entries: readonly ArchivePlace[], place: ArchivePlace): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = entries[middle];
    if (entry !== undefined && comesAfter(entry, place)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function comesAfter(a: ArchivePlace, b: ArchivePlace): boolean {
  return a.time > b.time || (a.time === b.time && a.event > b.event);
}
