import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type ContainerEnds,
  endOfValue,
  expectValue,
  expectValues,
  JsonSyntaxError,
} from './json-scanner.ts';

/** Where the text stops being JSON; undefined when it is. */
function faultIn(text: string, expect: (text: string) => void = expectValue): number | undefined {
  try {
    expect(text);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof JsonSyntaxError);
    return error.offset;
  }
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test('the end of a value is behind its last character, whatever follows', () => {
  for (const value of ['{}', '[]', '{"a":[1,{"b":null}]}', '"a\\"b"', '-1.5e+3', 'true', '[ ]', '{ }']) {
    assert.equal(endOfValue(`  ${value} ,x`, 2), 2 + value.length, value);
  }
});

test('the ends of objects and lists are noted by where they start', () => {
  const ends: ContainerEnds = new Map();
  const text = ' {"a": [1, []], "b": {} , "c": "[]"} ';
  expectValue(text, ends);
  const noted = [...ends].map(([start, end]) => text.slice(start, end));
  assert.deepEqual(noted.sort(), ['[1, []]', '[]', '{"a": [1, []], "b": {} , "c": "[]"}', '{}']);
});

test('a fault is where the token starts that does not belong there', () => {
  assert.equal(faultIn('not-json'), 0);
  assert.equal(faultIn('{"a":1 "b":2}'), 7);
  assert.equal(faultIn('{"a":01}'), 5);
  assert.equal(faultIn('["a", "b\nc"]'), 6);
  assert.equal(faultIn('{"a" 1}'), 5);
  assert.equal(faultIn('[1,]'), 3);
  assert.equal(faultIn('[1'), 2);
  assert.equal(faultIn(''), 0);
  assert.equal(faultIn('1 2'), 2);
  assert.equal(faultIn('"a\\x"'), 0);
});

test('several values need white space between them', () => {
  for (const text of ['1', ' "a"\n"b" ', '{} [] null 1', '1\t2']) {
    assert.equal(faultIn(text, expectValues), undefined, text);
  }
  assert.equal(faultIn('{}{}', expectValues), 2);
  assert.equal(faultIn('"a""b"', expectValues), 3);
  assert.equal(faultIn('1,2', expectValues), 1);
  assert.equal(faultIn('', expectValues), 0);
  assert.equal(faultIn('  ', expectValues), 2);
  assert.equal(faultIn('hello null', expectValues), 0);
});

test('nesting may be deeper than any stack', () => {
  const depth = 500_000;
  assert.equal(faultIn(`${'[{"a":'.repeat(depth)}1${'}]'.repeat(depth)}`), undefined);
  assert.equal(faultIn('['.repeat(depth)), depth);
});

test('what is JSON is what JSON.parse takes', () => {
  const json = fc
    .tuple(fc.jsonValue(), fc.constantFrom('', ' ', '\t'))
    .map(([value, indent]) => JSON.stringify(value, null, indent));
  // Texts that are nearly JSON: those are told apart by the smallest of rules.
  const broken = fc
    .tuple(
      json,
      fc.nat(),
      fc.nat(3),
      fc.constantFrom('', '"', '\\', ',', '{', ']', '0', '-', '.', 'e', ' ', '\n', 'null'),
    )
    .map(([text, at, cut, added]) => {
      const from = at % (text.length + 1);
      return text.slice(0, from) + added + text.slice(from + cut);
    });
  fc.assert(
    fc.property(fc.oneof(json, broken, fc.string()), (text) => {
      assert.equal(faultIn(text) === undefined, parses(text), text);
    }),
    { numRuns: 3000 },
  );
});
