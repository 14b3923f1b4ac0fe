import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InvalidEventError, Matcher } from './matcher.ts';
import { parsePattern } from './parse-pattern.ts';

function matcherOf(...patterns: object[]): Matcher<number> {
  const matcher = new Matcher<number>();
  for (const [id, pattern] of patterns.entries()) matcher.addRule(id, parsePattern(JSON.stringify(pattern)));
  return matcher;
}

test('finds each rule that matches, once', () => {
  const matcher = matcherOf(
    { source: ['a', 'b'] },
    { source: ['a'], detail: { n: [{ numeric: ['>', 3] }] } },
    { $or: [{ source: ['a'] }, { detail: { n: [5] } }] },
    { detail: { missing: [{ exists: false }] } },
    { source: ['c'] },
  );
  assert.deepEqual(matcher.rulesFor('{"source":"a","detail":{"n":5}}').sort(), [0, 1, 2, 3]);
  assert.deepEqual(
    matcher.rulesFor(new TextEncoder().encode('{"source":"b","detail":{"n":5}}')).sort(),
    [0, 2, 3],
  );
  assert.deepEqual(matcher.rulesFor('{}'), [3]);
});

test('an event in two parts matches as the whole does', () => {
  const matcher = matcherOf(
    { source: ['a"b\n'], detail: { n: [1] } },
    { resources: [{ suffix: '2' }], 'detail-type': ['é'] },
    { 'detail.n': [1] },
    { region: [{ exists: false }] },
    { detail: [{ exists: true }] },
  );
  const envelope = { source: 'a"b\n', 'detail-type': 'é', resources: ['r1', 'r2'] };
  assert.deepEqual(matcher.rulesForParts(envelope, '{"n":1}').sort(), [0, 1, 2, 3]);
  assert.deepEqual(matcher.rulesForParts({ ...envelope, region: 'x', resources: [] }, '{"n":2}'), []);
  assert.deepEqual(new Matcher().rulesForParts(envelope, '{"n":1}'), []);
  assert.throws(() => matcher.rulesForParts(envelope, '{"n":1'), InvalidEventError);
  const nested = (depth: number) => `{"n":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
  assert.deepEqual(matcher.rulesForParts(envelope, nested(999)), [1, 3]);
  assert.deepEqual(matcher.rulesFor(`{"detail":${nested(999)}}`), [3]);
  assert.throws(() => matcher.rulesForParts(envelope, nested(1000)), InvalidEventError);
  assert.throws(() => matcher.rulesFor(`{"detail":${nested(1000)}}`), InvalidEventError);
});

test('the fields of an envelope are found again as rules come and go', () => {
  const matcher = new Matcher<string>();
  const add = (id: string, pattern: object) => matcher.addRule(id, parsePattern(JSON.stringify(pattern)));
  const found = () => matcher.rulesForParts({ source: 'a', region: 'b' }, '{"n":1}').sort();
  assert.deepEqual(found(), []);
  add('r', { source: ['a'] });
  assert.deepEqual(found(), ['r']);
  add('s', { region: ['b'] });
  assert.deepEqual(found(), ['r', 's']);
  matcher.removeRule('r');
  assert.deepEqual(found(), ['s']);
  add('t', { account: ['a'] });
  add('u', { detail: { n: [1] } });
  assert.deepEqual(found(), ['s', 'u']);
  matcher.removeRule('s');
  matcher.removeRule('u');
  add('v', { source: ['a'] });
  assert.deepEqual(found(), ['v']);
});

test('an event that is broken anywhere is refused', () => {
  const matcher = matcherOf({ a: [1] });
  for (const text of ['', '{"a":1', '{"a":1,"b":[1,]}', '{"a":1} x', '[]', '{"b":"\n"}']) {
    assert.throws(() => matcher.rulesFor(text), InvalidEventError, text);
  }
  assert.deepEqual(matcher.rulesFor('{"a":1}'), [0]);
});

test('rules come, change and go', () => {
  const matcher = new Matcher<string>();
  const add = (id: string, pattern: object) => matcher.addRule(id, parsePattern(JSON.stringify(pattern)));
  add('r', { a: [1] });
  add('s', { a: [1, 1], b: [{ exists: false }] });
  assert.deepEqual(matcher.rulesFor('{"a":1}').sort(), ['r', 's']);
  add('r', { a: [2] });
  assert.equal(matcher.size, 2);
  assert.deepEqual(matcher.rulesFor('{"a":1}'), ['s']);
  assert.deepEqual(matcher.rulesFor('{"a":2}'), ['r']);
  assert.equal(matcher.removeRule('s'), true);
  assert.equal(matcher.removeRule('s'), false);
  assert.deepEqual(matcher.rulesFor('{"a":1}'), []);
  assert.equal(matcher.removeRule('r'), true);
  assert.equal(matcher.size, 0);
  assert.deepEqual(matcher.rulesFor('{"a":2}'), []);
});
