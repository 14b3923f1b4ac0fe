import { withinBlock } from '../address.ts';
import { isInteger } from '../number.ts';
import type {
  CidrCondition,
  Condition,
  IgnoreCaseCondition,
  NumericCondition,
  WildcardCondition,
} from '../pattern.ts';
import * as byteHash from '../scan/byte-hash.ts';
import { hashBytes, hashNumber, hashOn, numberBytes } from '../scan/byte-hash.ts';
import * as scanner from '../scan/scanner.ts';
import { encodeText } from '../wtf8.ts';
import { above, below } from './byte-number.ts';
import type { EventInHand } from './event-in-hand.ts';
import { byteKinds, type RangeHint, type TestHint, textKinds } from './many-values.ts';
import { excludedTest, foldedKey, isAscii, noneOf, noneOfTexts, onText, wildcardTest } from './text-tests.ts';

// Constants of its own a platform folds; imported ones it loads, and checks, each time.
const { EMPTY_HASH } = byteHash;
const { NUMBER, STRING } = scanner;

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
  /** Whether the value in row `row` of the event satisfies it, if no look-up tells. */
  readonly test: Test | undefined;
  /** What is known of the test. */
  readonly hint: TestHint | undefined;
  /** What look-ups can tell of a value before it is tested: what satisfies the condition satisfies each of these. */
  readonly doors: readonly ByteCondition[];
}

const NO_DOORS: readonly ByteCondition[] = [];

/** Whether the value in row `row` of the event satisfies a condition. */
export type Test = (event: EventInHand, row: number) => boolean;

/** Compiles a condition of a pattern; `exists: false` holds for no value. */
export function byteCondition(condition: Condition): ByteCondition {
  switch (condition.kind) {
    case 'string':
      if (condition.address !== undefined) return whole(BY_ADDRESS, encodeText(condition.address));
      return whole(BY_TEXT, encodeText(condition.value));
    case 'number':
      if (condition.value !== undefined) return numberCondition(condition.value);
      // Only an integer keeps its digits on the way through AWS.
      return isInteger(condition.text)
        ? whole(BY_DIGITS, encodeText(condition.text))
        : tested(condition, () => false);
    case 'token':
      return whole(BY_TOKEN, encodeText(condition.token));
    case 'exists':
      return tested(condition, () => condition.exists);
    case 'prefix':
      if (condition.value.isWellFormed()) return atStart(BY_START, encodeText(condition.value));
      return tested(condition, onText(condition));
    case 'suffix':
      if (condition.value.isWellFormed()) return atEnd(BY_END, encodeText(condition.value));
      return tested(condition, onText(condition));
    case 'equals-ignore-case':
      if (isAscii(condition.value)) return whole(BY_FOLDED_TEXT, foldedKey(condition));
      return tested(condition, onText(condition), anyCase(condition));
    case 'prefix-ignore-case':
      if (isAscii(condition.value)) return atStart(BY_FOLDED_START, foldedKey(condition));
      return tested(condition, onText(condition), anyCase(condition));
    case 'suffix-ignore-case':
      if (isAscii(condition.value)) return atEnd(BY_FOLDED_END, foldedKey(condition));
      return tested(condition, onText(condition), anyCase(condition));
    case 'wildcard':
      return wildcard(condition);
    case 'numeric':
      if (condition.low === condition.high) return numberCondition(condition.low);
      return range(condition);
    case 'cidr':
      return tested(condition, inBlock(condition), { ...condition, kind: 'block' });
    case 'not-strings':
      return tested(condition, noneOfTexts(condition.values.map(encodeText)));
    case 'not-numbers': {
      const { values } = condition;
      return tested(
        condition,
        (event, row) => event.kind(row) !== NUMBER || !values.includes(event.numberAt(row)),
      );
    }
    case 'none-of':
      return tested(condition, noneOf(condition.conditions.map(excludedTest)));
  }
}

function whole(lookup: Lookup, key: Uint8Array): ByteCondition {
  return {
    lookup,
    key,
    hash: hashBytes(key, 0, key.length),
    test: undefined,
    hint: undefined,
    doors: NO_DOORS,
  };
}

function atStart(lookup: Lookup, key: Uint8Array): ByteCondition {
  return {
    lookup,
    key,
    hash: key.reduce(hashOn, EMPTY_HASH),
    test: undefined,
    hint: undefined,
    doors: NO_DOORS,
  };
}

function atEnd(lookup: Lookup, key: Uint8Array): ByteCondition {
  return {
    lookup,
    key,
    hash: key.reduceRight(hashOn, EMPTY_HASH),
    test: undefined,
    hint: undefined,
    doors: NO_DOORS,
  };
}

function numberCondition(value: number): ByteCondition {
  return { ...whole(BY_NUMBER, numberBytes(value)), hash: hashNumber(value) };
}

function tested(condition: Condition, test: Test, hint?: TestHint): ByteCondition {
  return { ...whole(BY_TEST, encodeText(JSON.stringify(condition))), test, hint };
}

/** One star at an end leaves a prefix or a suffix; otherwise both ends are doors to the test. */
function wildcard(condition: WildcardCondition): ByteCondition {
  const { segments } = condition;
  const [first = '', ...others] = segments;
  const last = others.at(-1) ?? '';
  const doors: ByteCondition[] = [];
  if (first !== '' && first.isWellFormed()) doors.push(atStart(BY_START, encodeText(first)));
  if (last !== '' && last.isWellFormed()) doors.push(atEnd(BY_END, encodeText(last)));
  const [only] = doors;
  if (only !== undefined && others.length === 1 && (first === '' || last === '')) return only;
  return { ...tested(condition, wildcardTest(condition), bytesOf(segments)), doors };
}

/** The range as one that has its bounds inside, so that two numbers say it all. */
function range({ low, lowIncluded, high, highIncluded }: NumericCondition): ByteCondition {
  const first = lowIncluded ? low : above(low);
  const last = highIncluded ? high : below(high);
  const key = Uint8Array.of(...numberBytes(first + 0), ...numberBytes(last + 0));
  const hint: RangeHint = { kind: 'range', first, last };
  return { ...whole(BY_TEST, key), test: inRange(hint), hint };
}

function inRange(range: RangeHint): Test {
  return (event, row) => {
    if (event.kind(row) !== NUMBER) return false;
    const value = event.numberAt(row);
    return value >= range.first && value <= range.last;
  };
}

function inBlock({ low, high }: CidrCondition): Test {
  return (event, row) => {
    const kind = event.kind(row);
    if (kind !== STRING) return kind === NUMBER && withinBlock({ low, high }, event.text(row));
    const digits = event.address(row);
    return digits !== undefined && withinBlock({ low, high }, digits);
  };
}

/** All of these texts are in every string that satisfies a wildcard. */
function bytesOf(segments: readonly string[]): TestHint {
  return { kind: 'bytes', kinds: textKinds(segments.filter((text) => text.isWellFormed()).map(encodeText)) };
}

/** The bytes that all spellings of a character have in common are in every string that has one of them. */
function anyCase({ alternatives }: IgnoreCaseCondition): TestHint {
  const bytes = alternatives.map((spellings) =>
    spellings
      .map((spelling) => new Set(encodeText(spelling)))
      .reduce((all, spelling) => all.intersection(spelling)),
  );
  return { kind: 'bytes', kinds: byteKinds(bytes.flatMap((set) => [...set])) };
}
