import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { eventTexts, patternTexts } from '../../test/pattern-grammar.ts';
import { type Explanation, explain, MAX_VALUES } from './explain.ts';
import { InvalidPatternError } from './invalid-pattern-error.ts';
import { InvalidEventError } from './json-text.ts';
import { matches } from './naive-matcher.ts';
import { parsePattern } from './parse-pattern.ts';

const explained = (pattern: string, event: string) => explain(parsePattern(pattern), event);

function verdicts({ fields }: Explanation): Readonly<Record<string, string>> {
  return Object.fromEntries(fields.map(({ path, verdict }) => [path, verdict]));
}

test('each field has a verdict and a reason', () => {
  const explanation = explained(
    '{"source":["my.app"],"detail":{"state":["running",{"prefix":"stop"}],"y":[5],"z":[{"exists":false}]}}',
    '{"source":"my.app","detail":{"state":"Running","z":1}}',
  );
  assert.equal(explanation.matched, false);
  assert.deepEqual(verdicts(explanation), {
    'detail.state': 'differs',
    'detail.y': 'absent',
    'detail.z': 'differs',
    source: 'holds',
  });
  assert.deepEqual(
    explanation.fields.map(({ reason }) => reason),
    [
      'Found "Running"; the pattern asks for a value that is "running" or starts with "stop". They differ in case only: equals-ignore-case would match.',
      'Found nothing; the pattern asks for a value that is 5.',
      'Found 1; the pattern asks for no value.',
      'Found "my.app"; the pattern asks for a value that is "my.app".',
    ],
  );
});

test('values are shown with their elements, those that hold first, and not without end', () => {
  const [field] = explained('{"a":{"b":[7]}}', '{"a":[{"b":1},[{"b":2},{"b":7}]]}').fields;
  assert.deepEqual(field?.values, [
    { location: 'a[1][1].b', text: '7', holds: true },
    { location: 'a[0].b', text: '1', holds: false },
    { location: 'a[1][0].b', text: '2', holds: false },
  ]);
  const [long] = explained(
    '{"a":[0]}',
    `{"a":[${Array.from({ length: 100 }, (_, n) => n + 1).join()}]}`,
  ).fields;
  assert.deepEqual([long?.values.length, long?.valueCount], [MAX_VALUES, 100]);
  assert.equal(long?.reason, 'Found 100 values, 1 first; the pattern asks for a value that is 0.');
});

test('of several alternatives the nearest is explained', () => {
  const pattern = '{"s":["x"],"$or":[{"a":[1],"b":[1],"c":[1]},{"a":[2],"c":[3]},{"d":[1],"e":[1]}]}';
  const explanation = explained(pattern, '{"s":"x","a":2,"c":1}');
  assert.deepEqual(explanation.alternatives, [
    { branches: ['$or[0]'], matched: false, failed: ['a', 'b'] },
    { branches: ['$or[1]'], matched: false, failed: ['c'] },
    { branches: ['$or[2]'], matched: false, failed: ['d', 'e'] },
  ]);
  assert.equal(explanation.nearest, 1);
  assert.deepEqual(verdicts(explanation), { a: 'holds', c: 'differs', s: 'holds' });
});

test('of several alternatives the first that holds is explained', () => {
  const explanation = explained('{"$or":[{"a":[1]},{"b":[1]},{"b":[{"exists":true}]}]}', '{"b":1}');
  assert.deepEqual([explanation.matched, explanation.nearest], [true, 1]);
});

test('fields that hold in different elements are told apart', () => {
  const { conflict, fields } = explained(
    '{"v":{"a":[1],"b":[2],"c":[3]},"w":[{"exists":false}]}',
    '{"v":[{"a":1,"b":0,"c":0},{"a":0,"b":2,"c":3}]}',
  );
  assert.ok(fields.every(({ verdict }) => verdict === 'holds'));
  assert.deepEqual(conflict, {
    array: 'v',
    nearestElement: 'v[1]',
    holding: ['v.b', 'v.c'],
    failing: ['v.a'],
    reason:
      'No element of v satisfies all of its fields. In v[1], the nearest, v.b, v.c would do, but not v.a.',
  });
});

test('a value outside of an array goes with each of its elements', () => {
  const { conflict } = explained('{"v":{"a":[1],"b":[2],"c":[3]}}', '{"v":[{"a":1},{"b":2}],"v":{"c":3}}');
  assert.deepEqual([conflict?.array, conflict?.failing], ['v', ['v.b']]);
});

test('absence that AWS looks for too early is named', () => {
  const { conflict } = explained('{"v":{"a":[{"exists":false}],"c":[2]}}', '{"v":[{"a":1},{"c":2}]}');
  assert.deepEqual([conflict?.array, conflict?.failing], [undefined, ['v.a']]);
  assert.match(conflict?.reason ?? '', /AWS looks for absence in the elements/);
});

test('an event that is none is refused', () => {
  assert.throws(() => explained('{"a":[1]}', '[]'), InvalidEventError);
});

test('an explanation agrees with the engine, names a fault if there is one, and is plain data', () => {
  fc.assert(
    fc.property(patternTexts, eventTexts, (patternText, event) => {
      const pattern = acceptable(patternText);
      fc.pre(pattern !== undefined);
      const explanation = explain(pattern, event);
      const isFaulty =
        explanation.fields.some(({ verdict }) => verdict !== 'holds') || explanation.conflict !== undefined;
      assert.equal(explanation.matched, matches(pattern, event));
      assert.equal(explanation.matched, !isFaulty);
      assert.ok(explanation.conflict === undefined || explanation.conflict.failing.length > 0);
      assert.deepEqual(JSON.parse(JSON.stringify(explanation)), explanation);
    }),
    { numRuns: 1000 },
  );
});

function acceptable(text: string) {
  try {
    return parsePattern(text);
  } catch (error) {
    assert.ok(error instanceof InvalidPatternError);
    return undefined;
  }
}

test('large arrays are explained in time', { timeout: 10_000 }, () => {
  const element = (n: number) => (n % 2 === 0 ? '{"a":1,"w":[{"x":1}]}' : '{"b":2,"w":[{"x":1},{"x":2}]}');
  const event = `{"v":[${Array.from({ length: 20_000 }, (_, n) => element(n)).join()}]}`;
  assert.deepEqual(explained('{"v":{"a":[1],"b":[2],"w":{"x":[1]}}}', event).conflict?.failing, ['v.b']);
});
