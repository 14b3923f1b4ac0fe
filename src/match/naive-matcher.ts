import { type FieldValue, readFields } from './event-fields.ts';
import type { Condition, Pattern, SubRule } from './pattern.ts';
import { agree, newStep, type Step } from './place-search.ts';

/**
 * Whether an event matches a pattern: the definition of a match, written to be read. The fast engine is
 * held against it.
 *
 * Throws `InvalidEventError` when the text is no JSON object.
 */
export function matches(pattern: Pattern, eventText: string): boolean {
  const paths = pattern.subRules.flatMap(({ fields }) => [...fields.keys()]);
  const values = readFields(eventText, paths);
  // Sub-rules share what stands outside of `$or`: it is looked at once.
  const steps = new Map<readonly Condition[], Step>();
  return pattern.subRules.some((subRule) => matchesSubRule(subRule, values, steps));
}

function matchesSubRule(
  subRule: SubRule,
  values: ReadonlyMap<string, readonly FieldValue[]>,
  steps: Map<readonly Condition[], Step>,
): boolean {
  const own = Array.from(subRule.fields, ([path, conditions]) => {
    const step = steps.get(conditions) ?? newStep(conditions, values.get(path) ?? []);
    steps.set(conditions, step);
    return step;
  });
  return agree(own);
}
