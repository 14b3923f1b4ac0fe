import { ServiceError } from '../domain/errors.ts';
import { InvalidPatternError, type Pattern, parsePattern } from '../match/index.ts';

/** An event pattern from its text, or AWS's InvalidEventPatternException with the reason and where it is. */
export function compilePattern(text: string): Pattern {
  try {
    return parsePattern(text);
  } catch (error) {
    if (error instanceof InvalidPatternError) {
      throw new ServiceError('InvalidEventPatternException', error.message);
    }
    throw error;
  }
}
