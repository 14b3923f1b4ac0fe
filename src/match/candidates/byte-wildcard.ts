import { STRING } from '../scan/scanner.ts';
import type { EventInHand } from './event-in-hand.ts';
import { byteText } from './long-text.ts';

/** From how many bytes on a string is searched as a string, which platforms do many bytes at a time. */
const LONG = 256;

/**
 * Whether a string is the segments in order, with any run of bytes between neighbours: as `matchesSegments`
 * does it, over bytes. UTF-8 never finds a character inside another.
 */
export function byteWildcard(segments: readonly Uint8Array[]): (event: EventInHand, row: number) => boolean {
  const [first = NOTHING, ...others] = segments;
  const last = others.pop();
  const middle = others.map((segment) => ({ bytes: segment, text: byteText(segment) }));
  return (event, row) => {
    if (event.kind(row) !== STRING) return false;
    const { bytes } = event;
    const start = event.start(row);
    const end = event.end(row);
    let at = start + first.length;
    if (last === undefined) return at === end && isAt(bytes, start, first);
    const tail = end - last.length;
    if (tail < at || !isAt(bytes, start, first) || !isAt(bytes, tail, last)) return false;
    if (tail - at >= LONG) return event.longText(row).hasInOrder(middle, at - start, tail - start);
    for (const segment of middle) {
      at = behind(bytes, at, tail, segment.bytes);
      if (at < 0) return false;
    }
    return true;
  };
}

const NOTHING = new Uint8Array(0);
/** Where the first occurrence of the segment in `bytes[start, end)` ends, or -1. */
function behind(bytes: Uint8Array, start: number, end: number, segment: Uint8Array): number {
  const [head] = segment;
  for (let at = start; at + segment.length <= end; at++) {
    if (bytes[at] === head && isAt(bytes, at, segment)) return at + segment.length;
  }
  return -1;
}

function isAt(bytes: Uint8Array, start: number, segment: Uint8Array): boolean {
  for (let at = 0; at < segment.length; at++) if (bytes[start + at] !== segment[at]) return false;
  return true;
}
