import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isDetail } from './is-detail.ts';
import { Matcher } from './matcher.ts';
import { parsePattern } from './parse-pattern.ts';

test('JSON objects are details, and nothing else is', () => {
  for (const text of ['{}', ' {"a":[1,{"b":null}]}\n', '{"a":1,"a":2}']) assert.ok(isDetail(text), text);
  for (const text of [
    '',
    '[]',
    '"x"',
    '1',
    'null',
    '{',
    '{}{}',
    '{},"x":{}',
    '{"a":01}',
    '{"a":"\n"}',
    "{'a':1}",
  ]) {
    assert.ok(!isDetail(text), text);
  }
});

test('it agrees with JSON.parse', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.string({ unit: 'binary', maxLength: 2 }), (json, at, insert) => {
      const place = at % (json.length + 1);
      for (const text of [json, json.slice(0, place) + insert + json.slice(place)]) {
        let expected = false;
        try {
          const value: unknown = JSON.parse(text);
          expected = typeof value === 'object' && value !== null && !Array.isArray(value);
        } catch {
          expected = false;
        }
        assert.equal(isDetail(text), expected, text);
      }
    }),
    { numRuns: 2000 },
  );
});

test('whatever is a detail can be matched inside its envelope, as deep as it may be', () => {
  const matcher = new Matcher<string>();
  matcher.addRule('r', parsePattern('{"source":["a"]}'));
  const nested = (depth: number) => `${'{"a":'.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`;
  assert.ok(isDetail(nested(999)));
  assert.deepEqual(matcher.rulesFor(`{"source":"a","detail":${nested(999)}}`), ['r']);
  assert.ok(!isDetail(nested(1000)));
  assert.ok(!isDetail(nested(100_000)));
});
