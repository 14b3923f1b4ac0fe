import { holds } from './condition.ts';
import type { FieldValue, Place } from './event-fields.ts';
import type { Condition } from './pattern.ts';
import { agree, newStep } from './place-search.ts';

/** Fields that hold each on its own, but not together. */
export interface ElementConflict {
  /** The dotted path of the array in which no element satisfies all; absent where several arrays are at odds. */
  readonly array?: string;
  /** The element in which most of the fields hold, as `detail.items[2]`. */
  readonly nearestElement?: string;
  /** The paths of the fields that hold there, or that hold together. */
  readonly holding: readonly string[];
  /** The paths of the fields that don't. */
  readonly failing: readonly string[];
  /** All this as a sentence. */
  readonly reason: string;
}

interface Field {
  readonly path: string;
  readonly conditions: readonly Condition[];
  readonly values: readonly FieldValue[];
}

/** A path with the indexes of the elements that hold a value, as `detail.items[2].price`. */
export function locationOf(path: string, place: Place | undefined): string {
  if (place === undefined) return path;
  const around = locationOf(place.path, place.parent);
  return `${around}[${place.index}]${path.slice(place.path.length)}`;
}

/** Finds out why fields that each hold don't hold together. The work grows with the values, times their depth. */
export function elementConflict(fields: readonly Field[]): ElementConflict {
  const totals = fields.map(({ conditions, values }) => tallyOf(conditions, values));
  let nearest: ElementConflict | undefined;
  for (const array of arraysOf(fields)) {
    const conflict = conflictIn(array, fields, totals);
    if (conflict.failing.length === 0) continue;
    if (nearest === undefined || conflict.holding.length > nearest.holding.length) nearest = conflict;
  }
  return nearest ?? conflictInOrder(fields);
}

/** How many values there are, and how many of them satisfy the field. */
interface Tally {
  present: number;
  satisfying: number;
}

function tallyOf(conditions: readonly Condition[], values: readonly FieldValue[]): Tally {
  const tally = { present: 0, satisfying: 0 };
  for (const value of values) count(tally, conditions, value);
  return tally;
}

function count(tally: Tally, conditions: readonly Condition[], value: FieldValue): void {
  tally.present++;
  if (conditions.some((condition) => holds(condition, value))) tally.satisfying++;
}

/** An array, and what the fields have in it. */
interface ArrayTallies {
  readonly path: string;
  /** For each field that has values in the array: by element, and over all of them. */
  readonly fields: Map<number, { readonly all: Tally; readonly byIndex: Map<number, Tally> }>;
  /** The elements that have values, by their index. */
  readonly elements: Map<number, Place>;
}

function arraysOf(fields: readonly Field[]): Iterable<ArrayTallies> {
  const arrays = new Map<number, ArrayTallies>();
  for (const [number, { conditions, values }] of fields.entries()) {
    for (const value of values) {
      for (let place = value.place; place !== undefined; place = place.parent) {
        const array = entryOf(arrays, place.array, () => newTallies(place?.path ?? ''));
        array.elements.set(place.index, place);
        const own = entryOf(array.fields, number, () => ({
          all: noTally(),
          byIndex: new Map<number, Tally>(),
        }));
        count(own.all, conditions, value);
        count(entryOf(own.byIndex, place.index, noTally), conditions, value);
      }
    }
  }
  return arrays.values();
}

function noTally(): Tally {
  return { present: 0, satisfying: 0 };
}

function newTallies(path: string): ArrayTallies {
  return { path, fields: new Map(), elements: new Map() };
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}

function conflictIn(
  array: ArrayTallies,
  fields: readonly Field[],
  totals: readonly Tally[],
): ElementConflict {
  let holding: readonly number[] = [];
  let nearest: Place | undefined;
  for (const element of array.elements.values()) {
    const here = [...array.fields.keys()].filter((number) => holdsIn(element.index, number));
    if (nearest !== undefined && here.length <= holding.length) continue;
    holding = here;
    nearest = element;
  }
  // A value outside of the array goes with each of its elements.
  function holdsIn(index: number, number: number): boolean {
    const total = totals[number] ?? noTally();
    const within = array.fields.get(number);
    const here = within?.byIndex.get(index) ?? noTally();
    if (total.satisfying - (within?.all.satisfying ?? 0) + here.satisfying > 0) return true;
    const present = total.present - (within?.all.present ?? 0) + here.present;
    return present === 0 && fields[number]?.conditions.some(asksForAbsence) === true;
  }
  const pathsOf = (numbers: readonly number[]) => numbers.map((number) => fields[number]?.path ?? '');
  return describe(array.path, nearest, {
    holding: pathsOf(holding),
    failing: pathsOf([...array.fields.keys()].filter((number) => !holding.includes(number))),
  });
}

function asksForAbsence(condition: Condition): boolean {
  return condition.kind === 'exists' && !condition.exists;
}

function describe(
  array: string,
  nearest: Place | undefined,
  { holding, failing }: Pick<ElementConflict, 'holding' | 'failing'>,
): ElementConflict {
  const nearestElement = locationOf(array, nearest);
  const would = holding.length === 0 ? '' : `${holding.join(', ')} would do, but not `;
  const reason = `No element of ${array} satisfies all of its fields. In ${nearestElement}, the nearest, ${would}${failing.join(', ')}${would === '' ? ' would not do' : ''}.`;
  return { array, nearestElement, holding, failing, reason };
}

// No single array is to blame: name the first field that can't be had together with those before it.
function conflictInOrder(fields: readonly Field[]): ElementConflict {
  const steps = fields.map(({ conditions, values }) => newStep(conditions, values));
  const count = steps.findIndex((_, at) => !agree(steps.slice(0, at + 1)));
  const holding = fields.slice(0, count).map(({ path }) => path);
  const failing = fields.slice(count, count + 1).map(({ path }) => path);
  const reason =
    holding.length === 0
      ? `${failing.join()} has a value in some element, and AWS looks for absence in the elements that fields before it in the alphabet have chosen: there are none.`
      : `${failing.join()} holds in no array elements in which ${holding.join(', ')} hold.`;
  return { holding, failing, reason };
}
