import type { PlaceSet } from '../arrays/place-set.ts';
import type { Demand } from './candidate.ts';
import type { EventInHand } from './event-in-hand.ts';
import type { FieldIndex } from './field-index.ts';
import type { Predicate } from './predicate.ts';

/**
 * `chooseElements` where all values of the demands are level: one place has to do for all demands. Each place is looked
 * at once, and only as closely as it takes to rule it out.
 */
export function chooseLevelPlace(event: EventInHand, demands: readonly Demand[]): boolean {
  // The first demand can't be met by absence: nothing has been chosen that it is absent from.
  const checks = demands.map((demand, index) => new PlaceCheck(event, demand, index > 0));
  checks.sort((a, b) => a.effort - b.effort);
  const source = checks.find(({ mayBeAbsent }) => !mayBeAbsent);
  const absent = demands.slice(1).filter(({ predicates }) => predicates.length === 0);
  const holdsAt = (place: number) => checks.every((check) => check.holdsAt(place));
  return source?.placesWithout(absent.map(({ field }) => field)).some(holdsAt) ?? true;
}

/** A demand, ready to be checked in one place after the other. */
class PlaceCheck {
  readonly mayBeAbsent: boolean;
  /** How much there is to be done to rule a place out, or all of them. */
  readonly effort: number;
  readonly #event: EventInHand;
  readonly #field: FieldIndex;
  readonly #firstRows: Int32Array;
  /** Where look-ups found a predicate, and the predicates that they can't find. */
  readonly #found: PlaceSet;
  readonly #tested: readonly Predicate[];

  constructor(event: EventInHand, { field, predicates, mayBeAbsent }: Demand, canBeAbsent: boolean) {
    this.mayBeAbsent = canBeAbsent && mayBeAbsent;
    this.#event = event;
    this.#field = field;
    this.#firstRows = field.firstRows(event);
    this.#tested = predicates.filter(({ test }) => test !== undefined);
    this.#found = event.satisfyingPlaces(
      field,
      predicates.filter(({ test }) => test === undefined),
    );
    if (this.#tested.length > 0) this.effort = field.valueCount + 1;
    else this.effort = this.mayBeAbsent ? 0 : this.#found.size;
  }

  /** Whether the demand is met in a place, or by absence from it. */
  holdsAt(place: number): boolean {
    const first = (this.#firstRows[place] ?? 0) - 1;
    if (first < 0) return this.mayBeAbsent;
    if (this.#found.has(place)) return true;
    if (this.#tested.length === 0) return false;
    return this.#field.someRowAt(this.#event, place, first, (row) =>
      this.#tested.some(({ test }) => test?.(this.#event, row)),
    );
  }

  /** The places where the demand may be met by a value, without those that other fields have values in. */
  placesWithout(others: readonly FieldIndex[]): PlaceSet {
    if (this.#tested.length === 0) return this.#found;
    return this.#event.placesWithout(this.#field, others);
  }
}
