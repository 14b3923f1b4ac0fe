import { addressDigits, withinBlock } from './address.ts';
import { EMPTY_HASH, hashBytes, hashNumber, hashOn, numberBytes } from './byte-hash.ts';
import { byteWildcard } from './byte-wildcard.ts';
import type { EventInHand } from './event-in-hand.ts';
import { endsIgnoringCase, equalsIgnoringCase, startIgnoringCase } from './ignore-case.ts';
import { isInteger } from './number.ts';
import type { Condition, IgnoreCaseCondition, NumericCondition } from './pattern.ts';
import { FALSE, NULL, NUMBER, STRING, TRUE } from './scanner.ts';
import { matchesSegments } from './wildcard.ts';
import { encodeText } from './wtf8.ts';

/** How a value leads to the conditions that it satisfies. */
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
/** By the first bytes of a string, as many as the condition asks for. */
export const BY_START = 5;
/** By the last bytes of a string; the hash takes them from the end. */
export const BY_END = 6;
/** By the bytes of a string in lower case, and the same for its first and last bytes. */
export const BY_FOLDED_TEXT = 7;
export const BY_FOLDED_START = 8;
export const BY_FOLDED_END = 9;
/** Not at all: the value has to be tested. The key only tells the condition from others. */
export const BY_TEST = 10;
/** How many look-ups there are. */
export const LOOKUPS = 11;

/** A condition as the fast engine uses it: with the bytes of a value, as they stand in the event. */
export interface ByteCondition {
  readonly lookup: Lookup;
  readonly key: Uint8Array;
  readonly hash: number;
  /** Whether the value in row `row` of the event satisfies it. */
  readonly holds: (event: EventInHand, row: number) => boolean;
}

type Test = ByteCondition['holds'];

/** Compiles a condition of a pattern; `exists: false` holds for no value. */
export function byteCondition(condition: Condition): ByteCondition {
  switch (condition.kind) {
    case 'string':
      return condition.address === undefined
        ? whole(BY_TEXT, encodeText(condition.value), equals)
        : addressCondition(condition.address);
    case 'number':
      if (condition.value !== undefined) return numberCondition(condition.value);
      // Only an integer keeps its digits on the way through AWS.
      return isInteger(condition.text) ? digitsCondition(condition.text) : tested(condition, () => false);
    case 'token': {
      const token = TOKENS[condition.token];
      return whole(BY_TOKEN, encodeText(condition.token), () => (event, row) => event.kind(row) === token);
    }
    case 'exists':
      return tested(condition, () => condition.exists);
    case 'prefix':
      if (condition.value.isWellFormed()) return atStart(BY_START, encodeText(condition.value), startsWith);
      return testedAsText(condition, (text) => text.startsWith(condition.value));
    case 'suffix':
      if (condition.value.isWellFormed()) return atEnd(BY_END, encodeText(condition.value), endsWith);
      return testedAsText(condition, (text) => text.endsWith(condition.value));
    case 'equals-ignore-case':
    case 'prefix-ignore-case':
    case 'suffix-ignore-case':
      return ignoringCase(condition);
    case 'wildcard': {
      const { segments } = condition;
      return segments.every((segment) => segment.isWellFormed())
        ? tested(condition, byteWildcard(segments.map(encodeText)))
        : testedAsText(condition, (text) => matchesSegments(segments, text));
    }
    case 'numeric':
      return condition.low === condition.high
        ? numberCondition(condition.low)
        : tested(condition, inRange(condition));
    case 'cidr':
      return tested(condition, (event, row) => {
        const kind = event.kind(row);
        if (kind !== STRING) return kind === NUMBER && withinBlock(condition, event.text(row));
        const digits = addressDigits(event.text(row));
        return digits !== undefined && withinBlock(condition, digits);
      });
    case 'not-strings':
      return tested(condition, noneOf(condition.values.map((value) => equals(encodeText(value)))));
    case 'not-numbers':
      return tested(condition, noneOf(condition.values.map((value) => numberCondition(value).holds)));
    case 'none-of':
      return tested(condition, noneOf(condition.conditions.map((excluded) => byteCondition(excluded).holds)));
  }
}

const TOKENS = { true: TRUE, false: FALSE, null: NULL } as const;

function whole(lookup: Lookup, key: Uint8Array, test: (key: Uint8Array) => Test): ByteCondition {
  return { lookup, key, hash: hashBytes(key, 0, key.length), holds: test(key) };
}

function atStart(lookup: Lookup, key: Uint8Array, test: (key: Uint8Array) => Test): ByteCondition {
  return { lookup, key, hash: key.reduce(hashOn, EMPTY_HASH), holds: test(key) };
}

function atEnd(lookup: Lookup, key: Uint8Array, test: (key: Uint8Array) => Test): ByteCondition {
  return { lookup, key, hash: key.reduceRight(hashOn, EMPTY_HASH), holds: test(key) };
}

function tested(condition: Condition, holds: Test): ByteCondition {
  return whole(BY_TEST, encodeText(JSON.stringify(condition)), () => holds);
}

// What bytes can't decide: half surrogate pairs, and case beyond ASCII.
function testedAsText(condition: Condition, holds: (text: string) => boolean): ByteCondition {
  return tested(condition, (event, row) => event.kind(row) === STRING && holds(event.text(row)));
}

function addressCondition(digits: string): ByteCondition {
  return whole(
    BY_ADDRESS,
    encodeText(digits),
    () => (event, row) => event.kind(row) === STRING && addressDigits(event.text(row)) === digits,
  );
}

function digitsCondition(text: string): ByteCondition {
  return whole(
    BY_DIGITS,
    encodeText(text),
    () => (event, row) => event.kind(row) === NUMBER && event.text(row) === text,
  );
}

function numberCondition(value: number): ByteCondition {
  return {
    lookup: BY_NUMBER,
    key: numberBytes(value).slice(),
    hash: hashNumber(value),
    holds: (event, row) => event.kind(row) === NUMBER && event.numberAt(row) === value,
  };
}

function inRange({ low, lowIncluded, high, highIncluded }: NumericCondition): Test {
  return (event, row) => {
    if (event.kind(row) !== NUMBER) return false;
    const value = event.numberAt(row);
    return (lowIncluded ? value >= low : value > low) && (highIncluded ? value <= high : value < high);
  };
}

function noneOf(excluded: readonly Test[]): Test {
  return (event, row) => {
    for (const holds of excluded) if (holds(event, row)) return false;
    return true;
  };
}

function ignoringCase(condition: IgnoreCaseCondition): ByteCondition {
  const { kind, value, alternatives } = condition;
  // In ASCII, a letter and its capital are each other's only alternatives.
  const isAscii = /^[\0-\x7f]*$/.test(value);
  const key = encodeText(value.toLowerCase());
  switch (kind) {
    case 'equals-ignore-case':
      if (isAscii) return whole(BY_FOLDED_TEXT, key, equalsFolded);
      return testedAsText(condition, (text) => equalsIgnoringCase(alternatives, text));
    case 'prefix-ignore-case':
      if (isAscii) return atStart(BY_FOLDED_START, key, startsWithFolded);
      return testedAsText(condition, (text) => startIgnoringCase(alternatives, text) >= 0);
    case 'suffix-ignore-case':
      if (isAscii) return atEnd(BY_FOLDED_END, key, endsWithFolded);
      return testedAsText(condition, (text) => endsIgnoringCase(alternatives, text));
  }
}

function equals(key: Uint8Array): Test {
  return (event, row) => lengthAt(event, row) === key.length && isAt(event.bytes, event.start(row), key);
}

function startsWith(key: Uint8Array): Test {
  return (event, row) => lengthAt(event, row) >= key.length && isAt(event.bytes, event.start(row), key);
}

function endsWith(key: Uint8Array): Test {
  return (event, row) =>
    lengthAt(event, row) >= key.length && isAt(event.bytes, event.end(row) - key.length, key);
}

function equalsFolded(key: Uint8Array): Test {
  return (event, row) =>
    lengthAt(event, row) === key.length && isFoldedAt(event.bytes, event.start(row), key);
}

function startsWithFolded(key: Uint8Array): Test {
  return (event, row) => lengthAt(event, row) >= key.length && isFoldedAt(event.bytes, event.start(row), key);
}

function endsWithFolded(key: Uint8Array): Test {
  return (event, row) =>
    lengthAt(event, row) >= key.length && isFoldedAt(event.bytes, event.end(row) - key.length, key);
}

/** The length of a string, or -1 for any other value. */
function lengthAt(event: EventInHand, row: number): number {
  return event.kind(row) === STRING ? event.end(row) - event.start(row) : -1;
}

function isAt(bytes: Uint8Array, start: number, key: Uint8Array): boolean {
  for (let at = 0; at < key.length; at++) if (bytes[start + at] !== key[at]) return false;
  return true;
}

function isFoldedAt(bytes: Uint8Array, start: number, key: Uint8Array): boolean {
  for (let at = 0; at < key.length; at++) if (folded(bytes[start + at] ?? 0) !== key[at]) return false;
  return true;
}

/** The small letter for a capital of ASCII; any other byte is itself. */
export function folded(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
}
