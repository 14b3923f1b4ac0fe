import type { Condition } from './pattern.ts';

/** AWS refuses a pattern in which one field's wildcards can be in more than this many places at once. */
export const MAX_COMPLEXITY = 10;

/**
 * How complex the wildcards of one field are: in how many places they can stand at once, at worst, while a
 * value is read. A wildcard stands behind each letter that it has just consumed, and at each star that it
 * has reached. Counting stops above `cap`, so a larger result says no more than "over the cap".
 *
 * No input needs to be tried, and the time is linear in the wildcards, apart from factors of the cap. A star
 * once reached is never left, and reaching one takes no other away. So the worst moment is one of two kinds:
 *
 * - some wildcard is still before its first star; then all that was read is known, and is replayed;
 * - all stars are reached that can be together; then the text just read is the start of some segment, and
 *   every segment that starts with an end of that text stands in it too.
 */
export function complexity(conditions: readonly Condition[], cap: number): number {
  const paths = placesOf(conditions);
  let worst = 0;
  const seen = new Set<string>();
  for (const { segments } of paths) {
    const opening = segments[0]?.text ?? '';
    const key = `${segments.length > 1}${opening}`;
    if (seen.has(key)) continue;
    seen.add(key);
    worst = Math.max(worst, worstOfOpening(paths, opening, cap));
    if (worst <= cap && segments.length > 1) worst = Math.max(worst, worstBehindStars(paths, opening, cap));
    if (worst > cap) return worst;
  }
  return worst;
}

/** One wildcard over the quoted value, as bytes. Places with the same number are counted once. */
interface WildcardPath {
  readonly segments: readonly Segment[];
}

interface Segment {
  /** One character a byte. */
  readonly text: string;
  /** The place behind each byte. */
  readonly places: readonly number[];
  /** The star behind the segment; undefined behind the last. */
  readonly star: number | undefined;
}

function placesOf(conditions: readonly Condition[]): readonly WildcardPath[] {
  const numbers = { next: 0 };
  const paths: WildcardPath[] = [];
  const seen = new Set<string>();
  for (const condition of conditions) {
    const wildcards = condition.kind === 'none-of' ? condition.conditions : [condition];
    const lists = wildcards.flatMap((wildcard) => (wildcard.kind === 'wildcard' ? [wildcard.segments] : []));
    const key = JSON.stringify([condition.kind, lists]);
    if (lists.length === 0 || seen.has(key)) continue;
    seen.add(key);
    const trie = lists.length > 1 ? new SharedPlaces(numbers) : undefined;
    for (const segments of lists) paths.push({ segments: numbered(segments, numbers, trie) });
  }
  return paths;
}

interface Numbers {
  next: number;
}

// AWS's count for a list inside anything-but lies between sharing all places that begin alike and sharing
// none. This reproduces the counts that are known: places are shared but for the stars behind the first and
// for the places right behind a star.
class SharedPlaces {
  readonly #numbers: Numbers;
  readonly #children = new Map<string, number>();
  #node = -1;

  constructor(numbers: Numbers) {
    this.#numbers = numbers;
  }

  restart(): void {
    this.#node = -1;
  }

  step(letter: string): number {
    const key = `${this.#node} ${letter}`;
    const node = this.#children.get(key) ?? this.#numbers.next++;
    this.#children.set(key, node);
    this.#node = node;
    return node;
  }

  end(): number {
    this.#node = -2;
    return this.step('"');
  }
}

function numbered(
  segments: readonly string[],
  numbers: Numbers,
  shared: SharedPlaces | undefined,
): readonly Segment[] {
  shared?.restart();
  const last = segments.length - 1;
  return segments.map((segment, index) => {
    const text = `${index === 0 ? '"' : ''}${bytes(segment)}${index === last ? '"' : ''}`;
    const places = Array.from(text, (letter, at) => {
      const place = shared?.step(letter);
      if (index === last && at === text.length - 1) return shared?.end() ?? numbers.next++;
      return place === undefined || (index > 0 && at === 0) ? numbers.next++ : place;
    });
    if (index === last) return { text, places, star: undefined };
    const star = shared?.step('*');
    return { text, places, star: star === undefined || index > 0 ? numbers.next++ : star };
  });
}

function bytes(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}

/** Where one path stands: behind `length` bytes of a segment. */
interface Standing {
  readonly path: WildcardPath;
  readonly segment: number;
  readonly length: number;
}

function worstOfOpening(paths: readonly WildcardPath[], opening: string, cap: number): number {
  let standing: Standing[] = paths.map((path) => ({ path, segment: 0, length: 0 }));
  const reached = new Map<Segment, { readonly path: WildcardPath; readonly segment: number }>();
  let worst = 0;
  for (const letter of opening) {
    const begun = [...reached.values()].map(({ path, segment }) => ({
      path,
      segment: segment + 1,
      length: 0,
    }));
    standing = [...standing, ...begun].flatMap(({ path, segment, length }) =>
      path.segments[segment]?.text[length] === letter ? [{ path, segment, length: length + 1 }] : [],
    );
    const live = new Set<number>();
    for (const { path, segment, length } of standing) {
      const { text, places, star } = path.segments[segment] ?? NO_SEGMENT;
      live.add(places[length - 1] ?? -1);
      if (length === text.length && star !== undefined) {
        reached.set(path.segments[segment] ?? NO_SEGMENT, { path, segment });
      }
    }
    for (const segment of reached.keys()) live.add(segment.star ?? -1);
    worst = Math.max(worst, live.size);
    if (worst > cap) return worst;
  }
  return worst;
}

const NO_SEGMENT: Segment = { text: '', places: [], star: undefined };

function worstBehindStars(paths: readonly WildcardPath[], opening: string, cap: number): number {
  const together = paths.filter(
    ({ segments }) => segments.length > 1 && opening.startsWith(segments[0]?.text ?? ''),
  );
  const stars = new Set(together.flatMap(({ segments }) => segments.flatMap(({ star }) => star ?? [])));
  const root = segmentStart();
  for (const { segments } of together) {
    for (const segment of segments.slice(1)) addSegment(root, segment);
  }
  return stars.size + mostStanding(root, cap);
}

/** A node of the tree of all starts of segments (Aho and Corasick's), to find which of them end alike. */
interface SegmentStart {
  readonly children: Map<string, SegmentStart>;
  readonly places: Set<number>;
  /** The longest other start of a segment that is an end of this one. */
  end: SegmentStart | undefined;
}

function segmentStart(): SegmentStart {
  return { children: new Map(), places: new Set(), end: undefined };
}

function addSegment(root: SegmentStart, segment: Segment): void {
  let node = root;
  for (const [at, place] of segment.places.entries()) {
    const letter = segment.text.charAt(at);
    const child = node.children.get(letter) ?? segmentStart();
    node.children.set(letter, child);
    child.places.add(place);
    node = child;
  }
}

function mostStanding(root: SegmentStart, cap: number): number {
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
