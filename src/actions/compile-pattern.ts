import { ServiceError } from '../domain/errors.ts';
import type { Limits } from '../domain/limits.ts';
import { InvalidPatternError, type Pattern, parsePattern } from '../match/index.ts';
import { checkQuota } from './quota.ts';

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

/** The same for a pattern that is to be kept, and counts against a quota. */
export function compileRulePattern(text: string, { eventPatternCharacters }: Limits): Pattern {
  const pattern = compilePattern(text);
  checkQuota(text.length, eventPatternCharacters);
  return pattern;
}
