/** A place in an archive: the time of its event, epoch milliseconds, and the event's number of the log. */
export interface ArchivePlace {
  readonly time: number;
  readonly event: number;
}

const POSITION = /^(-?\d{1,16}):(\d{1,16})$/;

/** A place as a position: `1767323045000:42`. */
export function archivePosition({ time, event }: ArchivePlace): string {
  return `${time}:${event}`;
}

/** Where a page begins: its events come after this place. Throws a RangeError unless `after` is a position. */
export function startOfPage({
  from,
  after,
}: {
  readonly from: number;
  readonly after?: string | undefined;
}): ArchivePlace {
  const start = { time: from, event: 0 }; // events are numbered from 1
  if (after === undefined) return start;
  const [, time, event] = POSITION.exec(after) ?? [];
  if (time === undefined) throw new RangeError(`${JSON.stringify(after)} isn't a position in an archive.`);
  const place = { time: Number(time), event: Number(event) };
  return place.time < from ? start : place;
}

/** The first events of a page, those whose envelopes hold no more than so many bytes together; one in any case. */
export function withinBytes<T extends { readonly bytes: number }>(
  page: readonly T[],
  maxBytes = Number.POSITIVE_INFINITY,
): readonly T[] {
  let bytes = 0;
  const tooMany = page.findIndex((event, index) => {
    bytes += event.bytes;
    return bytes > maxBytes && index > 0;
  });
  return tooMany === -1 ? page : page.slice(0, tooMany);
}
