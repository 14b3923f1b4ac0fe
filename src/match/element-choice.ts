import type { ArraySurvey } from './array-survey.ts';
import type { Demand } from './candidate.ts';
import type { EventInHand } from './event-in-hand.ts';
import { InvalidEventError } from './json-text.ts';
import type { PlaceSet } from './place-set.ts';

/**
 * How many choices may be tried for one candidate. Where no key repeats in an object, the elements of the arrays are a
 * bound; with repeated keys this is as hard as any puzzle.
 */
const MAX_TRIES = 300_000;

/**
 * Whether one value can be chosen for each demand so that any two which lie in the same array lie in the same
 * element of it. A demand that may be absent is met where no value of its field lies in the elements chosen
 * by the demands before it. Each demand must have values in arrays, and unless it may be absent, one that satisfies it.
 *
 * Throws `InvalidEventError` if that can't be found out in reasonable time.
 */
export function chooseElements(event: EventInHand, demands: readonly Demand[]): boolean {
  return groups(event, demands).every((group) => {
    const [first] = group;
    if (first === undefined) return true;
    // Nothing else chooses an element that it could be absent from.
    if (group.length === 1) return first.field.satisfiesAny(event, first.predicates);
    event.placeSets.beginChoice();
    return new Choice(event.survey(), inOrder(group.map((demand) => placesOf(event, demand)))).succeeds();
  });
}

/** The demands, those together that may have to agree: whose values lie in the same outermost arrays. */
function groups(event: EventInHand, demands: readonly Demand[]): readonly (readonly Demand[])[] {
  const byArray = Map.groupBy(demands, ({ field }) => field.outermostArray(event));
  return byArray.has(undefined) ? [demands] : [...byArray.values()];
}

/** Where a demand's values stand. */
interface Places {
  /** Those that satisfy it. */
  readonly satisfying: PlaceSet;
  /** All of them, if the demand may be met by absence. */
  readonly all: PlaceSet | undefined;
}

function placesOf(event: EventInHand, { field, predicates, mayBeAbsent }: Demand): Places {
  const survey = event.survey();
  const key = `${field.node}=${predicates.map(({ id }) => id).join()}`;
  const satisfying = event.placeSets.get(survey, key, (set) => {
    for (const predicate of predicates) {
      field.eachSatisfying(event, predicate, (row) => set.add(survey.placeOf(event.context(row))));
    }
  });
  if (!mayBeAbsent) return { satisfying, all: undefined };
  const all = event.placeSets.get(survey, `${field.node}`, (set) => {
    field.eachRow(event, (row) => set.add(survey.placeOf(event.context(row))));
  });
  return { satisfying, all };
}

/** The order decides what is absent; where nothing may be, it is best to begin with what leaves the fewest choices. */
function inOrder(places: readonly Places[]): readonly Places[] {
  if (places.some(({ all }) => all !== undefined)) return places;
  return places.toSorted((a, b) => a.satisfying.size - b.satisfying.size);
}

/**
 * Tries the demands in order and takes choices back. Two ways to the same demand are the same if they agree
 * on the arrays that this demand or a later one has values in, and are tried once.
 */
class Choice {
  readonly #survey: ArraySurvey;
  readonly #places: readonly Places[];
  /** By array the place of the element chosen in it, or 0; and the arrays where one is. */
  readonly #chosen: Int32Array;
  readonly #arrays: number[] = [];
  /** What was chosen where a demand could not be reached from. */
  readonly #deadEnds = new Set<string>();
  #tries = 0;

  constructor(survey: ArraySurvey, places: readonly Places[]) {
    this.#survey = survey;
    this.#chosen = survey.chosen;
    this.#places = places;
  }

  /** Whether all demands can be met. */
  succeeds(): boolean {
    try {
      return this.#reaches(0);
    } finally {
      this.#takeBack(0);
    }
  }

  /** Whether the demands from `index` on can be met under what is chosen. */
  #reaches(index: number): boolean {
    const places = this.#places[index];
    if (places === undefined) return true;
    const { satisfying, all } = places;
    const isLast = index === this.#places.length - 1;
    const situation = isLast || index === 0 ? '' : this.#situation(index);
    if (this.#deadEnds.has(situation)) return false;
    const found =
      satisfying.someAgreeing(this.#chosen, (place) => isLast || this.#choose(place, index)) ||
      (all !== undefined &&
        !all.someAgreeing(this.#chosen, () => true) &&
        (isLast || this.#reaches(index + 1)));
    if (!found && situation !== '') this.#deadEnds.add(situation);
    return found;
  }

  /** Whether the demands behind `index` can be met if it chooses a value at a place. */
  #choose(place: number, index: number): boolean {
    if (++this.#tries > MAX_TRIES) {
      throw new InvalidEventError('The event repeats keys so that there are too many ways to read it');
    }
    const before = this.#arrays.length;
    for (let element = place; element !== 0; ) {
      const array = this.#survey.arrayOf(element);
      // What surrounds an element that was chosen before was chosen with it.
      if (this.#chosen[array] !== 0) break;
      this.#chosen[array] = element;
      this.#arrays.push(array);
      element = this.#survey.around(element);
    }
    if (this.#reaches(index + 1)) return true;
    this.#takeBack(before);
    return false;
  }

  #takeBack(count: number): void {
    while (this.#arrays.length > count) this.#chosen[this.#arrays.pop() ?? 0] = 0;
  }

  #situation(index: number): string {
    const later = this.#places.slice(index);
    const needed = this.#arrays.filter((array) =>
      later.some(({ satisfying, all }) => (all ?? satisfying).touches(array)),
    );
    const elements = needed.map((array) => this.#chosen[array] ?? 0).sort((a, b) => a - b);
    return `${index}:${elements.join()}`;
  }
}
