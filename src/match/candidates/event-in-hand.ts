import { addressDigits } from '../address.ts';
import { Agreement } from '../arrays/agreement.ts';
import { ArraySurvey } from '../arrays/array-survey.ts';
import type { PlaceBits } from '../arrays/place-bits.ts';
import type { PlaceSet } from '../arrays/place-set.ts';
import { PlaceSets } from '../arrays/place-sets.ts';
import type { ScannedEvent } from '../scan/scanner.ts';
import * as scanner from '../scan/scanner.ts';
import { decodeText } from '../wtf8.ts';
import { numberFromBytes } from './byte-number.ts';
import type { FieldIndex } from './field-index.ts';
import { LongText } from './long-text.ts';
import type { Predicate } from './predicate.ts';
import { ScratchNumbers } from './scratch-numbers.ts';

// Constants of its own a platform folds; imported ones it loads, and checks, each time.
const {
  FIELD_CONTEXT,
  FIELD_END,
  FIELD_HASH,
  FIELD_KIND,
  FIELD_NODE,
  FIELD_START,
  FIELD_STRIDE,
  NUMBER_STRIDE,
  NUMBER_VALUE,
} = scanner;

/** The highest number of an event: these are the integers that platforms are fastest with. */
export const MAX_NUMBER = 2 ** 30 - 1;

/** How many tries an event with repeated keys may take, over all that is tried on it. */
const MAX_TRIES = 200_000;

/** What stands in the column of a number that has no value. */
const NO_VALUE = Number.POSITIVE_INFINITY;

/** From how many bytes on a text is kept, once it was decoded. */
const LONG = 256;

/** How many numbers may be kept in sets of places, and in agreements, for the rules that come next. */
const MAX_KEPT = 2 ** 22;

/** The event that a matcher has in hand: what a scan found, one row for each scalar. */
export class EventInHand {
  /** Tells the event from those before it: counts up from 1. */
  number = 0;
  bytes: Uint8Array = new Uint8Array(0);
  /** Whether a value stands in an element of an array. */
  hasArrays = false;
  /** How many fields have such values. */
  arrayFieldCount = 0;
  rowCount = 0;
  /** The columns of all rows, as `ScannedEvent.fields` has them, for loops over many of them. */
  fields: Int32Array = new Int32Array(0);
  #contexts: Int32Array = new Int32Array(0);
  #contextCount = 1;
  #numbers: Float64Array = new Float64Array(0);
  /** For each row the next row of the same field, if there is one. */
  #next = new Int32Array(64);

  /** The ids of the predicates that are satisfied and have something filed under them. */
  readonly hits = new ScratchNumbers();
  /** The row that is being looked up. */
  row = 0;
  /** The rows that look-ups found a predicate for, in an event with arrays, and for each the one found before it. */
  #finds = new Int32Array(64);
  #findsBefore = new Int32Array(64);
  #findCount = 0;
  /** Sets of places that stay of use until the next event. */
  readonly placeSets = new PlaceSets();
  /** What is known of the levels of fields, by their nodes, until the next event. */
  readonly #levels = new Map<number, boolean>();
  /** What `placesFor` and `agreement` found, and how much room that takes. */
  readonly #places = new Map<number, PlaceBits | undefined>();
  readonly #agreements = new Map<string, Agreement>();
  #kept = 0;
  readonly #survey = new ArraySurvey();
  #isSurveyed = false;
  #triesLeft = MAX_TRIES;

  /** What many tests may ask of a value, by its row. */
  readonly #texts = new Map<number, string>();
  readonly #addresses = new Map<number, string | undefined>();
  readonly #longTexts = new Map<number, LongText>();

  /**
   * Puts the event aside and takes the next. Returns whether the numbers of events start anew with it: whoever remembers
   * one has to forget it.
   */
  take(scanned: ScannedEvent): boolean {
    const startsAnew = this.number === MAX_NUMBER;
    this.number = startsAnew ? 1 : this.number + 1;
    this.bytes = scanned.bytes;
    this.#contexts = scanned.contexts;
    this.#contextCount = scanned.contextCount;
    this.hasArrays = scanned.contextCount > 1;
    this.arrayFieldCount = 0;
    this.#isSurveyed = false;
    this.#triesLeft = MAX_TRIES;
    this.fields = scanned.fields;
    this.#numbers = scanned.numbers;
    this.rowCount = scanned.fieldCount;
    this.hits.clear();
    this.#findCount = 0;
    if (this.#texts.size > 0) this.#texts.clear();
    if (this.#addresses.size > 0) this.#addresses.clear();
    if (this.#longTexts.size > 0) this.#longTexts.clear();
    if (this.#next.length < this.rowCount) this.#next = new Int32Array(this.rowCount * 2);
    return startsAnew;
  }

  /** Whether no two fields have values in elements of arrays, so that all that is satisfied is so together. */
  get agreesAnyway(): boolean {
    return this.arrayFieldCount < 2;
  }

  /** The node of the value's path. */
  node(row: number): number {
    return this.fields[row * FIELD_STRIDE + FIELD_NODE] ?? 0;
  }

  /** STRING, NUMBER, TRUE, FALSE or NULL. */
  kind(row: number): number {
    return this.fields[row * FIELD_STRIDE + FIELD_KIND] ?? 0;
  }

  /** Where the value's bytes start: of a string without its quotes and escapes, of a number as written. */
  start(row: number): number {
    return this.fields[row * FIELD_STRIDE + FIELD_START] ?? 0;
  }

  /** Where the value's bytes end. */
  end(row: number): number {
    return this.fields[row * FIELD_STRIDE + FIELD_END] ?? 0;
  }

  /** The hash of a string's bytes, as `hashBytes` makes it. */
  hash(row: number): number {
    return this.fields[row * FIELD_STRIDE + FIELD_HASH] ?? 0;
  }

  /** Whether the value's bytes are these. */
  isText(row: number, text: Uint8Array): boolean {
    const start = this.start(row);
    if (this.end(row) - start !== text.length) return false;
    for (let at = 0; at < text.length; at++) if (this.bytes[start + at] !== text[at]) return false;
    return true;
  }

  /** The element of an array that the value stands in, or 0. */
  context(row: number): number {
    return this.fields[row * FIELD_STRIDE + FIELD_CONTEXT] ?? 0;
  }

  /** The next value of the same field; only where there is one. */
  next(row: number): number {
    return this.#next[row] ?? 0;
  }

  /** Says which value of the same field comes next. */
  link(row: number, next: number): void {
    this.#next[row] = next;
  }

  /** What values can disagree about, if they stand in arrays. */
  survey(): ArraySurvey {
    if (!this.#isSurveyed) {
      this.#isSurveyed = true;
      this.placeSets.clear();
      this.#levels.clear();
      this.#forgetKept();
      this.#survey.take(this.#contexts, this.#contextCount, this.fields, this.rowCount);
    }
    return this.#survey;
  }

  /** The places of a field's values that satisfy one of the predicates, found or tested. */
  satisfyingPlaces(field: FieldIndex, predicates: readonly Predicate[]): PlaceSet {
    const survey = this.survey();
    const key = `${field.node}=${predicates.map(({ id }) => id).join()}`;
    return this.placeSets.get(survey, key, (set) => {
      for (const predicate of predicates) {
        field.eachSatisfying(this, predicate, (row) => set.add(survey.placeOf(this.context(row))));
      }
    });
  }

  /** The places of all values of a field. */
  placesOf(field: FieldIndex): PlaceSet {
    const survey = this.survey();
    return this.placeSets.get(survey, String(field.node), (set) => {
      field.eachRow(this, (row) => set.add(survey.placeOf(this.context(row))));
    });
  }

  /** The places where a value satisfies the predicate with an id, as `find` finds them, once an event if possible. */
  placesFor(id: number, find: () => PlaceBits | undefined): PlaceBits | undefined {
    this.survey();
    const known = this.#places.get(id);
    if (known !== undefined || this.#places.has(id)) return known;
    const found = find();
    this.#keep(found?.length ?? 0);
    this.#places.set(id, found);
    return found;
  }

  /** The agreement that `key` stands for, as `make` makes it, once an event if possible. */
  agreement(key: string, make: (survey: ArraySurvey) => Agreement): Agreement {
    const survey = this.survey();
    const known = this.#agreements.get(key);
    if (known !== undefined) return known;
    const agreement = make(survey);
    this.#keep(Agreement.sizeFor(survey));
    this.#agreements.set(key, agreement);
    return agreement;
  }

  #keep(size: number): void {
    if (this.#kept + size > MAX_KEPT) this.#forgetKept();
    this.#kept += size;
  }

  #forgetKept(): void {
    this.#places.clear();
    this.#agreements.clear();
    this.#kept = 0;
  }

  /** Counts tries that the event gave rise to; returns whether it may have that many. */
  spendTries(count: number): boolean {
    this.#triesLeft -= count;
    return this.#triesLeft >= 0;
  }

  /** Whether the values of a field are level, as `PlaceSet.isLevel` says. */
  isLevel(field: FieldIndex): boolean {
    this.survey();
    const known = this.#levels.get(field.node);
    if (known !== undefined) return known;
    const found = this.placesOf(field).isLevel;
    this.#levels.set(field.node, found);
    return found;
  }

  /** Logs that a predicate was found for `row`, and before that at the find `before`, or 0. Returns the find. */
  logFind(before: number): number {
    const find = ++this.#findCount;
    if (find >= this.#finds.length) {
      this.#finds = doubled(this.#finds);
      this.#findsBefore = doubled(this.#findsBefore);
    }
    this.#finds[find] = this.row;
    this.#findsBefore[find] = before;
    return find;
  }

  /** Calls `use` with the rows of a find and those before it. */
  eachFind(last: number, use: (row: number) => void): void {
    for (let find = last; find !== 0; find = this.#findsBefore[find] ?? 0) use(this.#finds[find] ?? 0);
  }

  /** The value's bytes as a string. */
  text(row: number): string {
    const start = this.start(row);
    const end = this.end(row);
    if (end - start < LONG) return decodeText(this.bytes, start, end);
    const known = this.#texts.get(row);
    if (known !== undefined) return known;
    const text = decodeText(this.bytes, start, end);
    this.#texts.set(row, text);
    return text;
  }

  /** The digits of the address that a string is, as `addressDigits` says. */
  address(row: number): string | undefined {
    const known = this.#addresses.get(row);
    if (known !== undefined || this.#addresses.has(row)) return known;
    const digits = addressDigits(this.text(row));
    this.#addresses.set(row, digits);
    return digits;
  }

  /** The value's bytes, ready to be searched many times. */
  longText(row: number): LongText {
    const known = this.#longTexts.get(row);
    if (known !== undefined) return known;
    const text = new LongText(this.bytes.subarray(this.start(row), this.end(row)));
    this.#longTexts.set(row, text);
    return text;
  }

  /** The value of a number, as `eventNumber` says; NaN if it has none. */
  numberAt(row: number): number {
    const at = row * NUMBER_STRIDE + NUMBER_VALUE;
    const known = this.#numbers[at] ?? Number.NaN;
    // In the column NaN says that nobody has asked yet.
    if (!Number.isNaN(known)) return known === NO_VALUE ? Number.NaN : known;
    const value = numberFromBytes(this.bytes, this.start(row), this.end(row));
    this.#numbers[at] = Number.isNaN(value) ? NO_VALUE : value;
    return value;
  }
}

function doubled(numbers: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}
