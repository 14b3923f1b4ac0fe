import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { indentedJson } from '../output/output-json.ts';
import { JsonTextError, parseJson } from './json-text.ts';
import { JsonObject } from './parameter-value.ts';

test('numbers keep what tells them apart', () => {
  assert.equal(parseJson('12345678901234567890'), 12345678901234567890n);
  assert.equal(parseJson('-0'), 0n);
  assert.equal(parseJson('1.0'), 1);
  assert.equal(parseJson('1e2'), 100);
  assert.equal(parseJson('NaN'), Number.NaN);
  assert.equal(parseJson('-Infinity'), Number.NEGATIVE_INFINITY);
});

test('objects keep the order of the text, and the last of equal keys', () => {
  const value = parseJson('{"b": 1, "1": 2, "b": 3}');
  assert.ok(value instanceof JsonObject);
  assert.deepEqual(
    [...value],
    [
      ['b', 3n],
      ['1', 2n],
    ],
  );
});

// Each message as Python 3.11 gives it.
const REFUSED: readonly (readonly [string, string])[] = [
  ['', 'Expecting value: line 1 column 1 (char 0)'],
  ['nul', 'Expecting value: line 1 column 1 (char 0)'],
  ['[1 2]', "Expecting ',' delimiter: line 1 column 4 (char 3)"],
  ['{"a" 1}', "Expecting ':' delimiter: line 1 column 6 (char 5)"],
  ['{"a":}', 'Expecting value: line 1 column 6 (char 5)'],
  ['{"a":1,}', 'Expecting property name enclosed in double quotes: line 1 column 8 (char 7)'],
  ['{a:1}', 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
  ['[1,]', 'Expecting value: line 1 column 4 (char 3)'],
  ['[1] x', 'Extra data: line 1 column 5 (char 4)'],
  ['01', 'Extra data: line 1 column 2 (char 1)'],
  ['"abc', 'Unterminated string starting at: line 1 column 1 (char 0)'],
  ['"a\\', 'Unterminated string starting at: line 1 column 1 (char 0)'],
  ['"a\tb"', 'Invalid control character at: line 1 column 3 (char 2)'],
  ['"a\\q"', 'Invalid \\escape: line 1 column 3 (char 2)'],
  ['"a\\u12"', 'Invalid \\uXXXX escape: line 1 column 4 (char 3)'],
  ['[1,\n 2,\n x]', 'Expecting value: line 3 column 2 (char 9)'],
  ['"é😀" x', 'Extra data: line 1 column 6 (char 5)'],
];

test('what is no JSON is refused with the place', () => {
  for (const [text, message] of REFUSED) {
    assert.throws(() => parseJson(text), { name: 'JsonTextError', message }, text);
  }
});

// The integer -0 is 0.
function oneZero(_key: string, value: unknown): unknown {
  return value === 0 ? 0 : value;
}

test('it accepts what JSON.parse accepts and prints it back the same', () => {
  fc.assert(
    fc.property(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', ',', '"', ']', '}', '\\', 'x', ' '),
      (text, at, cut) => {
        const place = at % (text.length + 1);
        const typed = cut === '' ? text : text.slice(0, place) + cut + text.slice(place + 1);
        let expected: unknown;
        try {
          expected = JSON.parse(typed, oneZero);
        } catch {
          assert.throws(() => parseJson(typed), JsonTextError);
          return;
        }
        // A number too big for a fraction is printed as a word; JSON.parse knows it by a big number.
        const printed = indentedJson(parseJson(typed)).replaceAll(/Infinity(?=,?\n|$)/g, '1e999');
        assert.deepEqual(JSON.parse(printed, oneZero), expected);
      },
    ),
    { numRuns: 1000 },
  );
});
