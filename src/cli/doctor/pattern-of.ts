import { contradictions } from '../../match/contradictions.ts';
import { InvalidPatternError } from '../../match/invalid-pattern-error.ts';
import { parsePattern } from '../../match/parse-pattern.ts';
import type { Pattern } from '../../match/pattern.ts';

/** Reads a pattern; undefined when there is none, or none that can be read here. */
export function patternOf(text: string | undefined): Pattern | undefined {
  if (text === undefined) return undefined;
  try {
    return parsePattern(text);
  } catch (error) {
    if (error instanceof InvalidPatternError) return undefined;
    throw error;
  }
}

/** Why it is certain that no event matches a pattern, as a sentence or two; undefined when it is not. */
export function whyNeverMatches(pattern: Pattern): string | undefined {
  const found = pattern.subRules.map(contradictions);
  if (found.some((inAlternative) => inAlternative.length === 0)) return undefined;
  const sentences = found
    .flat()
    .map(({ path, reason, hint }) =>
      [reason.startsWith(path) || reason.includes(`field ${path}`) ? reason : `${path}: ${reason}`, hint]
        .filter(Boolean)
        .join(' '),
    );
  return [...new Set(sentences)].slice(0, 3).join('\n');
}
