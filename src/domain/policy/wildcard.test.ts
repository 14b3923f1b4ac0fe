import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { operandOf } from './operand.ts';
import { matchesWildcards, type WildcardPattern } from './wildcard.ts';

function pattern(text: string): WildcardPattern {
  return operandOf(text, { wildcards: true, lookup: undefined }) ?? [];
}

/** The definition itself, as slow as it is plain. */
function naive(wanted: string, actual: string): boolean {
  if (wanted === '') return actual === '';
  if (wanted.startsWith('*')) {
    return naive(wanted.slice(1), actual) || (actual !== '' && naive(wanted, actual.slice(1)));
  }
  return (
    actual !== '' && (wanted[0] === '?' || wanted[0] === actual[0]) && naive(wanted.slice(1), actual.slice(1))
  );
}

test('agrees with the definition', () => {
  const wanted = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
  const actual = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
  fc.assert(
    fc.property(wanted, actual, (a, b) => {
      assert.equal(matchesWildcards(pattern(a), b), naive(a, b));
    }),
    { numRuns: 5000 },
  );
});

test('a question mark is one character, in whatever encoding', () => {
  assert.equal(matchesWildcards(pattern('?'), '🚍'), true);
  assert.equal(matchesWildcards(pattern('a?c*'), 'a🚍c'), true);
  assert.equal(matchesWildcards(pattern('??'), '🚍'), false);
});

test('many asterisks cost no more than the product of the lengths', () => {
  const hostile = pattern(`${'*a'.repeat(2000)}*b`);
  const started = process.cpuUsage();
  assert.equal(matchesWildcards(hostile, 'a'.repeat(2000)), false);
  const { user } = process.cpuUsage(started);
  assert.ok(user < 2_000_000, `took ${user} µs`);
});
