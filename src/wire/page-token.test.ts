import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openPageToken, sealPageToken } from './page-token.ts';

const key = Buffer.alloc(32, 7);
const owner = { operation: 'ListRules', scope: { account: '111111111111', region: 'us-east-1' } };
const refused = { code: 'ValidationException', message: 'Parameter NextToken is not valid.' };

test('a token gives back its place', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (place) => {
      assert.equal(openPageToken(sealPageToken(place, owner, key), owner, key), place);
    }),
  );
});

test('a token of another operation, account, region or installation is refused', () => {
  const token = sealPageToken('a', owner, key);
  const strangers = [
    { ...owner, operation: 'ListEventBuses' },
    { ...owner, scope: { ...owner.scope, account: '222222222222' } },
    { ...owner, scope: { ...owner.scope, region: 'us-west-2' } },
  ];
  for (const stranger of strangers) assert.throws(() => openPageToken(token, stranger, key), refused);
  assert.throws(() => openPageToken(token, owner, Buffer.alloc(32, 8)), refused);
});

test('a token that was changed in any character is refused', () => {
  const token = sealPageToken('some-rule', owner, key);
  for (let at = 0; at < token.length; at++) {
    const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
    assert.throws(() => openPageToken(changed, owner, key), refused, changed);
  }
  for (const text of ['', 'x', '====', `${token}=`, `${token} `, token.slice(1)]) {
    assert.throws(() => openPageToken(text, owner, key), refused, text);
  }
});

test('archives and replays say why', () => {
  const archives = { ...owner, operation: 'ListArchives' };
  const message = (text: string) => ({ message: `Parameter NextToken is not valid. Reason: ${text}` });
  assert.throws(() => openPageToken('x', archives, key), message('Malformed request.'));
  assert.throws(
    () => openPageToken(sealPageToken('a', owner, key), archives, key),
    message('Token invalid.'),
  );
});
