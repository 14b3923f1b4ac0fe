import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caseAlternatives, endsIgnoringCase, equalsIgnoringCase, startIgnoringCase } from './ignore-case.ts';

const equals = (pattern: string, text: string) => equalsIgnoringCase(caseAlternatives(pattern), text);

test('plain letters match in both cases, other characters as they are', () => {
  assert.ok(equals('EC2 instance', 'ec2 INSTANCE'));
  assert.ok(equals('', ''));
  assert.ok(!equals('ab', 'abc'));
  assert.ok(!equals('abc', 'ab'));
  assert.ok(!equals('', 'a'));
});

test('a form of several characters is one choice', () => {
  assert.deepEqual(
    ['ß', 'SS', 'ss', 'Ss'].map((text) => equals('ß', text)),
    [true, true, false, false],
  );
  assert.deepEqual(
    ['İ', 'i̇', 'i'].map((text) => equals('İ', text)),
    [true, true, false],
  );
  assert.deepEqual(
    ['ﬀ', 'FF', 'ff'].map((text) => equals('ﬀ', text)),
    [true, true, false],
  );
});

test('look-alikes and sigmas', () => {
  assert.ok(!equals('K', '\u212a'));
  assert.deepEqual(
    ['σ', 'Σ', 'ς'].map((text) => equals('Σ', text)),
    [true, true, false],
  );
  assert.deepEqual(
    ['σ', 'Σ', 'ς'].map((text) => equals('ς', text)),
    [false, true, true],
  );
});

test('a surrogate pair is two question marks', () => {
  assert.ok(equals('😀', '??'));
  assert.ok(!equals('😀', '😀'));
});

test('a start and an end', () => {
  assert.equal(startIgnoringCase(caseAlternatives('ß'), 'SSabc'), 2);
  assert.equal(startIgnoringCase(caseAlternatives('ß'), 'Sabc'), -1);
  assert.ok(endsIgnoringCase(caseAlternatives('İ'), 'abci̇'));
  assert.ok(endsIgnoringCase(caseAlternatives('.PNG'), 'x.png'));
  assert.ok(!endsIgnoringCase(caseAlternatives('.PNG'), 'png'));
});

test('no spelling starts or ends with another of the same character', () => {
  for (let code = 0; code < 0x10000; code++) {
    const [lower = '', upper] = caseAlternatives(String.fromCharCode(code))[0] ?? [];
    if (upper === undefined) continue;
    const clash =
      lower.startsWith(upper) || upper.startsWith(lower) || lower.endsWith(upper) || upper.endsWith(lower);
    assert.ok(!clash, `U+${code.toString(16)}: ${lower} ${upper}`);
  }
});
