import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { matchCases } from '../../test/match-suite.ts';
import { complexity } from './complexity.ts';
import { InvalidPatternError } from './invalid-pattern-error.ts';
import { parsePattern } from './parse-pattern.ts';
import type { Condition, WildcardCondition } from './pattern.ts';
import { wildcardSegments } from './wildcard.ts';

const UNCAPPED = Number.POSITIVE_INFINITY;

function wildcard(value: string): WildcardCondition {
  const segments = wildcardSegments(value);
  if ('reason' in segments) assert.fail(segments.reason);
  return { kind: 'wildcard', value, segments };
}

const each = (...values: string[]) => values.map(wildcard);
const noneOf = (...values: string[]): readonly Condition[] => [
  { kind: 'none-of', conditions: each(...values) },
];

test('single wildcards and several on one field', () => {
  const cases: [readonly Condition[], number][] = [
    [[], 0],
    [each('abc'), 1],
    [each('*'), 2],
    [each('*/bin/*'), 4],
    [each('*a*b*c*d*e*'), 7],
    [each('*a*a*a*a*a'), 10],
    [each('*:*:*:*:*:event-bus/*'), 11],
    [each('*.e0', '*.e1', '*.e2', '*.e3'), 8],
    [each('*/datasync/*.e0', '*/datasync/*.e1', '*/datasync/*.e2', '*/datasync/*.e3'), 16],
    [each('*', '*'), 2],
    [[...each('*'), ...noneOf('*')], 4],
  ];
  for (const [conditions, expected] of cases) {
    assert.equal(complexity(conditions, UNCAPPED), expected, JSON.stringify(conditions));
  }
});

test('a list inside anything-but shares what begins alike', () => {
  assert.equal(complexity(noneOf('*x0', '*x1'), UNCAPPED), 3);
  assert.equal(complexity(noneOf('*x*0', '*x*1'), UNCAPPED), 5);
  assert.equal(complexity(noneOf('*x*', '*y*'), UNCAPPED), 4);
  assert.equal(complexity(noneOf('*/d/*0', '*/d/*1'), UNCAPPED), 6);
  assert.equal(complexity(noneOf('*/datasync/*.e0', '*/datasync/*.e1', '*/datasync/*.e2'), UNCAPPED), 8);
});

test('above the cap the result says no more than that', () => {
  assert.ok(complexity(each('*a'.repeat(1000)), 10) > 10);
  assert.equal(complexity(each('*a*a*a*a*a'), 10), 10);
});

test('the recorded complexities of patterns without lists inside anything-but', () => {
  let count = 0;
  for (const { id, pattern, complexity: expected } of matchCases()) {
    if (expected === undefined || expected > 10) continue;
    // What AWS counts behind `$or` and `exists` isn't certain.
    if (/\$or|exists/.test(pattern)) continue;
    const lists = parsePattern(pattern).subRules.flatMap(({ fields }) => [...fields.values()]);
    const hasList = lists.flat().some((one) => one.kind === 'none-of' && one.conditions.length > 1);
    if (hasList) continue;
    assert.equal(Math.max(...lists.map((list) => complexity(list, UNCAPPED))), expected, `${id}: ${pattern}`);
    count++;
  }
  assert.ok(count > 400, `only ${count} cases were run`);
});

test('the result is that of reading every text', () => {
  const piece = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 3 });
  const value = fc
    .tuple(fc.array(piece, { minLength: 1, maxLength: 3 }), fc.boolean(), fc.boolean())
    .map(([pieces, starts, ends]) => `${starts ? '*' : ''}${pieces.join('*')}${ends ? '*' : ''}`);
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 3 }), (values) => {
      assert.equal(complexity(each(...values), UNCAPPED), byEveryText(values));
    }),
    { numRuns: 500 },
  );
});

// The definition, taken literally: the largest set of live positions among all that can be reached.
function byEveryText(values: readonly string[]): number {
  const texts = [...new Set(values)].map((value) => `"${value}"`);
  const starsBehind = (text: string, at: number) => (text[at] === '*' ? [at - 1, at] : [at - 1]);
  const step = (live: ReadonlySet<string>, letter: string) => {
    const next = new Set<string>();
    for (const position of live) {
      const [index = 0, at = 0] = position.split(':').map(Number);
      const text = texts[index] ?? '';
      if (text[at] === '*') next.add(position);
      if (text[at + 1] === letter) for (const to of starsBehind(text, at + 2)) next.add(`${index}:${to}`);
    }
    return next;
  };
  const start = new Set(texts.map((_, index) => `${index}:-1`));
  const seen = new Set<string>();
  const open: ReadonlySet<string>[] = [start];
  let worst = 0;
  for (let live = open.pop(); live !== undefined; live = open.pop()) {
    for (const letter of live === start ? ['"'] : ['a', 'b', '"', 'z']) {
      const next = step(live, letter);
      const key = [...next].sort().join();
      if (seen.has(key)) continue;
      seen.add(key);
      worst = Math.max(worst, next.size);
      open.push(next);
    }
  }
  return worst;
}

// How long it takes is bench's to say: tried state by state, none of these would end within the run.
test('any pattern of 4,096 characters is accepted or refused', () => {
  const hostile = [
    longest((n) => `{"a":[{"anything-but":{"wildcard":[${names(n, (name) => `"${name}*"`)}]}}]}`),
    longest((n) => `{"a":[{"anything-but":{"wildcard":[${names(n, (name) => `"${name}*x"`)}]}}]}`),
    longest((n) => `{"a":[${names(n, (name) => `{"wildcard":"*${name}*"}`)}]}`),
    longest((n) => `{"a":[{"wildcard":"*${'ab'.repeat(n)}*${'ba'.repeat(n)}"}]}`),
    longest((n) => `{"a":[{"wildcard":"${'*a'.repeat(n)}"}]}`),
    longest((n) => `{${names(n, (name) => `"${name}":{"$or":[{"v":[1]},{"v":[2]}]}`)}}`),
    longest(
      (n) =>
        `{"$or":[${names(31, () => '{"x":[1]}')}],"y":{"$or":[${names(31, () => '{"x":[1]}')}]},${names(n, (name) => `"${name}":[1]`)}}`,
    ),
  ];
  for (const pattern of hostile) {
    assert.ok(pattern.length > 3900 && pattern.length <= 4096);
    try {
      parsePattern(pattern);
    } catch (error) {
      assert.ok(error instanceof InvalidPatternError);
    }
  }
});

function longest(make: (count: number) => string): string {
  let count = 1;
  while (make(count + 1).length <= 4096) count++;
  return make(count);
}

function names(count: number, write: (name: string) => string): string {
  return Array.from({ length: count }, (_, index) => write(index.toString(36).padStart(2, '0'))).join();
}
