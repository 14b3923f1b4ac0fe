import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compactJson } from './compact-json.ts';

test('white space between tokens goes, and nothing else', () => {
  assert.equal(compactJson('{ "a" : [ 1 ,\t2 ],\n"b c":"d  e\\" f" }\r\n'), '{"a":[1,2],"b c":"d  e\\" f"}');
  assert.equal(
    compactJson('{"n":1.0,"big":9007199254740993,"e":1e5}'),
    '{"n":1.0,"big":9007199254740993,"e":1e5}',
  );
  assert.equal(compactJson('{ "a":1, "a":2 }'), '{"a":1,"a":2}');
  assert.equal(compactJson(String.raw`{"a":"\\" , "b":"\\\" "}`), String.raw`{"a":"\\","b":"\\\" "}`);
});

test('compact JSON is what JSON.stringify writes, however it was spaced', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(' ', '\t', '    '), (value, indent) => {
      assert.equal(compactJson(JSON.stringify(value, null, indent)), JSON.stringify(value));
    }),
  );
});
