import { addPlace, makePlaceBits, type PlaceBits } from '../arrays/place-bits.ts';
import { NONE } from '../arrays/place-set.ts';
import type { EventInHand } from './event-in-hand.ts';
import type { FieldIndex } from './field-index.ts';
import { MANY } from './many-values.ts';
import { NumberPlaces } from './number-places.ts';
import type { Predicate } from './predicate.ts';

const MAX_OUTERMOST = 16;

/** Where the values of one field stand in the arrays of the event in hand, worked out at most once an event. */
export class FieldPlaces {
  readonly #field: FieldIndex;
  #firstRowsIn = 0;
  #firstRows = new Int32Array(0);
  #numbersIn = 0;
  #numbers: NumberPlaces | undefined;
  #surveyedIn = 0;
  #outermostArrays: readonly number[] | undefined;

  constructor(field: FieldIndex) {
    this.#field = field;
  }

  /** Forgets which event was the last: the numbers of events start anew. */
  forgetEvents(): void {
    this.#firstRowsIn = 0;
    this.#numbersIn = 0;
    this.#surveyedIn = 0;
  }

  /** By place the first row of the values there, plus one, or 0. Those in one place stand behind each other. */
  firstRows(event: EventInHand): Int32Array {
    if (this.#firstRowsIn !== event.number) {
      this.#firstRowsIn = event.number;
      const survey = event.survey();
      const rows = new Int32Array(survey.contextCount);
      this.#field.eachRow(event, (row) => {
        const place = survey.placeOf(event.context(row));
        if (rows[place] === 0) rows[place] = row + 1;
      });
      this.#firstRows = rows;
    }
    return this.#firstRows;
  }

  /** Whether something holds for one of the rows in a place, of which `first` is the first. */
  someRowAt(event: EventInHand, place: number, first: number, holds: (row: number) => boolean): boolean {
    const survey = event.survey();
    let row = first;
    while (!holds(row)) {
      if (row === this.#field.lastRow) return false;
      row = event.next(row);
      if (survey.placeOf(event.context(row)) !== place) return false;
    }
    return true;
  }

  /**
   * The outermost arrays that the event's values stand in, of those that leave a choice; undefined if there are more than a
   * few, as only keys that repeat make them.
   */
  outermostArrays(event: EventInHand): readonly number[] | undefined {
    if (this.#surveyedIn !== event.number) {
      this.#surveyedIn = event.number;
      const survey = event.survey();
      const arrays = new Set<number>();
      let last = NONE;
      this.#field.eachRow(event, (row) => {
        const array = survey.outermostArray(survey.placeOf(event.context(row)));
        if (array !== last && array !== NONE && arrays.size <= MAX_OUTERMOST) arrays.add(array);
        last = array;
      });
      this.#outermostArrays = arrays.size > MAX_OUTERMOST ? undefined : [...arrays];
    }
    return this.#outermostArrays;
  }

  /** The places of all values. */
  all(event: EventInHand): PlaceBits {
    const survey = event.survey();
    const places = makePlaceBits(survey.contextCount);
    this.#field.eachRow(event, (row) => addPlace(places, survey.placeOf(event.context(row))));
    return places;
  }

  /** The places of the values that satisfy the predicate, or undefined if they can be found by testing only. */
  satisfying(event: EventInHand, predicate: Predicate): PlaceBits | undefined {
    const { test, hint } = predicate;
    if (test !== undefined) {
      if (hint?.kind !== 'range' || this.#field.valueCount < MANY) return undefined;
      const numbers = this.#numberPlaces(event);
      return numbers.isSingle ? numbers.within(hint) : undefined;
    }
    const survey = event.survey();
    const places = makePlaceBits(survey.contextCount);
    this.#field.eachSatisfying(event, predicate, (row) =>
      addPlace(places, survey.placeOf(event.context(row))),
    );
    return places;
  }

  #numberPlaces(event: EventInHand): NumberPlaces {
    if (this.#numbers === undefined || this.#numbersIn !== event.number) {
      this.#numbersIn = event.number;
      this.#numbers = new NumberPlaces(event, this.#field.rows(event));
    }
    return this.#numbers;
  }
}
