import type { ArraySurvey } from './array-survey.ts';
import { addPlace, hasPlace, makePlaceBits, type PlaceBits, someOther } from './place-bits.ts';

/** A field of which a value has to be chosen. */
export interface Contestant {
  /** Where its values stand. */
  readonly places: PlaceBits;
  /** Whether the choice may be absence. */
  readonly mayBeAbsent: boolean;
  /** Whether no value will ever do. */
  readonly mustBeAbsent: boolean;
}

/**
 * Finds out whether values of several fields can be chosen so that any two which stand in the same array stand in the same
 * element of it. Values of one field must not stand in arrays beside each other, as only keys that repeat put them.
 *
 * Then nothing ever has to be tried and taken back. An element will do if the values right in it do, and every array in
 * it; an array will do if one of its elements will, in which the first of the fields that the array has values of has some
 * as well: that field chooses the element, for where nothing was chosen before, no value is absent. The others either have
 * values there or may be absent.
 *
 * All of that but which values will do depends on the fields alone, and is worked out once for all rules that ask for the
 * same ones.
 */
export class Agreement {
  readonly #survey: ArraySurvey;
  readonly #contestants: readonly Contestant[];
  /** By place: in how many arrays inside values stand. */
  readonly #arrayCounts: Int32Array;
  /** The elements without arrays inside that may do if the values right in them do, and in those around them. */
  readonly #innermost: PlaceBits;
  /** Places where a value won't do, in the choice that is being made. */
  readonly #ruledOut: PlaceBits;
  /** By array the last choice in which it would do; by place the last one in which some array inside did, and how many. */
  readonly #arrayDidIn: Int32Array;
  readonly #placeAskedIn: Int32Array;
  readonly #didCounts: Int32Array;
  #choice = 0;
  /** Whether no values whatever would do. */
  isHopeless = false;

  constructor(survey: ArraySurvey, contestants: readonly Contestant[]) {
    const { contextCount, arrayCount } = survey;
    this.#survey = survey;
    this.#contestants = contestants;
    this.#arrayCounts = new Int32Array(contextCount);
    this.#innermost = makePlaceBits(contextCount);
    this.#ruledOut = makePlaceBits(contextCount);
    this.#arrayDidIn = new Int32Array(arrayCount);
    this.#placeAskedIn = new Int32Array(contextCount);
    this.#didCounts = new Int32Array(contextCount);
    this.#findComplete();
  }

  /** About how many numbers it keeps. */
  static sizeFor({ contextCount, arrayCount }: ArraySurvey): number {
    return contextCount * 4 + arrayCount;
  }

  #findComplete(): void {
    const { contextCount, arrayCount } = this.#survey;
    const places = new Attendance(contextCount);
    const arrays = new Attendance(arrayCount);
    const nobody = makePlaceBits(0);
    for (const [index, contestant] of this.#contestants.entries()) {
      someOther(contestant.places, nobody, (place) => {
        this.#attend(index + 1, place, places, arrays);
        return false;
      });
    }
    const isOpen = new Uint8Array(contextCount);
    const openCounts = new Int32Array(contextCount);
    const openArrays = new Uint8Array(arrayCount);
    // An element comes after those around it.
    for (let place = contextCount - 1; place > 0; place--) {
      const array = this.#survey.arrayOf(place);
      if (openCounts[place] !== this.#arrayCounts[place]) continue;
      if (!places.isAs(place, arrays, array) || this.#isForbidden(place)) continue;
      isOpen[place] = 1;
      const around = this.#survey.around(place);
      if (openArrays[array] === 0) openCounts[around] = (openCounts[around] ?? 0) + 1;
      openArrays[array] = 1;
    }
    isOpen[0] = openCounts[0] === this.#arrayCounts[0] ? 1 : 0;
    this.isHopeless = isOpen[0] === 0;
    for (let place = 1; place < contextCount; place++) {
      isOpen[place] = (isOpen[place] ?? 0) & (isOpen[this.#survey.around(place)] ?? 0);
      if (isOpen[place] === 1 && this.#arrayCounts[place] === 0) addPlace(this.#innermost, place);
    }
  }

  #isForbidden(place: number): boolean {
    return this.#contestants.some(({ mustBeAbsent, places }) => mustBeAbsent && hasPlace(places, place));
  }

  #attend(number: number, place: number, places: Attendance, arrays: Attendance): void {
    const isNeeded = this.#contestants[number - 1]?.mayBeAbsent === false;
    for (let inner = place; places.note(inner, number, isNeeded) && inner !== 0; ) {
      const array = this.#survey.arrayOf(inner);
      const around = this.#survey.around(inner);
      if (arrays.isEmpty(array)) this.#arrayCounts[around] = (this.#arrayCounts[around] ?? 0) + 1;
      arrays.note(array, number, isNeeded);
      inner = around;
    }
  }

  /**
   * Whether the fields agree on values that will do. For each of them, `willDo` has the places where a value will,
   * or a function that says so of a place where it has values: these are asked last, and of no more places than needed.
   */
  isReached(willDo: readonly (PlaceBits | Asked)[]): boolean {
    const ruledOut = this.#ruledOut.fill(0);
    const asked: Asking[] = [];
    for (const [index, will] of willDo.entries()) {
      const places = this.#contestants[index]?.places;
      if (places === undefined) continue;
      if (typeof will === 'function') asked.push({ places, will });
      else this.#ruleOut(places, will);
    }
    if (this.#arrayCounts[0] === 0) return this.#holdsAt(0, asked);
    this.#choice++;
    return (
      !hasPlace(ruledOut, 0) && someOther(this.#innermost, ruledOut, (place) => this.#accept(place, asked))
    );
  }

  #ruleOut(places: PlaceBits, willDo: PlaceBits): void {
    const ruledOut = this.#ruledOut;
    for (let word = 0; word < ruledOut.length; word++) {
      ruledOut[word] = (ruledOut[word] ?? 0) | ((places[word] ?? 0) & ~(willDo[word] ?? 0));
    }
  }

  /** Whether the values right in a place will do. */
  #holdsAt(place: number, asked: readonly Asking[]): boolean {
    if (hasPlace(this.#ruledOut, place)) return false;
    for (const { places, will } of asked) if (hasPlace(places, place) && !will(place)) return false;
    return true;
  }

  /** Tries an element without arrays inside, and if it will do, those around it; returns whether all is well then. */
  #accept(element: number, asked: readonly Asking[]): boolean {
    const survey = this.#survey;
    const choice = this.#choice;
    for (let place = element; place !== 0; ) {
      const array = survey.arrayOf(place);
      if (this.#arrayDidIn[array] === choice) return false;
      if (!this.#holdsAt(place, asked)) return false;
      this.#arrayDidIn[array] = choice;
      place = survey.around(place);
      const count = this.#placeAskedIn[place] === choice ? (this.#didCounts[place] ?? 0) + 1 : 1;
      this.#placeAskedIn[place] = choice;
      this.#didCounts[place] = count;
      if (count < (this.#arrayCounts[place] ?? 0)) return false;
    }
    return this.#holdsAt(0, asked);
  }
}

/** Which fields, numbered from 1 and noted in that order, have values in places or arrays, or deeper inside. */
class Attendance {
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  /** How many of them may not be absent. */
  readonly #needed: Int32Array;

  constructor(count: number) {
    this.#first = new Int32Array(count);
    this.#last = new Int32Array(count);
    this.#needed = new Int32Array(count);
  }

  /** Notes a field; returns whether it is new there. */
  note(at: number, number: number, isNeeded: boolean): boolean {
    if (this.#last[at] === number) return false;
    this.#last[at] = number;
    if (this.#first[at] === 0) this.#first[at] = number;
    if (isNeeded) this.#needed[at] = (this.#needed[at] ?? 0) + 1;
    return true;
  }

  /** Whether no field was noted. */
  isEmpty(at: number): boolean {
    return this.#first[at] === 0;
  }

  /** Whether in an element of an array none is missing that has to be there. */
  isAs(element: number, arrays: Attendance, array: number): boolean {
    if (this.isEmpty(element) || this.#first[element] !== arrays.#first[array]) return false;
    return this.#needed[element] === arrays.#needed[array];
  }
}

/** Whether a value in a place will do. */
type Asked = (place: number) => boolean;

interface Asking {
  readonly places: PlaceBits;
  readonly will: Asked;
}
