/**
 * `busbar/match`: Amazon EventBridge's event patterns, without the bus. No dependency, no I/O; runs in a
 * browser too.
 *
 * @example
 * import { explain, Matcher, matches, parsePattern, renderExplanation, validate } from 'busbar/match';
 *
 * const pattern = parsePattern('{"detail":{"total":[{"numeric":[">=",100]}]}}');
 * matches(pattern, '{"detail":{"total":250}}'); // true
 *
 * const matcher = new Matcher<string>();
 * matcher.addRule('big-orders', pattern);
 * matcher.rulesFor('{"detail":{"total":250}}'); // ['big-orders']
 *
 * renderExplanation(explain(pattern, '{"detail":{"total":7}}')); // why it does not match
 * validate('{"detail":{"total":7}}')?.hint; // what was probably meant
 */
export type { Contradiction } from './contradictions.ts';
export { type DescribedAlternative, describePattern, type PatternDescription } from './describe-pattern.ts';
export type { ElementConflict } from './element-conflict.ts';
export {
  type AlternativeVerdict,
  type Explanation,
  explain,
  type FieldExplanation,
  type FoundValue,
} from './explain.ts';
export { InvalidPatternError, renderInvalidPattern } from './invalid-pattern-error.ts';
export { isDetail } from './is-detail.ts';
export { type Envelope, InvalidEventError, Matcher, type MatcherOptions } from './matcher.ts';
export { matches } from './naive-matcher.ts';
export { parsePattern } from './parse-pattern.ts';
export type { Condition, Pattern, SubRule } from './pattern.ts';
export { renderExplanation } from './render-explanation.ts';
export { checkTestEvent, InvalidTestEventError } from './test-event.ts';
export { validate } from './validate.ts';
