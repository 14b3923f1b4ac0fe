import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explain } from './explain.ts';
import { parsePattern } from './parse-pattern.ts';
import { renderExplanation } from './render-explanation.ts';

const rendered = (pattern: string, event: string) =>
  renderExplanation(explain(parsePattern(pattern), event)).split('\n');

test('a match', () => {
  assert.deepEqual(rendered('{"a":["x"]}', '{"a":"x"}'), [
    'The event matches.',
    '',
    '✓ a: Found "x"; the pattern asks for a value that is "x".',
  ]);
});

test('no match, with alternatives', () => {
  assert.deepEqual(rendered('{"d":{"$or":[{"a":[1]},{"a":[2],"b":[3]}]}}', '{"d":{"b":3}}'), [
    'The event does not match.',
    'None of 2 alternatives holds; d.$or[0] comes nearest.',
    '',
    '✗ d.a: Found nothing; the pattern asks for a value that is 1.',
  ]);
  assert.equal(
    rendered('{"$or":[{"a":[1]},{"b":[1]}]}', '{"b":1}')[1],
    'Of 2 alternatives $or[1] is the first to hold.',
  );
});

test('elements that are at odds', () => {
  assert.deepEqual(rendered('{"v":{"a":[1],"b":[2]}}', '{"v":[{"a":1},{"a":0,"b":2}]}'), [
    'The event does not match.',
    '',
    '✓ v.a: Found 1; the pattern asks for a value that is 1.',
    '    ✓ v[0].a = 1',
    '    ✗ v[1].a = 0',
    '✓ v.b: Found 2; the pattern asks for a value that is 2.',
    '    ✓ v[1].b = 2',
    '',
    'No element of v satisfies all of its fields. In v[0], the nearest, v.a would do, but not v.b.',
  ]);
});

test('many values are not all shown', () => {
  const lines = rendered('{"a":[0]}', `{"a":[${Array.from({ length: 25 }, () => '1').join()}]}`);
  assert.equal(lines.at(-1), '    … and 5 more');
});
