import type { ArchiveSize } from '../../domain/archive.ts';
import { type ArchivePlace, startOfPage, withinBytes } from '../archive-position.ts';
import type { ArchivePage } from '../store.ts';
import { eventNumber, eventPlace } from './event-number.ts';
import type { LogNeeds } from './log-needs.ts';
import type { IndexedEvent } from './log-record.ts';
import { grown } from './owed-rows.ts';

const FIRST_CAPACITY = 64;

/** The events of one archive in the order of their places, in arrays of numbers. */
class Archive {
  time = new Float64Array(FIRST_CAPACITY);
  event = new Float64Array(FIRST_CAPACITY);
  receivedAt = new Float64Array(FIRST_CAPACITY);
  envelopeBytes = new Uint32Array(FIRST_CAPACITY);
  length = 0;
  bytes = 0;

  add(place: ArchivePlace, receivedAt: number, envelopeBytes: number): void {
    if (this.length === this.time.length) this.#grow();
    const index = this.firstAfter(place);
    for (const column of [this.time, this.event, this.receivedAt, this.envelopeBytes]) {
      column.copyWithin(index + 1, index, this.length);
    }
    this.time[index] = place.time;
    this.event[index] = place.event;
    this.receivedAt[index] = receivedAt;
    this.envelopeBytes[index] = envelopeBytes;
    this.length += 1;
    this.bytes += envelopeBytes;
  }

  /** The index of the first event that comes after a place. */
  firstAfter(place: ArchivePlace): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const time = this.time[middle] ?? 0;
      const isAfter = time > place.time || (time === place.time && (this.event[middle] ?? 0) > place.event);
      if (isAfter) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Lets go of these events; answers those that were there. */
  remove(events: ReadonlySet<number>): readonly number[] {
    const removed: number[] = [];
    let kept = 0;
    for (let index = 0; index < this.length; index += 1) {
      const event = this.event[index] ?? 0;
      if (events.has(event)) {
        removed.push(event);
        this.bytes -= this.envelopeBytes[index] ?? 0;
        continue;
      }
      for (const column of [this.time, this.event, this.receivedAt, this.envelopeBytes]) {
        column[kept] = column[index] ?? 0;
      }
      kept += 1;
    }
    this.length = kept;
    return removed;
  }

  #grow(): void {
    const capacity = this.time.length * 2;
    this.time = grown(this.time, new Float64Array(capacity));
    this.event = grown(this.event, new Float64Array(capacity));
    this.receivedAt = grown(this.receivedAt, new Float64Array(capacity));
    this.envelopeBytes = grown(this.envelopeBytes, new Uint32Array(capacity));
  }
}

/** What archives retain, as the log says: where each event stands, without the event. */
export class ArchiveIndex {
  readonly #archives = new Map<string, Archive>();
  readonly #needs: LogNeeds;

  constructor(needs: LogNeeds) {
    this.#needs = needs;
  }

  append(message: number, bytes: number, events: readonly IndexedEvent[]): void {
    for (const [index, { receivedAt, archived }] of events.entries()) {
      if (archived === undefined) continue;
      const place = { time: archived.time, event: eventNumber(message, index) };
      for (const key of archived.keys) {
        const archive = this.#archives.get(key) ?? new Archive();
        this.#archives.set(key, archive);
        this.#needs.marks.need(message, bytes);
        archive.add(place, receivedAt, archived.bytes);
      }
    }
  }

  /** The places of a page's events. Throws a RangeError when `after` isn't a position. */
  page({ archive: key, from, to, after, max, maxBytes }: ArchivePage): readonly ArchivePlace[] {
    const start = startOfPage({ from, after });
    const archive = this.#archives.get(key);
    if (archive === undefined) return [];
    const places: (ArchivePlace & { readonly bytes: number })[] = [];
    for (let index = archive.firstAfter(start); index < archive.length && places.length < max; index += 1) {
      const time = archive.time[index] ?? 0;
      if (time >= to) break;
      places.push({ time, event: archive.event[index] ?? 0, bytes: archive.envelopeBytes[index] ?? 0 });
    }
    return withinBytes(places, maxBytes);
  }

  measure(key: string): ArchiveSize {
    const archive = this.#archives.get(key);
    return { events: archive?.length ?? 0, bytes: archive?.bytes ?? 0 };
  }

  /** At most `max` events that were received before a time, the longest kept first. */
  expired(
    key: string,
    { before, max }: { readonly before: number; readonly max: number },
  ): readonly number[] {
    const archive = this.#archives.get(key);
    if (archive === undefined) return [];
    const indexes: number[] = [];
    for (let index = 0; index < archive.length; index += 1) {
      if ((archive.receivedAt[index] ?? 0) < before) indexes.push(index);
    }
    const { receivedAt, event } = archive;
    return indexes
      .sort((a, b) => (receivedAt[a] ?? 0) - (receivedAt[b] ?? 0) || (event[a] ?? 0) - (event[b] ?? 0))
      .slice(0, Math.max(0, max))
      .map((index) => event[index] ?? 0);
  }

  /** Lets an archive go of events; answers how many it held. */
  trim(
    record: number,
    { archive: key, events }: { readonly archive: string; readonly events: readonly number[] },
  ): number {
    const archive = this.#archives.get(key);
    if (archive === undefined) return 0;
    const removed = archive.remove(new Set(events));
    if (archive.length === 0) this.#archives.delete(key);
    for (const event of removed) {
      const { message } = eventPlace(event);
      this.#needs.keepLastWord(message, record);
      this.#needs.releaseEvents(message);
    }
    return removed.length;
  }
}
