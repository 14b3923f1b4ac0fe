/**
 * The spellings of each UTF-16 code unit of a text: its lower and its upper form, by the rules of no
 * particular language. A form may be longer than one unit (`ß` is `ß` or `SS`). Half a surrogate pair
 * becomes `?`, as on AWS: 😀 matches `??` and not itself.
 */
export function caseAlternatives(text: string): readonly (readonly string[])[] {
  return Array.from({ length: text.length }, (_, at) => {
    const unit = text.charAt(at);
    if (unit >= '\ud800' && unit <= '\udfff') return ['?'];
    const lower = unit.toLowerCase();
    const upper = unit.toUpperCase();
    return lower === upper ? [lower] : [lower, upper];
  });
}

/** The length of the start of `text` that is made of the alternatives, or -1 when none is. */
export function startIgnoringCase(alternatives: readonly (readonly string[])[], text: string): number {
  let at = 0;
  for (const spellings of alternatives) {
    const spelling = spellings.find((candidate) => text.startsWith(candidate, at));
    if (spelling === undefined) return -1;
    at += spelling.length;
  }
  return at;
}

/** Whether `text` is made of the alternatives, whole. */
export function equalsIgnoringCase(alternatives: readonly (readonly string[])[], text: string): boolean {
  return startIgnoringCase(alternatives, text) === text.length;
}

/** Whether the end of `text` is made of the alternatives. */
export function endsIgnoringCase(alternatives: readonly (readonly string[])[], text: string): boolean {
  let end = text.length;
  for (const spellings of alternatives.toReversed()) {
    const spelling = spellings.find((candidate) => text.endsWith(candidate, end));
    if (spelling === undefined) return false;
    end -= spelling.length;
  }
  return true;
}
