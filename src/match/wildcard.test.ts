import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { matchesSegments, wildcardSegments } from './wildcard.ts';

function segments(text: string): readonly string[] {
  const result = wildcardSegments(text);
  if ('reason' in result) assert.fail(result.reason);
  return result;
}

function reason(text: string): string | undefined {
  const result = wildcardSegments(text);
  return 'reason' in result ? result.reason : undefined;
}

test('a wildcard is cut at its stars', () => {
  assert.deepEqual(segments(''), ['']);
  assert.deepEqual(segments('abc'), ['abc']);
  assert.deepEqual(segments('*'), ['', '']);
  assert.deepEqual(segments('a*b*'), ['a', 'b', '']);
});

test('an escaped star is a letter, and so is an escaped backslash', () => {
  assert.deepEqual(segments('a\\*b'), ['a*b']);
  assert.deepEqual(segments('\\**'), ['*', '']);
  assert.deepEqual(segments('\\\\*'), ['\\', '']);
});

test('refusals count bytes', () => {
  assert.equal(reason('**'), 'Consecutive wildcard characters at pos 1');
  assert.equal(reason('a*b**'), 'Consecutive wildcard characters at pos 4');
  assert.equal(reason('日\\x'), 'Invalid escape character at pos 4');
  assert.equal(reason('a\\'), 'Invalid escape character at pos 2');
});

test('matching is over the whole text', () => {
  const cases: [string, string, boolean][] = [
    ['a', 'a', true],
    ['a', 'ab', false],
    ['*', '', true],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['*.jpg', 'a.jpg.jpg', true],
    ['a*b*c', 'axbxcxc', true],
    ['a*b*c', 'axcxc', false],
    ['*ab*ab*', 'xabx', false],
    ['?', 'a', false],
    ['*日*', '今日は', true],
  ];
  for (const [wildcard, text, expected] of cases) {
    assert.equal(matchesSegments(segments(wildcard), text), expected, `${wildcard} on ${text}`);
  }
});

test('a wildcard matches what its stars are replaced with, and agrees with trying every split', () => {
  const piece = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 3 });
  fc.assert(
    fc.property(
      fc.array(piece, { minLength: 1, maxLength: 4 }),
      fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 }),
      (pieces, text) => {
        assert.equal(matchesSegments(pieces, text), byEverySplit(pieces, text));
      },
    ),
  );
});

function byEverySplit([first = '', ...rest]: readonly string[], text: string): boolean {
  if (!text.startsWith(first)) return false;
  const behind = text.slice(first.length);
  if (rest.length === 0) return behind === '';
  return Array.from({ length: behind.length + 1 }, (_, skip) => behind.slice(skip)).some((tail) =>
    byEverySplit(rest, tail),
  );
}

test('many stars on a long text take no time', () => {
  const text = `${'a'.repeat(100_000)}b`;
  assert.equal(matchesSegments(segments('*a'.repeat(200)), text), false);
  assert.equal(matchesSegments(segments('*a'.repeat(200)), text.slice(0, -1)), true);
});
