import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { runMatchSuite } from '../../test/match-suite.ts';
import { eventTexts, patternTexts } from '../../test/pattern-grammar.ts';
import { holds } from './condition.ts';
import { type FieldValue, type Place, readFields } from './event-fields.ts';
import { InvalidPatternError } from './invalid-pattern-error.ts';
import { matches } from './naive-matcher.ts';
import { parsePattern } from './parse-pattern.ts';
import type { Condition, Pattern, SubRule } from './pattern.ts';

runMatchSuite('the naive engine', matches);

const match = (pattern: string, event: string) => matches(parsePattern(pattern), event);

test('conditions on one array must hold in one element', () => {
  const pattern = '{"v":{"a":[1],"b":[2]}}';
  assert.equal(match(pattern, '{"v":[{"a":1,"b":2}]}'), true);
  assert.equal(match(pattern, '{"v":[{"a":1},{"a":0,"b":2}]}'), false);
  assert.equal(match(pattern, '{"v":[[{"a":1}],[{"b":2}]]}'), false);
  assert.equal(match(pattern, '{"v":[{"a":1}],"v":[{"b":2}]}'), true, 'two arrays under one name');
});

test('absence is looked for in the elements chosen before it', () => {
  assert.equal(match('{"b":[{"exists":false}],"a":[1]}', '{"a":1,"b":2}'), false);
  assert.equal(match('{"v":{"b":[{"exists":false}],"a":[1]}}', '{"v":[{"a":1},{"b":2}]}'), true);
  assert.equal(match('{"v":{"a":[{"exists":false}],"c":[2]}}', '{"v":[{"a":1},{"c":2}]}'), false);
});

test('the answer is that of trying every combination of values', () => {
  fc.assert(
    fc.property(patternTexts, eventTexts, (patternText, event) => {
      const pattern = parsed(patternText);
      fc.pre(pattern !== undefined);
      assert.equal(
        matches(pattern, event),
        pattern.subRules.some((subRule) => byEveryCombination(subRule, event)),
      );
    }),
    { numRuns: 1000 },
  );
});

function parsed(text: string): Pattern | undefined {
  try {
    return parsePattern(text);
  } catch (error) {
    if (error instanceof InvalidPatternError) return undefined;
    throw error;
  }
}

function byEveryCombination(subRule: SubRule, event: string): boolean {
  const values = readFields(event, subRule.fields.keys());
  return fits([...subRule.fields], values, []);
}

function fits(
  [field, ...rest]: readonly (readonly [string, readonly Condition[]])[],
  values: ReadonlyMap<string, readonly FieldValue[]>,
  chosen: readonly FieldValue[],
): boolean {
  if (field === undefined) return true;
  const [path, conditions] = field;
  const candidates = (values.get(path) ?? []).filter((value) => chosen.every((other) => agree(value, other)));
  const mayBeAbsent = conditions.some((condition) => condition.kind === 'exists' && !condition.exists);
  if (mayBeAbsent && candidates.length === 0) return fits(rest, values, chosen);
  return candidates.some(
    (value) =>
      conditions.some((condition) => holds(condition, value)) && fits(rest, values, [...chosen, value]),
  );
}

function agree(one: FieldValue, other: FieldValue): boolean {
  return elements(one.place).every(({ array, index }) =>
    elements(other.place).every((place) => place.array !== array || place.index === index),
  );
}

function elements(place: Place | undefined): readonly Place[] {
  return place === undefined ? [] : [place, ...elements(place.parent)];
}
