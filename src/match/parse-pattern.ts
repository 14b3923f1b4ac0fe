import type { Pattern } from './pattern.ts';

/**
 * Reads an event pattern. Throws `InvalidPatternError` where AWS answers InvalidEventPatternException.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export function parsePattern(text: string): Pattern {
  throw new Error(`not yet: ${text}`);
}
