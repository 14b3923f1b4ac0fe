import { InvalidPatternError } from './invalid-pattern-error.ts';
import { parsePattern } from './parse-pattern.ts';

/** What is wrong with the text of a pattern, as AWS says it and with a hint; undefined when nothing is. */
export function validate(text: string): InvalidPatternError | undefined {
  try {
    parsePattern(text);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidPatternError) return error;
    throw error;
  }
}
