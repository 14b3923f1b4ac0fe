import { ArraySurvey } from './array-survey.ts';

/** No array, or no element. */
export const NONE = -1;

/**
 * A set of places of one event, which can be asked for those that agree with the elements chosen, without
 * looking at the others. It is a tree: places, the arrays that stand in them, the elements of those.
 */
export class PlaceSet {
  #survey = new ArraySurvey();
  /** What the set holds is marked with its number, so that it needn't be cleared. */
  #mark = 0;
  #isMember = new Int32Array(0);
  /** By place: whether it is a member or has members inside, the first array in it, the next element beside it. */
  #isInside = new Int32Array(0);
  #firstArray = new Int32Array(0);
  #nextElement = new Int32Array(0);
  /** By array: whether it has members inside, how many elements have, the first of them, the next array beside it. */
  #touched = new Int32Array(0);
  #elementCounts = new Int32Array(0);
  #firstElement = new Int32Array(0);
  #nextArray = new Int32Array(0);
  /** How many members there are. */
  size = 0;

  /** Makes the set empty, for the event that was surveyed. */
  clear(survey: ArraySurvey): void {
    const { contextCount, arrayCount } = survey;
    this.#survey = survey;
    this.#mark++;
    this.size = 0;
    if (this.#isMember.length < contextCount) {
      this.#isMember = new Int32Array(contextCount * 2);
      this.#isInside = new Int32Array(contextCount * 2);
      this.#firstArray = new Int32Array(contextCount * 2);
      this.#nextElement = new Int32Array(contextCount * 2);
    }
    if (this.#touched.length < arrayCount) {
      this.#touched = new Int32Array(arrayCount * 2);
      this.#elementCounts = new Int32Array(arrayCount * 2);
      this.#firstElement = new Int32Array(arrayCount * 2);
      this.#nextArray = new Int32Array(arrayCount * 2);
    }
    this.#isInside[0] = this.#mark;
    this.#firstArray[0] = NONE;
  }

  /** Adds a place. */
  add(place: number): void {
    if (this.#isMember[place] === this.#mark) return;
    this.#isMember[place] = this.#mark;
    this.size++;
    let element = place;
    // The array inside `element` that has just become part of the set.
    let inner = NONE;
    for (;;) {
      const isNew = this.#isInside[element] !== this.#mark;
      if (isNew) {
        this.#isInside[element] = this.#mark;
        this.#firstArray[element] = NONE;
      }
      if (inner !== NONE) {
        this.#nextArray[inner] = this.#firstArray[element] ?? NONE;
        this.#firstArray[element] = inner;
      }
      if (!isNew) return;
      const array = this.#survey.arrayOf(element);
      const isKnown = this.touches(array);
      this.#nextElement[element] = isKnown ? (this.#firstElement[array] ?? NONE) : NONE;
      this.#firstElement[array] = element;
      this.#elementCounts[array] = (isKnown ? this.elementCount(array) : 0) + 1;
      if (isKnown) return;
      this.#touched[array] = this.#mark;
      inner = array;
      element = this.#survey.around(element);
    }
  }

  /** Whether a place is a member. */
  has(place: number): boolean {
    return this.#isMember[place] === this.#mark;
  }

  /** The one array in a place that members stand in, where members do; NONE if there are several. */
  onlyArrayIn(place: number): number {
    const array = this.#firstArray[place] ?? NONE;
    return array === NONE || this.#nextArray[array] === NONE ? array : NONE;
  }

  /** How many elements of an array members stand in. */
  elementCount(array: number): number {
    return this.#elementCounts[array] ?? 0;
  }

  /** An element of an array that members stand in. */
  firstElement(array: number): number {
    return this.#firstElement[array] ?? NONE;
  }

  /** The next element that members stand in, of the same array, or NONE. */
  nextElement(element: number): number {
    return this.#nextElement[element] ?? NONE;
  }

  /** Whether members stand in an array. */
  touches(array: number): boolean {
    return this.#touched[array] === this.#mark;
  }

  /**
   * Calls `use` with each member that stands in no other element of an array than the one chosen there, until `use`
   * returns true; returns whether it did. `chosen` holds the place of an element for each array, or 0.
   */
  someAgreeing(chosen: Int32Array, use: (place: number) => boolean): boolean {
    // Places to look into; a negated one goes alone, the others with the elements beside them.
    const open = [-0];
    for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
      const place = Math.abs(entry);
      const beside = entry > 0 ? (this.#nextElement[place] ?? NONE) : NONE;
      if (beside !== NONE) open.push(beside);
      if (this.#isMember[place] === this.#mark && use(place)) return true;
      for (
        let array = this.#firstArray[place] ?? NONE;
        array !== NONE;
        array = this.#nextArray[array] ?? NONE
      ) {
        const element = chosen[array] ?? 0;
        if (element === 0) open.push(this.#firstElement[array] ?? 0);
        else if (this.#isInside[element] === this.#mark) open.push(-element);
      }
    }
    return false;
  }

  /**
   * Whether values in different places of the set never agree: all of them stand in elements of the same arrays, and none
   * around another. So it is where a rule asks for several fields of one kind of element, as most rules do.
   */
  get isLevel(): boolean {
    const open = [0];
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      if (this.has(place)) {
        if (this.#firstArray[place] !== NONE) return false;
        continue;
      }
      const array = this.onlyArrayIn(place);
      if (array === NONE) return false;
      for (let element = this.firstElement(array); element !== NONE; element = this.nextElement(element)) {
        open.push(element);
      }
    }
    return true;
  }
}
