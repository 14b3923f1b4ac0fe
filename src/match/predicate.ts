import type { ByteCondition } from './byte-condition.ts';
import { type ByteTable, EMPTY_HASH, hashBytes, hashOn } from './byte-table.ts';
import { encodeText } from './wtf8.ts';

/** A condition on one field, shared by all rules that have it. */
export interface Predicate<Filed> {
  readonly condition: ByteCondition;
  readonly lookup: Lookup;
  /** Its id in the vocabulary. */
  readonly id: number;
  /** What an event is tested for only once one of its values satisfies this condition. */
  readonly filed: Filed[];
  /** How many times it has been acquired. */
  uses: number;
  /** The last event that a value satisfied it in, as far as is known. */
  satisfiedIn: number;
  /** The last event that it was tested on, if it is one to be tested. */
  testedIn: number;
  /** Since which event something is filed, and for how many events something was before. */
  watchedSince: number;
  watchedBefore: number;
  /** How many events satisfied it while something was filed. */
  hitCount: number;
}

/** The predicates of all fields, found by their bytes: the table's context is the field and the look-up. */
export interface Vocabulary<Filed> {
  readonly table: ByteTable;
  /** By id in the table. */
  readonly predicates: (Predicate<Filed> | undefined)[];
}

/** How a value leads to the predicates that it satisfies. */
export type Lookup = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;
/** By the bytes of a string. */
export const BY_TEXT = 0;
/** By the digits of the address that a string is. */
export const BY_ADDRESS = 1;
/** By the double that a number is. */
export const BY_NUMBER = 2;
/** By the digits of an integer that no double holds. */
export const BY_DIGITS = 3;
/** By the letters of true, false or null. */
export const BY_TOKEN = 4;
/** By the first bytes of a string, as many as the predicate asks for. */
export const BY_START = 5;
/** By the last bytes of a string; the hash takes them from the end. */
export const BY_END = 6;
/** By the bytes of a string in lower case, and the same for its first and last bytes. */
export const BY_FOLDED_TEXT = 7;
export const BY_FOLDED_START = 8;
export const BY_FOLDED_END = 9;
/** By testing the value on each predicate. */
export const BY_TEST = 10;
/** How many of them there are. */
export const LOOKUPS = 11;

/** What a predicate is found by: the look-up, the key and its hash. */
export interface LookupKey {
  readonly lookup: Lookup;
  readonly bytes: Uint8Array;
  readonly hash: number;
}

/** How to find a condition. `source` is what it was compiled from, and tells it from others where nothing does. */
export function lookupKey(condition: ByteCondition, source: object): LookupKey {
  switch (condition.kind) {
    case 'string':
      return keyOf(BY_TEXT, condition.bytes);
    case 'address':
      return keyOf(BY_ADDRESS, encodeText(condition.digits));
    case 'number':
      return keyOf(BY_NUMBER, doubleKey(condition.value));
    case 'integer':
      return keyOf(BY_DIGITS, encodeText(condition.text));
    case 'token':
      return keyOf(BY_TOKEN, encodeText(condition.text));
    case 'prefix':
      return keyOf(BY_START, condition.bytes);
    case 'suffix':
      return keyFromEnd(BY_END, condition.bytes);
    case 'folded-equal':
      return keyOf(BY_FOLDED_TEXT, condition.bytes);
    case 'folded-prefix':
      return keyOf(BY_FOLDED_START, condition.bytes);
    case 'folded-suffix':
      return keyFromEnd(BY_FOLDED_END, condition.bytes);
    default:
      return keyOf(BY_TEST, encodeText(JSON.stringify(source)));
  }
}

function keyOf(lookup: Lookup, bytes: Uint8Array): LookupKey {
  return { lookup, bytes, hash: hashBytes(bytes, 0, bytes.length) };
}

function keyFromEnd(lookup: Lookup, bytes: Uint8Array): LookupKey {
  return { lookup, bytes, hash: bytes.reduceRight(hashOn, EMPTY_HASH) };
}

const double = new Float64Array(1);
const doubleBytes = new Uint8Array(double.buffer);

/** The bytes of a double, valid until the next call. */
export function doubleKey(value: number): Uint8Array {
  double[0] = value;
  return doubleBytes;
}
