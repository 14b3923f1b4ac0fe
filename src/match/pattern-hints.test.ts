import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchCases } from '../../test/match-suite.ts';
import { InvalidPatternError } from './invalid-pattern-error.ts';
import { parsePattern } from './parse-pattern.ts';

function hint(text: string): string | undefined {
  try {
    parsePattern(text);
  } catch (error) {
    assert.ok(error instanceof InvalidPatternError);
    return error.hint;
  }
  return assert.fail(`${text} is accepted`);
}

test('a bare value is written as a list', () => {
  assert.equal(hint('{"a":{"field":true}}'), 'Values are written as a list: "field": [true].');
  assert.equal(hint('{"field":"x\\"y"}'), 'Values are written as a list: "field": ["x\\"y"].');
  assert.equal(hint('{"field": -1.5e3}'), 'Values are written as a list: "field": [-1.5e3].');
});

test('a misspelt operator is recognised', () => {
  assert.equal(hint('{"a":[{"EXISTS":true}]}'), 'Did you mean "exists"?');
  assert.equal(hint('{"a":[{"equalsIgnoreCase":"x"}]}'), 'Did you mean "equals-ignore-case"?');
  assert.equal(hint('{"a":[{"prefx":"x"}]}'), 'Did you mean "prefix"?');
  assert.match(hint('{"a":[{"b":"x"}]}') ?? '', /^The operators are anything-but, cidr, /);
});

test('operators of other languages are translated', () => {
  assert.equal(hint('{"a":[{"not":"x"}]}'), 'Write {"anything-but": …}.');
  assert.equal(hint('{"a":[{"numeric":["!=",1]}]}'), 'Write {"anything-but": 5}.');
});

test('quotes too few and too many', () => {
  assert.equal(hint('{"a":[{"prefix":12}]}'), 'Write "12", with quotes.');
  assert.equal(hint('{"a":[{"numeric":["=","12"]}]}'), 'Write 12, without quotes.');
  assert.equal(hint("{'a':[1]}"), 'JSON takes double quotes.');
});

test('a name that is reserved inside $or', () => {
  const inOr = (name: string) => hint(`{"$or":[{"${name}":["x"]},{"a":[1]}]}`) ?? '';
  assert.match(inOr('prefix'), /"field": \[\{"prefix": …\}\]/);
  assert.match(inOr('regex'), /^No field inside \$or can have this name/);
});

test('whatever AWS refuses gets a hint, but for broken JSON', () => {
  const invalid = matchCases().filter(
    ({ expect, reason }) => expect === 'invalid-pattern' && reason !== undefined,
  );
  const without = invalid.filter(({ pattern }) => hint(pattern) === undefined);
  // `numeric` without a number where one belongs: nobody can tell which.
  assert.deepEqual(
    new Set(without.map(({ reason }) => reason?.replace(/of \S+ must/, 'must'))),
    new Set(['Value must be numeric']),
  );
});
