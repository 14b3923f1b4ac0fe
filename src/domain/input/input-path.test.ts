import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseInputPath, valueAt } from './input-path.ts';
import { JsonSyntaxError } from './json-scanner.ts';
import { JsonView } from './json-view.ts';

function read(path: string, event: string): string | undefined {
  const steps = parseInputPath(path);
  assert.ok(steps !== undefined, `${path} is refused`);
  return valueAt(new JsonView(event), steps);
}

test('paths are $, then names, indices and stars', () => {
  for (const path of ['$', '$.a', '$.detail-type', '$.a_b.c/d', '$.a[0]', '$[*].a', '$.a[10][*].b', '$.0']) {
    assert.ok(parseInputPath(path) !== undefined, path);
  }
  for (const path of [
    '',
    'detail.text',
    '.a',
    '$a',
    '$.',
    '$.a.',
    '$..a',
    '$.*',
    '$.a.*',
    "$['a']",
    '$["a"]',
    '$.a[-1]',
    '$.a[0:2]',
    '$.a[0,1]',
    '$.a[]',
    '$.a[?(@.b)]',
    '$.a b',
    ' $.a',
    '$.a ',
    '$.a\n',
    '$.ä',
    '$$',
    '@.a',
  ]) {
    assert.equal(parseInputPath(path), undefined, path);
  }
});

test('a value comes as it was written, without white space', () => {
  const event = '{ "n" : 1.0, "big": 9007199254740993, "e": -0.10E+2, "o": { "b": 1 , "a" : [ "x y" ] } }';
  assert.equal(read('$.n', event), '1.0');
  assert.equal(read('$.big', event), '9007199254740993');
  assert.equal(read('$.e', event), '-0.10E+2');
  assert.equal(read('$.o', event), '{"b":1,"a":["x y"]}');
  assert.equal(read('$', event), '{"n":1.0,"big":9007199254740993,"e":-0.10E+2,"o":{"b":1,"a":["x y"]}}');
});

test('the last of members with the same name counts, and names may be escaped', () => {
  assert.equal(read('$.a.b', '{"a":{"b":1},"a":{"b":2,"b":3}}'), '3');
  assert.equal(read('$.a.b', '{"a":{"b":1},"a":{}}'), undefined);
  assert.equal(read('$.abc', String.raw`{"\u0061bc":1}`), '1');
});

test('no name is special', () => {
  assert.equal(read('$.__proto__.constructor', '{"__proto__":{"constructor":1}}'), '1');
  for (const path of ['$.__proto__', '$.constructor', '$.length', '$.toString']) {
    assert.equal(read(path, '{"a":[]}'), undefined, path);
    assert.equal(read(path.replace('$', '$.a'), '{"a":[]}'), undefined, path);
  }
});

test('where there is nothing, nothing is found', () => {
  const event = '{"text":"hello","nothing":null,"list":[1,2],"object":{"0":"zero"}}';
  for (const path of [
    '$.b',
    '$.text.a',
    '$.nothing.a',
    '$.list.a',
    '$.list[2]',
    '$.text[0]',
    '$[0]',
    '$.object[0]',
  ]) {
    assert.equal(read(path, event), undefined, path);
  }
  assert.equal(read('$.list[99999999999999999999]', event), undefined);
  assert.equal(read('$.nothing', event), 'null');
});

test('a star makes a list of everything that is found', () => {
  const event =
    '{"items":[{"n":1},{"m":2},{"n":null},[3]],"empty":[],"object":{"b":1,"a":{"n":2}},"text":"x"}';
  assert.equal(read('$.items[*].n', event), '[1,null]');
  assert.equal(read('$.items[*]', event), '[{"n":1},{"m":2},{"n":null},[3]]');
  assert.equal(read('$.items[*][0]', event), '[3]');
  assert.equal(read('$.items[*][*]', event), '[1,2,null,3]');
  assert.equal(read('$.items[*].x', event), '[]');
  assert.equal(read('$.empty[*]', event), '[]');
  assert.equal(read('$.object[*]', event), '[1,{"n":2}]');
  assert.equal(read('$.object[*].n', event), '[2]');
  assert.equal(read('$.text[*]', event), '[]');
  assert.equal(read('$.missing[*]', event), undefined);
});

test('text that is not JSON is refused before anything is read from it', () => {
  for (const text of ['', '{"a":1', '{"a":1 "b":2}', '[1,2]]', 'x']) {
    assert.throws(() => read('$.a', text), JsonSyntaxError);
  }
});

// Names of one letter meet each other; numbers that a double holds can be compared through JSON.parse.
const letter = fc.constantFrom('a', 'b', 'c');
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(1, 'text', true, null),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(letter, tie('json'), { maxKeys: 3 }),
  ),
}));
const step = fc.oneof(letter, fc.nat(2));

test('a path without stars leads where the parsed value leads', () => {
  fc.assert(
    fc.property(json, fc.array(step, { maxLength: 4 }), fc.constantFrom(0, 2), (value, steps, indent) => {
      const path = `$${steps.map((name) => (typeof name === 'number' ? `[${name}]` : `.${name}`)).join('')}`;
      let expected: unknown = value;
      for (const name of steps) {
        const isRightKind = typeof name === 'number' ? Array.isArray(expected) : isObject(expected);
        expected = isRightKind ? Object(expected)[name] : undefined;
      }
      const found = read(path, JSON.stringify(value, null, indent));
      assert.equal(found, expected === undefined ? undefined : JSON.stringify(expected));
    }),
    { numRuns: 1000 },
  );
});

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
