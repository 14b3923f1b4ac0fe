/** A text in which some places stand for others: Unicode code points, and the two below. */
export type WildcardPattern = readonly number[];

/** `*`: any characters, or none. */
export const ANY = -1;
/** `?`: one character. */
export const ONE = -2;

/**
 * Whether a pattern covers all of a text. Only the last `*` is ever tried again, so that the work is bounded
 * by the product of both lengths, whatever the pattern.
 */
export function matchesWildcards(pattern: WildcardPattern, text: string): boolean {
  const characters = Array.from(text, (character) => character.codePointAt(0));
  let p = 0;
  let t = 0;
  let star = -1;
  let resumeAt = 0;
  while (t < characters.length) {
    if (pattern[p] === ANY) {
      star = p++;
      resumeAt = t;
    } else if (p < pattern.length && (pattern[p] === ONE || pattern[p] === characters[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resumeAt;
    } else {
      return false;
    }
  }
  while (pattern[p] === ANY) p++;
  return p === pattern.length;
}
