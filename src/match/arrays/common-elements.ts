import { NONE, type PlaceSet } from './place-set.ts';

/**
 * Whether one place can be taken from each set so that any two which stand in the same array stand in the same
 * element of it; all of them stand inside `place`. Undefined if a set has places in arrays beside each other, as only
 * repeated keys and dots in keys make them: then one array can't be looked at after the other.
 */
export function haveCommonElements(sets: readonly PlaceSet[], place: number): boolean | undefined {
  const byArray = new Map<number, PlaceSet[]>();
  for (const set of sets) {
    // What stands right here leaves all choices to the others.
    if (set.has(place)) continue;
    const array = set.onlyArrayIn(place);
    if (array === NONE) return undefined;
    const others = byArray.get(array);
    if (others === undefined) byArray.set(array, [set]);
    else others.push(set);
  }
  for (const [array, inside] of byArray) {
    const isCommon = inside.length === 1 || haveCommonElementOf(array, inside);
    if (isCommon !== true) return isCommon;
  }
  return true;
}

function haveCommonElementOf(array: number, sets: readonly PlaceSet[]): boolean | undefined {
  const fewest = sets.reduce((a, b) => (b.elementCount(array) < a.elementCount(array) ? b : a));
  for (let element = fewest.firstElement(array); element !== NONE; element = fewest.nextElement(element)) {
    if (!sets.every((set) => set.reachesInto(element))) continue;
    const isCommon = haveCommonElements(sets, element);
    if (isCommon !== false) return isCommon;
  }
  return false;
}
