import type { Segment } from './wildcard-places.ts';

/** A node of the tree of all starts of segments (Aho and Corasick's), to find which of them end alike. */
export interface SegmentStart {
  readonly children: Map<string, SegmentStart>;
  readonly places: Set<number>;
  /** The longest other start of a segment that is an end of this one. */
  end: SegmentStart | undefined;
}

/** The empty start, at the root of the tree. */
export function newSegmentStart(): SegmentStart {
  return { children: new Map(), places: new Set(), end: undefined };
}

/** Adds all starts of a segment. */
export function addSegment(root: SegmentStart, segment: Segment): void {
  let node = root;
  for (const [at, place] of segment.places.entries()) {
    const letter = segment.text.charAt(at);
    const child = node.children.get(letter) ?? newSegmentStart();
    node.children.set(letter, child);
    child.places.add(place);
    node = child;
  }
}

/** In how many places of segments one can stand behind one text, at most; above `cap` only that it is above. */
export function mostStanding(root: SegmentStart, cap: number): number {
  let most = 0;
  const queue = [root];
  for (const node of queue) {
    for (const [letter, child] of node.children) {
      let end = node.end;
      while (end !== undefined && !end.children.has(letter)) end = end.end;
      child.end = end?.children.get(letter) ?? root;
      for (const place of child.end.places) child.places.add(place);
      most = Math.max(most, child.places.size);
      if (most > cap) return most;
      queue.push(child);
    }
  }
  return most;
}
