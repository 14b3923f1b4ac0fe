import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Place } from './event-fields.ts';
import { addPlace, compatiblePlaces, newPlaceTree } from './place-tree.ts';

const outer = (index: number): Place => ({ array: 0, path: 'a', index, parent: undefined });
const inner = (index: number, parent: Place): Place => ({ array: 1, path: 'a.b', index, parent });

test('places agree unless they lie in different elements of one array', () => {
  const tree = newPlaceTree();
  const places = [outer(0), outer(1), inner(0, outer(1)), inner(1, outer(1)), undefined];
  for (const place of places) addPlace(tree, place);
  const found = (...chosen: [number, number][]) => new Set(compatiblePlaces(tree, new Map(chosen)));
  assert.deepEqual(found(), new Set(places));
  assert.deepEqual(found([0, 0]), new Set([undefined, outer(0)]));
  assert.deepEqual(found([0, 1], [1, 1]), new Set([undefined, outer(1), inner(1, outer(1))]));
  assert.deepEqual(found([0, 7]), new Set([undefined]));
  assert.deepEqual(found([9, 9]), new Set(places), 'another array says nothing');
});

test('a place is in the set once, and only the places that were added are', () => {
  const tree = newPlaceTree();
  addPlace(tree, inner(0, outer(0)));
  addPlace(tree, inner(0, outer(0)));
  assert.deepEqual(compatiblePlaces(tree, new Map()), [inner(0, outer(0))]);
  assert.deepEqual(compatiblePlaces(newPlaceTree(), new Map()), []);
});
