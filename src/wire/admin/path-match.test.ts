import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchPath } from './path-match.ts';

test('braces take one segment, decoded', () => {
  assert.deepEqual(matchPath('/a/{id}/b', '/a/x%20y%2Fz/b'), { id: 'x y/z' });
  assert.deepEqual(matchPath('/a', '/a'), {});
});

test('another path, an empty segment and broken escapes do not fit', () => {
  for (const path of ['/a', '/a/', '/a/1/c', '/a/1/b/', '/a/%zz/b', '/a//b']) {
    assert.equal(matchPath('/a/{id}/b', path), undefined, path);
  }
});
