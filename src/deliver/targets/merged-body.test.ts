import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergedBody } from './merged-body.ts';

const merged = (json: string, members: Record<string, string>) =>
  mergedBody(json, new Map(Object.entries(members)));

test('members are added, or take the place of those of their name; the rest stays digit for digit', () => {
  assert.equal(merged('{ "n": 1.0, "a": [1, 2] }', { k: '"v"' }), '{"n":1.0,"a":[1,2],"k":"\\"v\\""}');
  assert.equal(merged('{"n":1.0,"k":{"x":1},"z":0}', { k: 'v' }), '{"n":1.0,"k":"v","z":0}');
  assert.equal(merged('{}', { k: 'v' }), '{"k":"v"}');
});

test('nothing to add, or nothing to add to, changes nothing', () => {
  assert.equal(merged('{ "n": 1.0 }', {}), '{ "n": 1.0 }');
  assert.equal(merged('["n"]', { k: 'v' }), '["n"]');
  assert.equal(merged('"text"', { k: 'v' }), '"text"');
});
