import { endsIgnoringCase, equalsIgnoringCase, startIgnoringCase } from '../ignore-case.ts';
import type { AffixCondition, IgnoreCaseCondition, WildcardCondition } from '../pattern.ts';
import { hashBytes } from '../scan/byte-hash.ts';
import * as scanner from '../scan/scanner.ts';
import { matchesSegments } from '../wildcard.ts';
import { encodeText } from '../wtf8.ts';
import type { Test } from './byte-condition.ts';
import { byteWildcard } from './byte-wildcard.ts';

// Constants of its own a platform folds; imported ones it loads, and checks, each time.
const { STRING } = scanner;

/** A condition on the characters of a string. */
export type TextCondition = AffixCondition | IgnoreCaseCondition | WildcardCondition;

/** For what bytes can't decide, half surrogate pairs and case beyond ASCII, and for what is seldom asked. */
export function onText(condition: TextCondition): Test {
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

/** The test of a wildcard. */
export function wildcardTest(condition: WildcardCondition): Test {
  const { segments } = condition;
  if (!segments.every((segment) => segment.isWellFormed())) return onText(condition);
  return byteWildcard(segments.map(encodeText));
}

/** The test of a condition that anything-but excludes. Prefixes and suffixes are wildcards with one star. */
export function excludedTest(condition: TextCondition): Test {
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
export function noneOfTexts(texts: readonly Uint8Array[]): Test {
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

/** That a value satisfies none of some tests. */
export function noneOf(excluded: readonly Test[]): Test {
  const [only] = excluded;
  if (only !== undefined && excluded.length === 1) return (event, row) => !only(event, row);
  return (event, row) => {
    for (const test of excluded) if (test(event, row)) return false;
    return true;
  };
}

/** Whether a text is ASCII: there, a letter and its capital are each other's only alternatives. */
export function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}

/** The bytes of a condition that ignores case, in lower case. */
export function foldedKey({ value }: IgnoreCaseCondition): Uint8Array {
  return encodeText(value.toLowerCase());
}

/** The small letter for a capital of ASCII; any other byte is itself. */
export function folded(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
}
