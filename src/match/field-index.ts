import { addressDigits } from './address.ts';
import { type ByteCondition, holds, numberAt, textAt } from './byte-condition.ts';
import type { ByteTable } from './byte-table.ts';
import {
  FIELD_CONTEXT,
  FIELD_END,
  FIELD_KIND,
  FIELD_START,
  FIELD_STRIDE,
  NUMBER,
  type ScannedEvent,
  STRING,
} from './scanner.ts';
import { encodeText } from './wtf8.ts';

/** A condition on one field, shared by all rules that have it. */
export interface Predicate<Filed> {
  readonly field: FieldIndex<Filed>;
  readonly condition: ByteCondition;
  readonly lookup: Lookup;
  /** Its id in the vocabulary. */
  readonly id: number;
  /** What an event is tested for only once one of its values satisfies this condition. */
  readonly filed: Filed[];
  /** How many times it has been acquired. */
  uses: number;
  /** The last event that the condition was decided for, and the decision. */
  decidedIn: number;
  satisfied: boolean;
}

/** The predicates of all fields, found by their bytes: the table's context is the field and the look-up. */
export interface Vocabulary<Filed> {
  readonly table: ByteTable;
  /** By id in the table. */
  readonly predicates: (Predicate<Filed> | undefined)[];
}

/** An event while it is matched: a number to tell it from others, and the values that each field has. */
export interface EventInHand extends ScannedEvent {
  /** Counts up with each event, from 1. */
  readonly number: number;
  /** For each row of the fields the next row of the same field, or -1. */
  readonly next: Int32Array;
}

/** How a value leads to the predicates that it satisfies: a kind of key, and no key for those tested singly. */
type Lookup = 0 | 1 | 2 | 3 | 4 | 5;
const BY_TEXT = 0;
const BY_ADDRESS = 1;
const BY_NUMBER = 2;
const BY_DIGITS = 3;
const BY_TOKEN = 4;
const ONE_BY_ONE = 5;
const LOOKUPS = 6;

/**
 * All that rules ask of one field. Literals are found by a look-up from the value; other conditions are
 * tested one by one, each at most once an event.
 */
export class FieldIndex<Filed> {
  /** The field's node in the tree of paths. */
  readonly node: number;
  /** The last event that had a value here, and its values: rows of its fields, linked by `next`. */
  seenIn = 0;
  firstRow = -1;
  valueCount = 0;
  /** Whether one of them stands in an element of an array. */
  inArray = false;
  #lastRow = -1;

  readonly #vocabulary: Vocabulary<Filed>;
  /** How many predicates there are for each look-up. */
  readonly #counts = new Int32Array(LOOKUPS);
  /** Those that are tested one by one and have something filed under them. */
  readonly #watched: Predicate<Filed>[] = [];
  #filedCount = 0;
  #lookedUpIn = 0;

  constructor(node: number, vocabulary: Vocabulary<Filed>) {
    this.node = node;
    this.#vocabulary = vocabulary;
  }

  /** How many predicates can be found by a look-up. */
  get literalCount(): number {
    return this.size - (this.#counts[ONE_BY_ONE] ?? 0);
  }

  /** How many predicates there are. */
  get size(): number {
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  /** Whether something is filed under one of the predicates. */
  get hasFiled(): boolean {
    return this.#filedCount > 0;
  }

  /** The predicate for a condition; each call must be paired with a `release`. `source` identifies it. */
  acquire(condition: ByteCondition, source: object): Predicate<Filed> {
    const { table, predicates } = this.#vocabulary;
    const [lookup, key] = lookupOf(condition) ?? [ONE_BY_ONE, encodeText(JSON.stringify(source))];
    const id = table.add(this.#context(lookup), key);
    const known = predicates[id];
    if (known !== undefined) {
      known.uses++;
      return known;
    }
    const predicate = {
      field: this,
      condition,
      lookup,
      id,
      filed: [],
      uses: 1,
      decidedIn: 0,
      satisfied: false,
    };
    predicates[id] = predicate;
    this.#count(lookup, 1);
    return predicate;
  }

  /** Takes back one `acquire`. */
  release(predicate: Predicate<Filed>): void {
    if (--predicate.uses > 0) return;
    this.#vocabulary.table.remove(predicate.id);
    this.#vocabulary.predicates[predicate.id] = undefined;
    this.#count(predicate.lookup, -1);
  }

  /** Files something under a predicate of this field. */
  file(predicate: Predicate<Filed>, what: Filed): void {
    predicate.filed.push(what);
    this.#filedCount++;
    if (predicate.lookup === ONE_BY_ONE && predicate.filed.length === 1) this.#watched.push(predicate);
  }

  /** Takes back one `file`. */
  unfile(predicate: Predicate<Filed>, what: Filed): void {
    removeFrom(predicate.filed, what);
    this.#filedCount--;
    if (predicate.lookup === ONE_BY_ONE && predicate.filed.length === 0) removeFrom(this.#watched, predicate);
  }

  /** Notes that the event has a value here. */
  see(event: EventInHand, row: number): void {
    if (this.seenIn === event.number) {
      event.next[this.#lastRow] = row;
      this.valueCount++;
    } else {
      this.seenIn = event.number;
      this.firstRow = row;
      this.valueCount = 1;
      this.inArray = false;
    }
    event.next[row] = -1;
    this.#lastRow = row;
    if (event.fields[row * FIELD_STRIDE + FIELD_CONTEXT] !== 0) this.inArray = true;
  }

  /** Adds to `hits` the predicates that a value satisfies and that have something filed under them. */
  hits(event: EventInHand, hits: Predicate<Filed>[]): void {
    this.#lookUp(event, hits);
    for (const predicate of this.#watched) if (this.satisfies(event, predicate)) hits.push(predicate);
  }

  /** Whether one of the event's values satisfies a predicate of this field. */
  satisfies(event: EventInHand, predicate: Predicate<Filed>): boolean {
    if (this.seenIn !== event.number) return false;
    if (predicate.lookup !== ONE_BY_ONE) {
      if (this.#lookedUpIn !== event.number) this.#lookUp(event, []);
      return predicate.decidedIn === event.number;
    }
    if (predicate.decidedIn !== event.number) {
      predicate.decidedIn = event.number;
      predicate.satisfied = false;
      for (let row = this.firstRow; row >= 0; row = event.next[row] ?? -1) {
        if (!holds(predicate.condition, event, row)) continue;
        predicate.satisfied = true;
        break;
      }
    }
    return predicate.satisfied;
  }

  #lookUp(event: EventInHand, hits: Predicate<Filed>[]): void {
    this.#lookedUpIn = event.number;
    for (let row = this.firstRow; row >= 0; row = event.next[row] ?? -1) {
      const kind = event.fields[row * FIELD_STRIDE + FIELD_KIND];
      if (kind === STRING) {
        this.#find(event, hits, BY_TEXT, row);
        if (this.#has(BY_ADDRESS)) {
          const digits = addressDigits(textAt(event, row));
          if (digits !== undefined) this.#findKey(event, hits, BY_ADDRESS, encodeText(digits));
        }
      } else if (kind === NUMBER) {
        if (this.#has(BY_NUMBER)) this.#findKey(event, hits, BY_NUMBER, numberKey(numberAt(event, row)));
        this.#find(event, hits, BY_DIGITS, row);
      } else {
        this.#find(event, hits, BY_TOKEN, row);
      }
    }
  }

  #find(event: EventInHand, hits: Predicate<Filed>[], lookup: Lookup, row: number): void {
    if (!this.#has(lookup)) return;
    const start = event.fields[row * FIELD_STRIDE + FIELD_START] ?? 0;
    const end = event.fields[row * FIELD_STRIDE + FIELD_END] ?? 0;
    this.#hit(event, hits, this.#vocabulary.table.find(this.#context(lookup), event.bytes, start, end));
  }

  #findKey(event: EventInHand, hits: Predicate<Filed>[], lookup: Lookup, key: Uint8Array): void {
    this.#hit(event, hits, this.#vocabulary.table.find(this.#context(lookup), key, 0, key.length));
  }

  #hit(event: EventInHand, hits: Predicate<Filed>[], id: number): void {
    const predicate = id < 0 ? undefined : this.#vocabulary.predicates[id];
    if (predicate === undefined || predicate.decidedIn === event.number) return;
    predicate.decidedIn = event.number;
    if (predicate.filed.length > 0) hits.push(predicate);
  }

  #context(lookup: Lookup): number {
    return this.node * LOOKUPS + lookup;
  }

  #has(lookup: Lookup): boolean {
    return (this.#counts[lookup] ?? 0) > 0;
  }

  #count(lookup: Lookup, change: number): void {
    this.#counts[lookup] = (this.#counts[lookup] ?? 0) + change;
  }
}

function lookupOf(condition: ByteCondition): [Lookup, Uint8Array] | undefined {
  switch (condition.kind) {
    case 'string':
      return [BY_TEXT, condition.bytes];
    case 'address':
      return [BY_ADDRESS, encodeText(condition.digits)];
    case 'number':
      return [BY_NUMBER, numberKey(condition.value)];
    case 'integer':
      return [BY_DIGITS, encodeText(condition.text)];
    case 'token':
      return [BY_TOKEN, encodeText(condition.text)];
    default:
      return undefined;
  }
}

const double = new Float64Array(1);
const doubleBytes = new Uint8Array(double.buffer);

/** The bytes of a double, valid until the next call. */
function numberKey(value: number): Uint8Array {
  double[0] = value;
  return doubleBytes;
}

function removeFrom<T>(list: T[], what: T): void {
  const at = list.indexOf(what);
  const last = list.pop();
  if (last !== undefined && at < list.length) list[at] = last;
}
