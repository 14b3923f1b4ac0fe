import { holds } from './condition.ts';
import type { FieldValue, Place } from './event-fields.ts';
import { InvalidEventError } from './json-text.ts';
import type { Condition } from './pattern.ts';
import { addPlace, compatiblePlaces, newPlaceTree, type PlaceTree } from './place-tree.ts';

// How often a place may be tried before the search is given up. Far more than any event needs whose objects
// repeat no key: only where many arrays lie at one path can the tries multiply.
const MAX_TRIES = 500_000;

/** One field of a sub-rule, for which a value, or its absence, has to be chosen. */
export interface Step {
  /** Where there are values that satisfy the field. */
  readonly satisfying: PlaceTree;
  /** Where there are values at all. */
  readonly present: PlaceTree;
  /** The arrays that the field's values lie in, around them all the way up. */
  readonly arrays: ReadonlySet<number>;
  readonly mayBeAbsent: boolean;
  /** Nothing satisfies the field, whatever is chosen for the others. */
  readonly isHopeless: boolean;
}

/** What a field's conditions make of its values in an event. */
export function newStep(conditions: readonly Condition[], values: readonly FieldValue[]): Step {
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
  const isAlwaysPresent = values.some(({ place }) => place === undefined);
  const isHopeless = count === 0 && (!mayBeAbsent || isAlwaysPresent);
  return { satisfying, present, arrays, mayBeAbsent, isHopeless };
}

/**
 * Whether a value, or absence, can be chosen for each step so that all choices agree on the elements of
 * arrays. Steps are in order of their paths, which matters for absence: it is looked for in the elements
 * chosen so far. Throws `InvalidEventError` where that would take for ever.
 */
export function agree(steps: readonly Step[]): boolean {
  return !steps.some(({ isHopeless }) => isHopeless) && new Search(steps).succeeds(0, new Map());
}

/** For each array in which something was chosen, the index of the element. */
type Chosen = ReadonlyMap<number, number>;

/** Tries the fields in order of their paths: for each one, every place that agrees with what was chosen. */
class Search {
  readonly #steps: readonly Step[];
  /** For each array, the last step that has values in it. */
  readonly #lastStep = new Map<number, number>();
  readonly #failed = new Set<string>();
  #tries = 0;

  constructor(steps: readonly Step[]) {
    this.#steps = steps;
    for (const [at, { arrays }] of steps.entries()) {
      for (const array of arrays) this.#lastStep.set(array, at);
    }
  }

  succeeds(at: number, chosen: Chosen): boolean {
    const step = this.#steps[at];
    if (step === undefined) return true;
    const key = this.#key(at, chosen);
    if (this.#failed.has(key)) return false;
    const found =
      compatiblePlaces(step.satisfying, chosen).some((place) => this.#try(at, chosen, place)) ||
      (step.mayBeAbsent &&
        compatiblePlaces(step.present, chosen).length === 0 &&
        this.succeeds(at + 1, chosen));
    if (!found) this.#failed.add(key);
    return found;
  }

  #try(at: number, chosen: Chosen, place: Place | undefined): boolean {
    if (++this.#tries > MAX_TRIES) {
      throw new InvalidEventError(`The event repeats keys so that matching takes over ${MAX_TRIES} tries`);
    }
    return this.succeeds(at + 1, choose(chosen, place));
  }

  // Choices in arrays that no later field lies in can't change what is still to come. Leaving them out of
  // the key keeps unrelated arrays from multiplying.
  #key(at: number, chosen: Chosen): string {
    const relevant = [...chosen].filter(([array]) => (this.#lastStep.get(array) ?? -1) >= at);
    relevant.sort(([a], [b]) => a - b);
    return `${at} ${relevant.join(' ')}`;
  }
}

function choose(chosen: Chosen, place: Place | undefined): Chosen {
  const result = new Map(chosen);
  for (let at = place; at !== undefined; at = at.parent) result.set(at.array, at.index);
  return result;
}
