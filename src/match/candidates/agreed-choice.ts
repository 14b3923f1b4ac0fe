import { Agreement } from '../arrays/agreement.ts';
import { hasPlace, makePlaceBits, type PlaceBits } from '../arrays/place-bits.ts';
import type { Demand } from './candidate.ts';
import type { EventInHand } from './event-in-hand.ts';
import type { Predicate } from './predicate.ts';

/**
 * `chooseElements` where the values of each demand are level, as they are unless keys repeat: the sets of places where
 * values will do decide.
 */
export function chooseAgreed(event: EventInHand, demands: readonly Demand[]): boolean {
  const key = demands
    .map(({ field, predicates, mayBeAbsent }) => {
      const absence = predicates.length === 0 ? '!' : mayBeAbsent ? '?' : '';
      return field.node + absence;
    })
    .join();
  const agreement = event.agreement(key, (survey) => {
    const contestants = demands.map(({ field, predicates, mayBeAbsent }) => ({
      places: field.places.all(event),
      mayBeAbsent,
      mustBeAbsent: predicates.length === 0,
    }));
    return new Agreement(survey, contestants);
  });
  return !agreement.isHopeless && agreement.isReached(demands.map((demand) => whereMet(event, demand)));
}

/** Where a demand is met by a value: a set, or for what has to be tested, a function. */
function whereMet(
  event: EventInHand,
  { field, predicates }: Demand,
): PlaceBits | ((place: number) => boolean) {
  const tested: Predicate[] = [];
  const sets: PlaceBits[] = [];
  for (const predicate of predicates) {
    const places = event.placesFor(predicate.id, () => field.places.satisfying(event, predicate));
    if (places === undefined) tested.push(predicate);
    else sets.push(places);
  }
  const found = sets.length === 1 && sets[0] !== undefined ? sets[0] : union(event, sets);
  if (tested.length === 0) return found;
  const firstRows = field.places.firstRows(event);
  return (place) =>
    hasPlace(found, place) ||
    field.places.someRowAt(event, place, (firstRows[place] ?? 0) - 1, (row) =>
      tested.some(({ test }) => test?.(event, row)),
    );
}

function union(event: EventInHand, sets: readonly PlaceBits[]): PlaceBits {
  const all = makePlaceBits(event.survey().contextCount);
  for (const set of sets) {
    for (let word = 0; word < all.length; word++) all[word] = (all[word] ?? 0) | (set[word] ?? 0);
  }
  return all;
}
