import type { Demand } from './candidate.ts';
import type { EventInHand } from './event-in-hand.ts';
import { CONTEXT_ARRAY, CONTEXT_PARENT, CONTEXT_STRIDE } from './scanner.ts';

/**
 * Whether one value can be chosen for each demand so that any two which lie in the same array lie in the same
 * element of it. A demand that may be absent is met where no value of its field lies in the elements chosen
 * by the demands before it.
 *
 * Tries the demands in order and takes choices back. Two ways to the same demand are the same if they agree
 * on the arrays that this demand or a later one has values in, and are tried once: so arrays that don't
 * contain each other add to the work and don't multiply it.
 */
export function chooseElements(event: EventInHand, demands: readonly Demand[]): boolean {
  return new Choice(
    event,
    demands.map((demand) => placesOf(event, demand)),
  ).reaches(0);
}

/** Where a demand's values stand. */
interface Places {
  /** Those that satisfy it. */
  readonly satisfying: ContextTree;
  /** All of them, if the demand may be met by absence. */
  readonly all: ContextTree | undefined;
}

function placesOf(event: EventInHand, { field, predicates, mayBeAbsent }: Demand): Places {
  const satisfying = new ContextTree(event.contexts);
  for (const predicate of predicates) {
    field.eachSatisfying(event, predicate, (row) => satisfying.add(event.context(row)));
  }
  if (!mayBeAbsent) return { satisfying, all: undefined };
  const all = new ContextTree(event.contexts);
  field.eachRow(event, (row) => all.add(event.context(row)));
  return { satisfying, all };
}

/** A set of contexts that can be asked for those that agree with the elements chosen. */
class ContextTree {
  readonly #contexts: Int32Array;
  readonly #members = new Set<number>();
  /** Context to the arrays in it to their elements that are members or have members inside. */
  readonly #inside = new Map<number, Map<number, Set<number>>>();

  constructor(contexts: Int32Array) {
    this.#contexts = contexts;
  }

  add(context: number): void {
    this.#members.add(context);
    let element = context;
    while (element !== 0) {
      const parent = this.#contexts[element * CONTEXT_STRIDE + CONTEXT_PARENT] ?? 0;
      const array = this.#contexts[element * CONTEXT_STRIDE + CONTEXT_ARRAY] ?? 0;
      const arrays = entryOf(this.#inside, parent, () => new Map<number, Set<number>>());
      const elements = entryOf(arrays, array, () => new Set<number>());
      if (elements.has(element)) return;
      elements.add(element);
      element = parent;
    }
  }

  /** The arrays that members stand in. */
  *arrays(): Iterable<number> {
    for (const arrays of this.#inside.values()) yield* arrays.keys();
  }

  /** The members that stand in no other element of a chosen array than the chosen one. */
  *agreeing(chosen: ReadonlyMap<number, number>): Iterable<number> {
    const open = [0];
    for (let context = open.pop(); context !== undefined; context = open.pop()) {
      if (this.#members.has(context)) yield context;
      for (const [array, elements] of this.#inside.get(context) ?? []) {
        const element = chosen.get(array);
        if (element === undefined) open.push(...elements);
        else if (elements.has(element)) open.push(element);
      }
    }
  }
}

class Choice {
  readonly #contexts: Int32Array;
  readonly #places: readonly Places[];
  /** Array to the context of the element chosen in it. */
  readonly #chosen = new Map<number, number>();
  /** Array to the last demand that has values in it. */
  readonly #lastNeeded = new Map<number, number>();
  /** What was chosen where a demand could not be reached from. */
  readonly #deadEnds = new Set<string>();

  constructor(event: EventInHand, places: readonly Places[]) {
    this.#contexts = event.contexts;
    this.#places = places;
    for (const [index, { satisfying, all }] of places.entries()) {
      for (const array of (all ?? satisfying).arrays()) this.#lastNeeded.set(array, index);
    }
  }

  /** Whether the demands from `index` on can be met under what is chosen. */
  reaches(index: number): boolean {
    const places = this.#places[index];
    if (places === undefined) return true;
    const situation = this.#situation(index);
    if (this.#deadEnds.has(situation)) return false;
    for (const context of places.satisfying.agreeing(this.#chosen)) {
      const added = this.#choose(context);
      if (this.reaches(index + 1)) return true;
      for (const array of added) this.#chosen.delete(array);
    }
    if (places.all !== undefined && isEmpty(places.all.agreeing(this.#chosen)) && this.reaches(index + 1)) {
      return true;
    }
    this.#deadEnds.add(situation);
    return false;
  }

  #choose(context: number): number[] {
    const added: number[] = [];
    for (let element = context; element !== 0; ) {
      const array = this.#contexts[element * CONTEXT_STRIDE + CONTEXT_ARRAY] ?? 0;
      // What surrounds an element that was chosen before was chosen with it.
      if (this.#chosen.has(array)) break;
      this.#chosen.set(array, element);
      added.push(array);
      element = this.#contexts[element * CONTEXT_STRIDE + CONTEXT_PARENT] ?? 0;
    }
    return added;
  }

  #situation(index: number): string {
    const needed: number[] = [];
    for (const [array, element] of this.#chosen) {
      if ((this.#lastNeeded.get(array) ?? -1) >= index) needed.push(element);
    }
    return `${index}:${needed.sort((a, b) => a - b).join()}`;
  }
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function isEmpty(items: Iterable<unknown>): boolean {
  for (const _ of items) return false;
  return true;
}
