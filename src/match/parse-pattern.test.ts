import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { patternTexts } from '../../test/pattern-grammar.ts';
import { InvalidPatternError } from './invalid-pattern-error.ts';
import { parsePattern } from './parse-pattern.ts';
import type { Condition } from './pattern.ts';

/** The sub-rules of a pattern over string literals, written `path=a|b`, fields joined by `&`. */
function subRules(text: string): readonly string[] {
  const literal = (condition: Condition) => (condition.kind === 'string' ? condition.value : condition.kind);
  return parsePattern(text).subRules.map(({ fields }) =>
    [...fields].map(([path, conditions]) => `${path}=${conditions.map(literal).join('|')}`).join('&'),
  );
}

function reason(text: string): string {
  try {
    parsePattern(text);
  } catch (error) {
    assert.ok(error instanceof InvalidPatternError);
    return error.reason;
  }
  return assert.fail(`${text} is accepted`);
}

test('paths are joined with dots and come in their order', () => {
  assert.deepEqual(subRules('{"b":["1"],"a":{"c":["2","3"],"b.x":["4"]}}'), ['a.b.x=4&a.c=2|3&b=1']);
  assert.deepEqual(subRules('{"":{"":["1"]}}'), ['.=1']);
});

test('of two leaves for one path the last counts, and objects merge', () => {
  assert.deepEqual(subRules('{"a":{"b":["1"]},"a.b":["2"],"a":{"c":["3"]}}'), ['a.b=2&a.c=3']);
  assert.equal(reason('{"a":[{"wildcard":"**"}],"a":["1"]}'), 'Consecutive wildcard characters at pos 1');
});

test('$or makes a sub-rule of each branch', () => {
  assert.deepEqual(subRules('{"x":["0"],"$or":[{"a":["1"]},{"b":["2"]}]}'), ['a=1&x=0', 'b=2&x=0']);
});

test('a branch replaces what was written before, and what is written after replaces both', () => {
  assert.deepEqual(subRules('{"a":["0"],"$or":[{"a":["1"]},{"b":["2"]}]}'), ['a=1', 'a=0&b=2']);
  assert.deepEqual(subRules('{"$or":[{"a":["1"]},{"b":["2"]}],"a":["0"]}'), ['a=0', 'a=0&b=2']);
});

test('two $or multiply, and nest at any depth', () => {
  assert.deepEqual(subRules('{"$or":[{"a":["1"]},{"a":["2"]}],"d":{"$or":[{"b":["3"]},{"b":["4"]}]}}'), [
    'a=1&d.b=3',
    'a=2&d.b=3',
    'a=1&d.b=4',
    'a=2&d.b=4',
  ]);
  assert.deepEqual(subRules('{"$or":[{"a":["1"],"$or":[{"b":["2"]},{"b":["3"]}]},{"c":["4"]}]}'), [
    'a=1&b=2',
    'a=1&b=3',
    'c=4',
  ]);
});

test('sub-rules name the branches they came from and share what is outside of them', () => {
  const pattern = parsePattern('{"x":["0"],"d":{"$or":[{"a":["1"]},{"$or":[{"b":["2"]},{"b":["3"]}]}]}}');
  assert.deepEqual(
    pattern.subRules.map(({ branches }) => branches),
    [['d.$or[0]'], ['d.$or[1]', 'd.$or[0]'], ['d.$or[1]', 'd.$or[1]']],
  );
  const [first, second] = pattern.subRules;
  assert.equal(first?.fields.get('x'), second?.fields.get('x'));
});

test('a thousand combinations are accepted, one more is refused, and worse trouble comes first', () => {
  const or = (name: string, count: number) =>
    `"${name}":{"$or":[${Array.from({ length: count }, (_, n) => `{"v":["${n}"]}`).join()}]}`;
  assert.equal(parsePattern(`{${or('a', 40)},${or('b', 25)}}`).subRules.length, 1000);
  assert.equal(
    reason(`{${or('a', 7)},${or('b', 11)},${or('c', 13)}}`),
    'Or operator is producing over 1000 rule combinations',
  );
  assert.equal(reason(`{${or('a', 1001)},"b":[]}`), 'Empty arrays are not allowed');
});

test('what follows the pattern is not looked at', () => {
  assert.deepEqual(subRules('{"a":["1"]} and more'), ['a=1']);
});

test('patterns may be a thousand deep and no deeper', () => {
  const nested = (depth: number) => `${'{"a":'.repeat(depth)}["1"]${'}'.repeat(depth)}`;
  assert.equal(parsePattern(nested(999)).subRules.length, 1);
  assert.match(reason(nested(1000)), /nesting depth \(1001\)/);
  assert.match(reason('{"a":'.repeat(100_000)), /nesting depth \(1001\)/);
});

test('any text is accepted or refused, nothing else happens', () => {
  const broken = fc.tuple(patternTexts, fc.nat(), fc.string({ maxLength: 3 })).map(([text, at, extra]) => {
    const cut = at % (text.length + 1);
    return text.slice(0, cut) + extra + text.slice(cut + extra.length);
  });
  fc.assert(
    fc.property(fc.oneof(broken, fc.string()), (text) => {
      try {
        assert.ok(parsePattern(text).subRules.length > 0);
      } catch (error) {
        assert.ok(error instanceof InvalidPatternError, String(error));
      }
    }),
    { numRuns: 2000 },
  );
});

test('patterns by the grammar are accepted, unless they are too much as a whole', () => {
  fc.assert(
    fc.property(patternTexts, (text) => {
      try {
        const pattern = parsePattern(text);
        assert.equal(pattern.text, text);
        for (const { fields } of pattern.subRules) {
          const paths = [...fields.keys()];
          assert.deepEqual(paths, paths.toSorted());
          assert.ok(paths.length > 0);
        }
      } catch (error) {
        assert.ok(error instanceof InvalidPatternError);
        assert.match(error.reason, /^(Rule is too complex|Or operator is producing)/);
      }
    }),
    { numRuns: 1000 },
  );
});
