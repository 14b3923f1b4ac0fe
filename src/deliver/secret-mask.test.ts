import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maskOf } from './secret-mask.ts';

test('a secret is hidden wherever it stands, as it is and as a URL carries it', () => {
  const mask = maskOf(['p&ss word']);
  assert.equal(mask('p&ss word, p%26ss%20word, p%26ss+word'), '***, ***, ***');
  assert.equal(mask('password'), 'password');
});

test('of secrets inside each other the longest goes first, and an empty one hides nothing', () => {
  const mask = maskOf(['', 'abc', 'abcdef']);
  assert.equal(mask('x abcdef y'), 'x *** y');
});
