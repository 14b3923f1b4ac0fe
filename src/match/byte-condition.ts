import { addressDigits, withinBlock } from './address.ts';
import type { EventInHand } from './event-in-hand.ts';
import { endsIgnoringCase, equalsIgnoringCase, startIgnoringCase } from './ignore-case.ts';
import { isInteger } from './number.ts';
import type { Condition } from './pattern.ts';
import { FALSE, NULL, NUMBER, STRING, TRUE } from './scanner.ts';
import { matchesSegments } from './wildcard.ts';
import { encodeText } from './wtf8.ts';

/** A condition as the fast engine tests it: against the bytes of a value, as they stand in the event. */
export type ByteCondition =
  | { readonly kind: 'present' | 'never' }
  | { readonly kind: 'string'; readonly bytes: Uint8Array }
  | { readonly kind: 'address'; readonly digits: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'integer'; readonly text: string }
  | { readonly kind: 'token'; readonly token: number; readonly text: string }
  | { readonly kind: 'prefix' | 'suffix'; readonly bytes: Uint8Array }
  // Lower-case ASCII: each letter holds for itself and its capital.
  | { readonly kind: 'folded-equal' | 'folded-prefix' | 'folded-suffix'; readonly bytes: Uint8Array }
  | { readonly kind: 'wildcard'; readonly segments: readonly Uint8Array[] }
  | {
      readonly kind: 'range';
      readonly low: number;
      readonly lowIncluded: boolean;
      readonly high: number;
      readonly highIncluded: boolean;
    }
  | { readonly kind: 'block'; readonly low: string; readonly high: string }
  | { readonly kind: 'none-of'; readonly conditions: readonly ByteCondition[] }
  // What bytes can't decide: half surrogate pairs, and case beyond ASCII.
  | { readonly kind: 'text'; readonly holds: (text: string) => boolean };

/** Compiles a condition of a pattern. */
export function byteCondition(condition: Condition): ByteCondition {
  switch (condition.kind) {
    case 'string':
      return condition.address === undefined
        ? { kind: 'string', bytes: encodeText(condition.value) }
        : { kind: 'address', digits: condition.address };
    case 'number':
      if (condition.value !== undefined) return { kind: 'number', value: condition.value };
      // Only an integer keeps its digits on the way through AWS.
      return isInteger(condition.text) ? { kind: 'integer', text: condition.text } : { kind: 'never' };
    case 'token':
      return { kind: 'token', token: TOKENS[condition.token], text: condition.token };
    case 'exists':
      return { kind: condition.exists ? 'present' : 'never' };
    case 'prefix':
    case 'suffix':
      return affix(condition.kind, condition.value);
    case 'equals-ignore-case':
    case 'prefix-ignore-case':
    case 'suffix-ignore-case':
      return ignoringCase(condition.kind, condition.value, condition.alternatives);
    case 'wildcard': {
      const { segments } = condition;
      return segments.every((segment) => segment.isWellFormed())
        ? { kind: 'wildcard', segments: segments.map(encodeText) }
        : { kind: 'text', holds: (text) => matchesSegments(segments, text) };
    }
    case 'numeric': {
      const { low, lowIncluded, high, highIncluded } = condition;
      if (low === high) return { kind: 'number', value: low };
      return { kind: 'range', low, lowIncluded, high, highIncluded };
    }
    case 'cidr':
      return { kind: 'block', low: condition.low, high: condition.high };
    case 'not-strings':
      return noneOf(condition.values.map((value) => ({ kind: 'string', bytes: encodeText(value) })));
    case 'not-numbers':
      return noneOf(condition.values.map((value) => ({ kind: 'number', value })));
    case 'none-of':
      return noneOf(condition.conditions.map(byteCondition));
  }
}

const TOKENS = { true: TRUE, false: FALSE, null: NULL } as const;

function noneOf(conditions: readonly ByteCondition[]): ByteCondition {
  return { kind: 'none-of', conditions };
}

function affix(kind: 'prefix' | 'suffix', value: string): ByteCondition {
  if (value.isWellFormed()) return { kind, bytes: encodeText(value) };
  return {
    kind: 'text',
    holds: kind === 'prefix' ? (text) => text.startsWith(value) : (text) => text.endsWith(value),
  };
}

function ignoringCase(
  kind: 'equals-ignore-case' | 'prefix-ignore-case' | 'suffix-ignore-case',
  value: string,
  alternatives: readonly (readonly string[])[],
): ByteCondition {
  if (/^[\0-\x7f]*$/.test(value)) {
    const bytes = encodeText(value.toLowerCase());
    if (kind === 'equals-ignore-case') return { kind: 'folded-equal', bytes };
    return { kind: kind === 'prefix-ignore-case' ? 'folded-prefix' : 'folded-suffix', bytes };
  }
  switch (kind) {
    case 'equals-ignore-case':
      return { kind: 'text', holds: (text) => equalsIgnoringCase(alternatives, text) };
    case 'prefix-ignore-case':
      return { kind: 'text', holds: (text) => startIgnoringCase(alternatives, text) >= 0 };
    case 'suffix-ignore-case':
      return { kind: 'text', holds: (text) => endsIgnoringCase(alternatives, text) };
  }
}

/** Whether the value in row `row` of the event's fields satisfies a condition. */
export function holds(condition: ByteCondition, event: EventInHand, row: number): boolean {
  const kind = event.kind(row);
  switch (condition.kind) {
    case 'present':
      return true;
    case 'never':
      return false;
    case 'none-of':
      for (const excluded of condition.conditions) if (holds(excluded, event, row)) return false;
      return true;
    case 'token':
      return kind === condition.token;
    case 'number':
      return kind === NUMBER && event.numberAt(row) === condition.value;
    case 'integer':
      return kind === NUMBER && event.text(row) === condition.text;
    case 'range':
      return kind === NUMBER && inRange(condition, event.numberAt(row));
    case 'block': {
      if (kind !== STRING) return kind === NUMBER && withinBlock(condition, event.text(row));
      const digits = addressDigits(event.text(row));
      return digits !== undefined && withinBlock(condition, digits);
    }
    default:
      break;
  }
  if (kind !== STRING) return false;
  const { bytes } = event;
  const start = event.start(row);
  const end = event.end(row);
  switch (condition.kind) {
    case 'string':
      return end - start === condition.bytes.length && sameAt(bytes, start, condition.bytes);
    case 'prefix':
      return end - start >= condition.bytes.length && sameAt(bytes, start, condition.bytes);
    case 'suffix':
      return (
        end - start >= condition.bytes.length && sameAt(bytes, end - condition.bytes.length, condition.bytes)
      );
    case 'folded-equal':
      return end - start === condition.bytes.length && sameFoldedAt(bytes, start, condition.bytes);
    case 'folded-prefix':
      return end - start >= condition.bytes.length && sameFoldedAt(bytes, start, condition.bytes);
    case 'folded-suffix':
      return (
        end - start >= condition.bytes.length &&
        sameFoldedAt(bytes, end - condition.bytes.length, condition.bytes)
      );
    case 'wildcard':
      return matchesWildcard(condition.segments, bytes, start, end);
    case 'address':
      return addressDigits(event.text(row)) === condition.digits;
    case 'text':
      return condition.holds(event.text(row));
  }
}

function inRange(
  range: { low: number; lowIncluded: boolean; high: number; highIncluded: boolean },
  value: number,
): boolean {
  return (
    (range.lowIncluded ? value >= range.low : value > range.low) &&
    (range.highIncluded ? value <= range.high : value < range.high)
  );
}

function sameAt(bytes: Uint8Array, start: number, expected: Uint8Array): boolean {
  for (let at = 0; at < expected.length; at++) if (bytes[start + at] !== expected[at]) return false;
  return true;
}

function sameFoldedAt(bytes: Uint8Array, start: number, expected: Uint8Array): boolean {
  for (let at = 0; at < expected.length; at++) {
    if (folded(bytes[start + at] ?? 0) !== expected[at]) return false;
  }
  return true;
}

/** The small letter for a capital of ASCII; any other byte is itself. */
export function folded(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
}

// As `matchesSegments` does it, over bytes: UTF-8 never finds a character inside another.
function matchesWildcard(
  segments: readonly Uint8Array[],
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  const first = segments[0] ?? NOTHING;
  const last = segments[segments.length - 1] ?? NOTHING;
  const tail = end - last.length;
  if (segments.length === 1) return tail === start && sameAt(bytes, start, first);
  let at = start + first.length;
  if (tail < at || !sameAt(bytes, start, first) || !sameAt(bytes, tail, last)) return false;
  for (let index = 1; index < segments.length - 1; index++) {
    const segment = segments[index] ?? NOTHING;
    while (at + segment.length <= tail && !sameAt(bytes, at, segment)) at++;
    if (at + segment.length > tail) return false;
    at += segment.length;
  }
  return true;
}

const NOTHING = new Uint8Array(0);
