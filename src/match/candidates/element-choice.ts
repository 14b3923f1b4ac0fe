import type { ArraySurvey } from '../arrays/array-survey.ts';
import type { PlaceSet } from '../arrays/place-set.ts';
import { InvalidEventError } from '../json-text.ts';
import { chooseAgreed } from './agreed-choice.ts';
import type { Demand } from './candidate.ts';
import type { EventInHand } from './event-in-hand.ts';

/**
 * How many choices may be tried for one candidate, and how many more for each place: with repeated keys this is as hard as
 * any puzzle. Nor may they be more than `EventInHand` allows for all candidates together.
 */
const MAX_TRIES = 20_000;
const TRIES_PER_PLACE = 4;

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
    // The values of one field are level unless keys repeat.
    if (group.every(({ field }) => event.isLevel(field))) return chooseAgreed(event, group);
    spend(
      event,
      group.reduce((sum, { field }) => sum + field.valueCount, 0),
    );
    event.placeSets.beginChoice();
    const places = group.map((demand) => placesOf(event, demand));
    return new Choice(event, places).succeeds();
  });
}

function spend(event: EventInHand, tries: number): void {
  if (!event.spendTries(tries)) throw tooManyWays();
}

function tooManyWays(): InvalidEventError {
  return new InvalidEventError('The event repeats keys so that there are too many ways to read it');
}

/** The demands, those together that may have to agree: whose values lie in the same outermost arrays. */
function groups(event: EventInHand, demands: readonly Demand[]): readonly (readonly Demand[])[] {
  const groups: { readonly arrays: readonly number[]; readonly demands: readonly Demand[] }[] = [];
  for (const demand of demands) {
    const arrays = demand.field.places.outermostArrays(event);
    if (arrays === undefined) return [demands];
    const joined = groups.filter((group) => group.arrays.some((array) => arrays.includes(array)));
    for (const group of joined) groups.splice(groups.indexOf(group), 1);
    groups.push({
      arrays: [...joined.flatMap((group) => group.arrays), ...arrays],
      demands: [...joined.flatMap((group) => group.demands), demand],
    });
  }
  return groups.map((group) => group.demands.toSorted((a, b) => demands.indexOf(a) - demands.indexOf(b)));
}

/** Where a demand's values stand. */
interface Places {
  /** Those that satisfy it. */
  readonly satisfying: PlaceSet;
  /** All of them, if the demand may be met by absence. */
  readonly all: PlaceSet | undefined;
}

function placesOf(event: EventInHand, { field, predicates, mayBeAbsent }: Demand): Places {
  const satisfying = event.satisfyingPlaces(field, predicates);
  return { satisfying, all: mayBeAbsent ? event.placesOf(field) : undefined };
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
  /** By array the last demand that has values in it. */
  readonly #lastNeeded = new Map<number, number>();
  readonly #event: EventInHand;
  #triesLeft: number;

  constructor(event: EventInHand, places: readonly Places[]) {
    this.#event = event;
    this.#survey = event.survey();
    this.#chosen = this.#survey.chosen;
    this.#places = places;
    const placeCount = places.reduce((sum, { satisfying, all }) => sum + (all ?? satisfying).size, 0);
    this.#triesLeft = MAX_TRIES + TRIES_PER_PLACE * placeCount;
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
    if (--this.#triesLeft < 0) throw tooManyWays();
    spend(this.#event, 1);
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
    const needed = this.#arrays.filter((array) => this.#lastNeed(array) >= index);
    const elements = needed.map((array) => this.#chosen[array] ?? 0).sort((a, b) => a - b);
    return `${index}:${elements.join()}`;
  }

  #lastNeed(array: number): number {
    const known = this.#lastNeeded.get(array);
    if (known !== undefined) return known;
    const last = this.#places.findLastIndex(({ satisfying, all }) => (all ?? satisfying).touches(array));
    this.#lastNeeded.set(array, last);
    return last;
  }
}
