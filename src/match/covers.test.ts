import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { conditionTexts, eventTexts, patternTexts, stringTexts } from '../../test/pattern-grammar.ts';
import { covers } from './covers.ts';
import { InvalidPatternError } from './invalid-pattern-error.ts';
import { matches } from './naive-matcher.ts';
import { parsePattern } from './parse-pattern.ts';
import type { Pattern } from './pattern.ts';

const says = (wide: unknown, narrow: unknown) =>
  covers(parsePattern(JSON.stringify(wide)), parsePattern(JSON.stringify(narrow)));

for (const [wide, narrow] of [
  [{ source: ['a'] }, { source: ['a'] }],
  [{ source: ['a', 'b'] }, { source: ['b'] }],
  [{ source: ['a'] }, { source: ['a'], detail: { x: [1] } }],
  [{ source: [{ prefix: 'my.' }] }, { source: ['my.app', { prefix: 'my.shop' }] }],
  [{ source: [{ wildcard: '*shop*' }] }, { source: ['my.shop'] }],
  [{ source: [{ wildcard: 'my.*' }] }, { source: [{ prefix: 'my.shop' }] }],
  [{ source: [{ exists: true }] }, { source: [{ suffix: 'x' }] }],
  [{ detail: { n: [{ numeric: ['>', 0] }] } }, { detail: { n: [7, { numeric: ['>=', 1, '<', 5] }] } }],
  [{ detail: { n: [{ 'anything-but': 'a' }] } }, { detail: { n: [{ 'anything-but': ['a', 'b'] }] } }],
  [{ $or: [{ source: ['a'] }, { 'detail-type': ['t'] }] }, { source: ['a'], 'detail-type': ['t'] }],
] as const) {
  test(`${JSON.stringify(wide)} covers ${JSON.stringify(narrow)}`, () =>
    assert.equal(says(wide, narrow), true));
}

for (const [wide, narrow] of [
  [{ source: ['b'] }, { source: ['a', 'b'] }],
  [{ source: ['a'], detail: { x: [1] } }, { source: ['a'] }],
  [{ source: [{ wildcard: 'my.*x' }] }, { source: [{ prefix: 'my.x' }] }],
  // No star, so the empty text alone.
  [{ source: [{ wildcard: '' }] }, { source: [{ prefix: '' }] }],
  [{ detail: { n: [{ numeric: ['>', 1] }] } }, { detail: { n: [{ numeric: ['>=', 1] }] } }],
  // The element with a is another one than the one without b.
  [{ detail: { i: { b: [{ exists: false }] } } }, { detail: { i: { a: ['x'], b: [{ exists: false }] } } }],
] as const) {
  test(`${JSON.stringify(wide)} does not cover ${JSON.stringify(narrow)}`, () => {
    assert.equal(says(wide, narrow), false);
  });
}

function parsed(text: string): Pattern | undefined {
  try {
    return parsePattern(text);
  } catch (error) {
    if (error instanceof InvalidPatternError) return undefined;
    throw error;
  }
}

function holdsForAll(
  patterns: fc.Arbitrary<string>,
  events: fc.Arbitrary<string>,
  numRuns: number,
): { readonly covered: number; readonly matched: number } {
  let covered = 0;
  let matched = 0;
  const valid = patterns.map(parsed).filter((pattern) => pattern !== undefined);
  fc.assert(
    fc.property(
      fc.array(valid, { minLength: 2, maxLength: 6 }),
      fc.array(events, { minLength: 1, maxLength: 8 }),
      (rules, texts) => {
        for (const wide of rules) {
          for (const narrow of rules) {
            if (wide === narrow || !covers(wide, narrow)) continue;
            covered += 1;
            for (const text of texts.filter((event) => matches(narrow, event))) {
              matched += 1;
              assert.ok(matches(wide, text), `${wide.text} and ${narrow.text}: ${text}`);
            }
          }
        }
      },
    ),
    { numRuns },
  );
  return { covered, matched };
}

test('one field: what is covered never matches where the other does not', () => {
  const patterns = fc
    .array(conditionTexts, { minLength: 1, maxLength: 3 })
    .map((conditions) => `{"a":[${conditions.join()}]}`);
  const values = fc.oneof(
    stringTexts,
    fc.constantFrom('0', '1.0', '16', '-3.5', '300', 'true', 'null', '[]', '["x",1]'),
  );
  const { covered, matched } = holdsForAll(
    patterns,
    values.map((value) => `{"a":${value}}`),
    3000,
  );
  assert.ok(covered > 1000 && matched > 1000, `${covered} covered, ${matched} matched`);
});

test('whole patterns, elements of arrays included', () => {
  const few = fc.constantFrom('"x"', '"xy"', '1', '{"exists":true}', '{"exists":false}', '{"prefix":"x"}');
  const list = fc.array(few, { minLength: 1, maxLength: 2 }).map((texts) => `[${texts.join()}]`);
  const member = fc.tuple(fc.constantFrom('a', 'b', 'c'), list).map(([key, texts]) => `"${key}":${texts}`);
  const object = fc.array(member, { minLength: 1, maxLength: 3 }).map((members) => `{${members.join()}}`);
  const nested = object.map((text) => `{"a":${text}}`);
  const value = fc.constantFrom('"x"', '"xy"', '"y"', '1', 'null');
  const field = fc.tuple(fc.constantFrom('a', 'b', 'c'), value).map(([key, text]) => `"${key}":${text}`);
  const element = fc.array(field, { maxLength: 3 }).map((fields) => `{${fields.join()}}`);
  const events = fc.array(element, { maxLength: 3 }).map((elements) => `{"a":[${elements.join()}]}`);
  const { covered, matched } = holdsForAll(fc.oneof(object, nested), fc.oneof(events, element), 4000);
  assert.ok(covered > 1000 && matched > 300, `${covered} covered, ${matched} matched`);
  holdsForAll(patternTexts, eventTexts, 2000);
});
