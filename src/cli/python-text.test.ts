import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseJson } from './parameters/json-text.ts';
import type { ParameterValue } from './parameters/parameter-value.ts';
import { pythonInt, pythonRepr, pythonText, pythonType } from './python-text.ts';

const SHOWN: readonly (readonly [ParameterValue, string, string])[] = [
  [null, 'None', 'NoneType'],
  [true, 'True', 'bool'],
  [5n, '5', 'int'],
  [1, '1.0', 'float'],
  [-0, '-0.0', 'float'],
  [1.5, '1.5', 'float'],
  [1e16, '1e+16', 'float'],
  [123456789012345680, '1.2345678901234568e+17', 'float'],
  [1e-5, '1e-05', 'float'],
  [0.0001, '0.0001', 'float'],
  [Number.NaN, 'nan', 'float'],
  [Number.NEGATIVE_INFINITY, '-inf', 'float'],
  [['a', 1n], "['a', 1]", 'list'],
  [new Map(), '{}', 'dict'],
  [new Map([['a', 'b']]), "{'a': 'b'}", 'dict'],
  [
    parseJson('{"a":1,"b":[{}]}'),
    "OrderedDict([('a', 1), ('b', [OrderedDict()])])",
    'collections.OrderedDict',
  ],
];

test('values as Python shows them', () => {
  for (const [value, text, type] of SHOWN) {
    assert.equal(pythonRepr(value), text);
    assert.equal(pythonType(value), `<class '${type}'>`);
  }
});

test('text is shown as it is, and quoted inside other values', () => {
  assert.equal(pythonText("it's"), "it's");
  assert.equal(pythonRepr("it's"), '"it\'s"');
  assert.equal(pythonRepr('it\'s "so"'), "'it\\'s \"so\"'");
  assert.equal(pythonRepr('a\n\t\\\u0000\u00a0é😀\u2028'), "'a\\n\\t\\\\\\x00\\xa0é😀\\u2028'");
});

test('integers as int() reads them', () => {
  assert.equal(pythonInt(' +1_000 '), 1000n);
  assert.equal(pythonInt('-7'), -7n);
  assert.equal(pythonInt('１２'), 12n);
  assert.equal(pythonInt('-٣'), -3n);
  assert.equal(pythonInt('𝟟'), 7n);
  assert.equal(pythonInt(true), 1n);
  assert.equal(pythonInt(1.9), 1n);
  for (const text of ['', 'abc', '1.0', '_1', '1__0', '0x10', '²', '½']) {
    assert.throws(() => pythonInt(text), {
      exitCode: 255,
      message: `invalid literal for int() with base 10: '${text}'`,
    });
  }
});
