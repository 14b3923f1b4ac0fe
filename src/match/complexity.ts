import type { Condition } from './pattern.ts';
import { addSegment, mostStanding, newSegmentStart } from './segment-starts.ts';
import { type WildcardPath, wildcardPaths } from './wildcard-places.ts';

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
  const paths = wildcardPaths(conditions);
  let worst = 0;
  const open: Moment[] = [{ standing: paths.map((path) => ({ path, segment: 0, length: 0 })), reached: [] }];
  for (let moment = open.pop(); moment !== undefined; moment = open.pop()) {
    for (const letter of openingLetters(moment)) {
      const next = after(moment, letter);
      worst = Math.max(worst, live(next));
      if (worst <= cap && next.reached.length > moment.reached.length) {
        worst = Math.max(worst, worstBehindStars(next.reached, cap));
      }
      if (worst > cap) return worst;
      open.push(next);
    }
  }
  return worst;
}

/** Behind `length` bytes of one of a path's segments. */
interface Standing {
  readonly path: WildcardPath;
  readonly segment: number;
  readonly length: number;
}

/** What is live after some text. */
interface Moment {
  readonly standing: readonly Standing[];
  /** The ends of segments behind which a star is reached. */
  readonly reached: readonly Standing[];
}

/** The letters that keep some wildcard before its first star. */
function openingLetters({ standing }: Moment): ReadonlySet<string> {
  const letters = new Set<string>();
  for (const { path, segment, length } of standing) {
    const letter = segment === 0 ? path.segments[0]?.text[length] : undefined;
    if (letter !== undefined) letters.add(letter);
  }
  return letters;
}

function after({ standing, reached }: Moment, letter: string): Moment {
  const begun = reached.map(({ path, segment }) => ({ path, segment: segment + 1, length: 0 }));
  const next: Standing[] = [];
  for (const { path, segment, length } of [...standing, ...begun]) {
    if (path.segments[segment]?.text[length] === letter) next.push({ path, segment, length: length + 1 });
  }
  const known = new Set(reached.map(starOf));
  const found = next.filter((at) => isBeforeStar(at) && !known.has(starOf(at)));
  return { standing: next, reached: found.length === 0 ? reached : [...reached, ...found] };
}

function isBeforeStar({ path, segment, length }: Standing): boolean {
  const at = path.segments[segment];
  return at?.star !== undefined && at.text.length === length;
}

function starOf({ path, segment }: Standing): number | undefined {
  return path.segments[segment]?.star;
}

function live({ standing, reached }: Moment): number {
  const places = standing.map(({ path, segment, length }) => path.segments[segment]?.places[length - 1]);
  return new Set([...places, ...reached.map(starOf)]).size;
}

function worstBehindStars(reached: readonly Standing[], cap: number): number {
  const root = newSegmentStart();
  const stars = new Set<number>();
  for (const path of new Set(reached.map((at) => at.path))) {
    for (const { star } of path.segments) if (star !== undefined) stars.add(star);
    for (const segment of path.segments.slice(1)) addSegment(root, segment);
  }
  return stars.size + mostStanding(root, cap);
}
