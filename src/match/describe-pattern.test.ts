import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describePattern } from './describe-pattern.ts';
import { matches } from './naive-matcher.ts';
import { parsePattern } from './parse-pattern.ts';

const describe = (pattern: object | string) =>
  describePattern(parsePattern(typeof pattern === 'string' ? pattern : JSON.stringify(pattern)));

const EVENT =
  '{"version":"0","id":"11111111-2222-4333-8444-555555555555","detail-type":"T","source":"shop","account":"000000000000","time":"2026-01-02T03:04:05Z","region":"us-east-1","resources":["arn"],"detail":{"n":5}}';

test('a pattern is said in words, field by field', () => {
  const { text, alternatives, canMatch } = describe({
    source: ['shop', { prefix: 'aws.' }],
    detail: { total: [{ numeric: ['>=', 100] }], refund: [{ exists: false }] },
  });
  assert.equal(
    text,
    'detail.refund has no value\nand detail.total has a value that is a number >= 100\nand source has a value that is "shop" or starts with "aws."',
  );
  assert.equal(alternatives.length, 1);
  assert.ok(canMatch);
});

test('alternatives are numbered, and many are cut short', () => {
  const { text } = describe({ $or: [{ source: ['a'] }, { source: ['b'], region: ['c'] }] });
  assert.equal(
    text,
    'One of these holds:\n1. source has a value that is "a"\n2. region has a value that is "c"\n   and source has a value that is "b"',
  );
  const many = describe({ detail: { $or: Array.from({ length: 30 }, (_, n) => ({ n: [n] })) } });
  assert.equal(many.alternatives.length, 20);
  assert.equal(many.alternativeCount, 30);
  assert.match(many.text, /… and 10 more$/);
});

test('the complexity is that of the most complex field', () => {
  assert.equal(describe({ source: ['a'] }).complexity, 0);
  const { complexity, complexityLimit } = describe({
    detail: { a: [{ wildcard: '*ab*' }], b: [{ wildcard: 'x*' }] },
  });
  assert.ok(complexity > describe({ detail: { b: [{ wildcard: 'x*' }] } }).complexity);
  assert.equal(complexityLimit, 10);
});

// Each never matches an event on an event bus, and says why.
const NEVER: readonly (readonly [object, string, RegExp, RegExp?])[] = [
  [{ detailType: ['T'] }, 'detailType', /no field detailType/, /Did you mean detail-type\?/],
  [{ Source: ['shop'] }, 'Source', /no field Source/, /Did you mean source\?/],
  [{ orderId: ['1'] }, 'orderId', /no field orderId/, /\{"detail": \{"orderId": …\}\}/],
  [{ source: [5] }, 'source', /source holds text, never a number/],
  [{ source: [null, true] }, 'source', /source holds text, never null/],
  [{ source: [{ numeric: ['>', 1] }] }, 'source', /never a number/],
  [{ source: [{ exists: false }] }, 'source', /Every event has source/],
  [{ source: [{ exists: false }, 5] }, 'source', /Every event has source/],
  [{ source: { name: ['x'] } }, 'source.name', /source holds a text, and nothing below it/],
  [{ resources: { arn: ['x'] } }, 'resources.arn', /resources holds a list of texts/],
  [{ resources: [5] }, 'resources', /resources holds text/],
  [{ account: ['12345'] }, 'account', /twelve digits/],
  [{ version: ['1'] }, 'version', /version is "0" in every event/],
  [{ time: ['2026-01-02'] }, 'time', /time is written like/],
  [{ detail: ['x'] }, 'detail', /detail is an object/],
];

test('what can never match is named, with what was probably meant', () => {
  for (const [pattern, path, reason, hint] of NEVER) {
    const { canMatch, contradictions } = describe(pattern);
    const text = JSON.stringify(pattern);
    assert.equal(canMatch, false, text);
    assert.equal(contradictions[0]?.path, path, text);
    assert.match(contradictions[0]?.reason ?? '', reason, text);
    if (hint !== undefined) assert.match(contradictions[0]?.hint ?? '', hint, text);
    assert.equal(matches(parsePattern(text), EVENT), false, text);
  }
});

test('what is only unlikely is not called impossible', () => {
  for (const pattern of [
    { source: ['shop', 5] },
    { source: [{ exists: false }, 'x'] },
    { resources: [{ exists: false }] },
    { other: [{ exists: false }] },
    { 'replay-name': ['r'] },
    { account: ['000000000000', 'x'] },
    { detail: { source: [5], 'deep.er': [{ exists: false }] } },
    { detail: { n: [5] }, $or: [{ detailType: ['T'] }, { 'detail-type': ['T'] }] },
    { source: [{ 'anything-but': 5 }] },
    { region: [{ wildcard: 'eu-*' }] },
  ]) {
    assert.equal(describe(pattern).canMatch, true, JSON.stringify(pattern));
  }
});
