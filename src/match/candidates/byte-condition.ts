import { addressDigits, withinBlock } from '../address.ts';
import { endsIgnoringCase, equalsIgnoringCase, startIgnoringCase } from '../ignore-case.ts';
import { isInteger } from '../number.ts';
import type {
  AffixCondition,
  CidrCondition,
  Condition,
  IgnoreCaseCondition,
  NumericCondition,
  WildcardCondition,
} from '../pattern.ts';
import { EMPTY_HASH, hashBytes, hashNumber, hashOn, numberBytes } from '../scan/byte-hash.ts';
import { NUMBER, STRING } from '../scan/scanner.ts';
import { matchesSegments } from '../wildcard.ts';
import { encodeText } from '../wtf8.ts';
import { above, below } from './byte-number.ts';
import { byteWildcard } from './byte-wildcard.ts';
import type { EventInHand } from './event-in-hand.ts';
import { byteKinds, type RangeHint, type TestHint, textKinds } from './many-values.ts';

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

type TextCondition = AffixCondition | IgnoreCaseCondition | WildcardCondition;

/** For what bytes can't decide, half surrogate pairs and case beyond ASCII, and for what is seldom asked. */
function onText(condition: TextCondition): Test {
  const holds = textTest(condition);
  return (event, row) => event.kind(row) === STRING && holds(event.text(row));
}

function textTest(condition: TextCondition): (text: string) => boolean {
  switch (condition.kind) {
    case 'prefix':
      return (text) => text.startsWith(condition.value);
    case 'suffix':
      return (text) => text.endsWith(condition.value);
    case 'equals-ignore-case':
      return (text) => equalsIgnoringCase(condition.alternatives, text);
    case 'prefix-ignore-case':
      return (text) => startIgnoringCase(condition.alternatives, text) >= 0;
    case 'suffix-ignore-case':
      return (text) => endsIgnoringCase(condition.alternatives, text);
    case 'wildcard':
      return (text) => matchesSegments(condition.segments, text);
  }
}

function wildcardTest(condition: WildcardCondition): Test {
  const { segments } = condition;
  if (!segments.every((segment) => segment.isWellFormed())) return onText(condition);
  return byteWildcard(segments.map(encodeText));
}

/** The test of a condition that anything-but excludes. Prefixes and suffixes are wildcards with one star. */
function excludedTest(condition: TextCondition): Test {
  switch (condition.kind) {
    case 'prefix':
      return condition.value.isWellFormed()
        ? byteWildcard([encodeText(condition.value), NOTHING])
        : onText(condition);
    case 'suffix':
      return condition.value.isWellFormed()
        ? byteWildcard([NOTHING, encodeText(condition.value)])
        : onText(condition);
    case 'wildcard':
      return wildcardTest(condition);
    default:
      return isAscii(condition.value) ? foldedTest(condition) : onText(condition);
  }
}

function foldedTest(condition: IgnoreCaseCondition): Test {
  const key = foldedKey(condition);
  const { kind } = condition;
  return (event, row) => {
    const start = event.start(row);
    const length = event.end(row) - start;
    if (event.kind(row) !== STRING || length < key.length) return false;
    if (kind === 'equals-ignore-case' && length > key.length) return false;
    const from = kind === 'suffix-ignore-case' ? start + length - key.length : start;
    for (let at = 0; at < key.length; at++) {
      if (folded(event.bytes[from + at] ?? 0) !== key[at]) return false;
    }
    return true;
  };
}

const NOTHING = new Uint8Array(0);

/** That a value is none of some strings: almost always its hash tells. */
function noneOfTexts(texts: readonly Uint8Array[]): Test {
  const byHash = Map.groupBy(texts, (text) => hashBytes(text, 0, text.length));
  const [only] = texts;
  if (only !== undefined && texts.length === 1) {
    const hash = hashBytes(only, 0, only.length);
    return (event, row) => event.kind(row) !== STRING || event.hash(row) !== hash || !event.isText(row, only);
  }
  return (event, row) => {
    if (event.kind(row) !== STRING) return true;
    for (const text of byHash.get(event.hash(row)) ?? []) if (event.isText(row, text)) return false;
    return true;
  };
}

function noneOf(excluded: readonly Test[]): Test {
  const [only] = excluded;
  if (only !== undefined && excluded.length === 1) return (event, row) => !only(event, row);
  return (event, row) => {
    for (const test of excluded) if (test(event, row)) return false;
    return true;
  };
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
    const digits = addressDigits(event.text(row));
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

// In ASCII, a letter and its capital are each other's only alternatives.
function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}

function foldedKey({ value }: IgnoreCaseCondition): Uint8Array {
  return encodeText(value.toLowerCase());
}

/** The small letter for a capital of ASCII; any other byte is itself. */
export function folded(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
}
