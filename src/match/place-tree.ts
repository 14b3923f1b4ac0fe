import type { Place } from './event-fields.ts';

/** A set of places in an event, as a tree, so that those within a chosen element are found without looking at the others. */
export interface PlaceTree {
  readonly place: Place | undefined;
  isMember: boolean;
  /** Array to index to what lies within that element. */
  readonly arrays: Map<number, Map<number, PlaceTree>>;
}

/** The empty set. */
export function newPlaceTree(place?: Place): PlaceTree {
  return { place, isMember: false, arrays: new Map() };
}

/** Adds a place, or the outside of all arrays, to the set. */
export function addPlace(tree: PlaceTree, place: Place | undefined): void {
  const chain: Place[] = [];
  for (let at = place; at !== undefined; at = at.parent) chain.push(at);
  let node = tree;
  for (const at of chain.reverse()) {
    const elements = node.arrays.get(at.array) ?? new Map<number, PlaceTree>();
    node.arrays.set(at.array, elements);
    const child = elements.get(at.index) ?? newPlaceTree(at);
    elements.set(at.index, child);
    node = child;
  }
  node.isMember = true;
}

/** The places of the set that lie in no other element of any array than the one chosen there. */
export function compatiblePlaces(
  tree: PlaceTree,
  chosen: ReadonlyMap<number, number>,
): readonly (Place | undefined)[] {
  const found: (Place | undefined)[] = [];
  const open = [tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.isMember) found.push(node.place);
    for (const [array, elements] of node.arrays) {
      const index = chosen.get(array);
      const within = index === undefined ? elements.values() : [elements.get(index)];
      for (const child of within) if (child !== undefined) open.push(child);
    }
  }
  return found;
}
