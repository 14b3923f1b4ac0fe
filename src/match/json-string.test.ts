import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readString } from './json-string.ts';

test('a string ends at its quote', () => {
  assert.deepEqual(readString('"ab" c', 1), { value: 'ab', end: 4 });
  assert.deepEqual(readString('"a\\"\\u00e9\\n"', 1), { value: 'a"é\n', end: 13 });
});

test('a fault says why and how far it was read', () => {
  const faults: [string, RegExp, number][] = [
    ['"a', /end-of-input/, 2],
    ['"\\', /escape end-of-input/, 3],
    ['"\\x"', /Unrecognized character escape 'x'/, 3],
    ['"\\u12g4"', /hex-digit/, 3],
    ['"a\n"', /CTRL-CHAR, code 10/, 3],
  ];
  for (const [text, fault, end] of faults) {
    const read = readString(text, 1);
    assert.match('fault' in read ? read.fault : '', fault);
    assert.equal(read.end, end);
  }
});

test('every string is read as it was written', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const text = JSON.stringify(value);
      assert.deepEqual(readString(text, 1), { value, end: text.length });
    }),
  );
});
