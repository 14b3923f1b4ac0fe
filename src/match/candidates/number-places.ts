import { addPlace, hasPlace, makePlaceBits, type PlaceBits, removePlace } from '../arrays/place-bits.ts';
import { NUMBER } from '../scan/scanner.ts';
import { above } from './byte-number.ts';
import type { EventInHand } from './event-in-hand.ts';
import type { RangeHint } from './many-values.ts';

/** How many sets of places are prepared at most, and for how few numbers one more isn't worth it. */
const MAX_PREPARED = 128;
const MIN_BLOCK = 256;
/** How many words the sets may take that were asked for. */
const MAX_KNOWN = 2 ** 20;

/**
 * Where the many numbers of a field stand, in ascending order of the numbers: those in a range are neighbours. For some
 * numbers, the places of all that are less are prepared as a set, and the others are found from there.
 */
export class NumberPlaces {
  readonly #contextCount: number;
  readonly #numbers: Float64Array;
  readonly #places: Int32Array;
  readonly #block: number;
  /** The places of the first `#block` numbers, of twice as many, and so on, behind an empty set. */
  readonly #prepared: PlaceBits[] = [];
  /** The sets that were asked for, by the ranks where they begin and end: different ranges often have the same numbers. */
  readonly #known = new Map<number, PlaceBits>();
  /** Whether no two numbers stand in the same place, as those in an array of numbers do. */
  readonly isSingle: boolean;

  constructor(event: EventInHand, rows: Int32Array) {
    const survey = event.survey();
    this.#contextCount = survey.contextCount;
    const numbered = rows.filter((row) => event.kind(row) === NUMBER && !Number.isNaN(event.numberAt(row)));
    const numbers = new Float64Array(numbered.length);
    for (let at = 0; at < numbered.length; at++) numbers[at] = event.numberAt(numbered[at] ?? 0);
    this.#numbers = numbers.sort();
    this.#places = new Int32Array(numbered.length);
    // Equal numbers take the ranks from the first one on.
    const taken = new Int32Array(numbered.length);
    for (const row of numbered) {
      const first = this.#rankOf(event.numberAt(row));
      const rank = first + (taken[first] ?? 0);
      taken[first] = (taken[first] ?? 0) + 1;
      this.#places[rank] = survey.placeOf(event.context(row));
    }
    this.#block = Math.max(MIN_BLOCK, Math.ceil(numbered.length / MAX_PREPARED));
    const bits = makePlaceBits(this.#contextCount);
    let isSingle = true;
    for (const [rank, place] of this.#places.entries()) {
      if (rank % this.#block === 0) this.#prepared.push(bits.slice());
      if (hasPlace(bits, place)) isSingle = false;
      addPlace(bits, place);
    }
    this.#prepared.push(bits);
    this.isSingle = isSingle;
  }

  /** How many numbers are less. */
  #rankOf(value: number): number {
    const numbers = this.#numbers;
    let low = 0;
    let high = numbers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((numbers[middle] ?? 0) >= value) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The places of the numbers in a range, not to be changed; only if these are single. */
  within({ first: least, last: greatest }: RangeHint): PlaceBits {
    const first = this.#rankOf(least);
    const end = this.#rankOf(above(greatest));
    const key = first * (this.#numbers.length + 1) + end;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const bits = this.#between(first, end);
    if (this.#known.size * bits.length < MAX_KNOWN) this.#known.set(key, bits);
    return bits;
  }

  #between(first: number, end: number): PlaceBits {
    const bits = makePlaceBits(this.#contextCount);
    const from = this.#nearest(first);
    const to = this.#nearest(end);
    if (from >= to) {
      this.#change(bits, first, end, addPlace);
      return bits;
    }
    const before = this.#prepared[from] ?? bits;
    const upTo = this.#prepared[to] ?? bits;
    for (let word = 0; word < bits.length; word++) bits[word] = (upTo[word] ?? 0) & ~(before[word] ?? 0);
    this.#change(bits, this.#reached(to), end, addPlace);
    this.#change(bits, end, this.#reached(to), removePlace);
    this.#change(bits, first, this.#reached(from), addPlace);
    this.#change(bits, this.#reached(from), first, removePlace);
    return bits;
  }

  /** The prepared set that is the nearest to that of all numbers below a rank. */
  #nearest(rank: number): number {
    return rank === this.#numbers.length ? this.#prepared.length - 1 : Math.round(rank / this.#block);
  }

  /** How many numbers a prepared set has the places of. */
  #reached(prepared: number): number {
    return Math.min(prepared * this.#block, this.#numbers.length);
  }

  #change(bits: PlaceBits, from: number, to: number, change: (bits: PlaceBits, place: number) => void): void {
    for (let rank = from; rank < to; rank++) change(bits, this.#places[rank] ?? 0);
  }
}
