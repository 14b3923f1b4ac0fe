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

test('a secret is hidden as a JSON string holds it, whoever wrote that, and in base64', () => {
  const secret = 'a"b\\c/d\né';
  const mask = maskOf([secret]);
  const echoed = JSON.stringify({ got: secret });
  assert.equal(mask(echoed), '{"got":"***"}');
  assert.equal(mask(echoed.replaceAll('/', '\\/')), '{"got":"***"}');
  assert.equal(mask(echoed.replaceAll('é', '\\u00e9')), '{"got":"***"}');
  assert.equal(mask(echoed.replaceAll('/', '\\/').replaceAll('é', '\\u00e9')), '{"got":"***"}');
  assert.equal(mask(Buffer.from(secret).toString('base64').replace(/=+$/, '')), '***');
});
