/**
 * `busbar/match`: Amazon EventBridge's event patterns, without the bus. No dependency, no I/O; runs in a
 * browser too.
 *
 * @example
 * import { Matcher, parsePattern } from 'busbar/match';
 *
 * const matcher = new Matcher<string>();
 * matcher.addRule('big-orders', parsePattern('{"detail":{"total":[{"numeric":[">=",100]}]}}'));
 * matcher.rulesFor('{"detail":{"total":250}}'); // ['big-orders']
 */
export { InvalidPatternError, renderInvalidPattern } from './invalid-pattern-error.ts';
export { type Envelope, InvalidEventError, Matcher, type MatcherOptions } from './matcher.ts';
export { matches } from './naive-matcher.ts';
export { parsePattern } from './parse-pattern.ts';
export type { Condition, Pattern, SubRule } from './pattern.ts';
export { checkTestEvent, InvalidTestEventError } from './test-event.ts';
