// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables of policies look like that
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Lookup, operandOf } from './operand.ts';
import { matchesWildcards } from './wildcard.ts';

const values: Readonly<Record<string, string>> = { 'aws:PrincipalAccount': '111111111111', star: 'a*' };
const lookup: Lookup = (key) => values[key];

function matches(text: string, actual: string, wildcards = true): boolean | undefined {
  const pattern = operandOf(text, { wildcards, lookup });
  return pattern && matchesWildcards(pattern, actual);
}

test('variables are replaced, presets stand in, and unknown ones have no value', () => {
  assert.equal(matches('x/${aws:PrincipalAccount}/*', 'x/111111111111/y'), true);
  assert.equal(matches('${none}', 'x'), undefined);
  assert.equal(matches("${none, 'x'}", 'x'), true);
  assert.equal(matches("${aws:PrincipalAccount, 'x'}", 'x'), false);
});

test('what a variable brings is no wildcard', () => {
  assert.equal(matches('${star}', 'ab'), false);
  assert.equal(matches('${star}', 'a*'), true);
  assert.equal(matches('${*}${?}${$}', '*?$'), true);
  assert.equal(matches('${*}', 'anything'), false);
});

test('without wildcards an asterisk is an asterisk', () => {
  assert.equal(matches('a*', 'ab', false), false);
  assert.equal(matches('a*', 'a*', false), true);
});

test('without variables, and without an end, a dollar is a dollar', () => {
  const plain = operandOf('${star}', { wildcards: true, lookup: undefined }) ?? [];
  assert.equal(matchesWildcards(plain, '${star}'), true);
  assert.equal(matches('${star', '${star'), true);
  assert.equal(matches('${'.repeat(3), '${'.repeat(3)), true);
});
