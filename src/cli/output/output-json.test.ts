import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseJson } from '../parameters/json-text.ts';
import { compactJson, indentedJson } from './output-json.ts';

test('four spaces a level, empty lists and objects closed, characters as they are', () => {
  const value = parseJson('{"a":[1,"é😀\\n\\u007f",{}],"b":[],"c":null,"d":1.0,"e":1e22,"f":true,"1":0}');
  assert.equal(
    indentedJson(value),
    '{\n    "a": [\n        1,\n        "é😀\\n\u007f",\n        {}\n    ],\n    "b": [],\n    "c": null,\n    "d": 1.0,\n    "e": 1e+22,\n    "f": true,\n    "1": 0\n}',
  );
  assert.equal(
    compactJson(value),
    '{"a":[1,"é😀\\n\u007f",{}],"b":[],"c":null,"d":1.0,"e":1e+22,"f":true,"1":0}',
  );
});
