import { holds } from './condition.ts';
import { type FieldValue, type Place, readFields } from './event-fields.ts';
import type { Condition, Pattern, SubRule } from './pattern.ts';
import { addPlace, compatiblePlaces, newPlaceTree, type PlaceTree } from './place-tree.ts';

/**
 * Whether an event matches a pattern: the definition of a match, written to be read. The fast engine is
 * held against it.
 *
 * Throws `JsonError` when the text is no JSON object.
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
  return !own.some(({ isHopeless }) => isHopeless) && new Search(own).succeeds(0, new Map());
}

/** One field of a sub-rule, for which a value, or its absence, has to be chosen. */
interface Step {
  /** Where there are values that satisfy the field. */
  readonly satisfying: PlaceTree;
  /** Where there are values at all. */
  readonly present: PlaceTree;
  /** The arrays that the field's values lie in, around them all the way up. */
  readonly arrays: ReadonlySet<number>;
  readonly mayBeAbsent: boolean;
  readonly isHopeless: boolean;
}

function newStep(conditions: readonly Condition[], values: readonly FieldValue[]): Step {
  const satisfying = newPlaceTree();
  const present = newPlaceTree();
  const arrays = new Set<number>();
  let count = 0;
  for (const value of values) {
    addPlace(present, value.place);
    for (let place = value.place; place !== undefined; place = place.parent) arrays.add(place.array);
    if (!conditions.some((condition) => holds(condition, value))) continue;
    addPlace(satisfying, value.place);
    count++;
  }
  const mayBeAbsent = conditions.some((condition) => condition.kind === 'exists' && !condition.exists);
  return { satisfying, present, arrays, mayBeAbsent, isHopeless: count === 0 && !mayBeAbsent };
}

/** For each array in which something was chosen, the index of the element. */
type Chosen = ReadonlyMap<number, number>;

/** Tries the fields in order of their paths: for each one, every place that agrees with what was chosen. */
class Search {
  readonly #steps: readonly Step[];
  /** For each step, the arrays that matter to it or to a later one. */
  readonly #arraysAhead: readonly ReadonlySet<number>[];
  readonly #failed = new Set<string>();

  constructor(steps: readonly Step[]) {
    this.#steps = steps;
    const ahead: ReadonlySet<number>[] = [];
    let arrays: ReadonlySet<number> = new Set();
    for (const { arrays: own } of steps.toReversed()) {
      arrays = arrays.union(own);
      ahead.unshift(arrays);
    }
    this.#arraysAhead = ahead;
  }

  succeeds(at: number, chosen: Chosen): boolean {
    const step = this.#steps[at];
    if (step === undefined) return true;
    const key = this.#key(at, chosen);
    if (this.#failed.has(key)) return false;
    const found =
      compatiblePlaces(step.satisfying, chosen).some((place) =>
        this.succeeds(at + 1, choose(chosen, place)),
      ) ||
      (step.mayBeAbsent &&
        compatiblePlaces(step.present, chosen).length === 0 &&
        this.succeeds(at + 1, chosen));
    if (!found) this.#failed.add(key);
    return found;
  }

  // Choices in arrays that no later field lies in can't change what is still to come. Leaving them out of
  // the key keeps unrelated arrays from multiplying.
  #key(at: number, chosen: Chosen): string {
    const ahead = this.#arraysAhead[at];
    const relevant = [...chosen].filter(([array]) => ahead?.has(array) === true);
    relevant.sort(([a], [b]) => a - b);
    return `${at} ${relevant.join(' ')}`;
  }
}

function choose(chosen: Chosen, place: Place | undefined): Chosen {
  const result = new Map(chosen);
  for (let at = place; at !== undefined; at = at.parent) result.set(at.array, at.index);
  return result;
}
