import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { JsonError, JsonReader, type JsonToken, MAX_DEPTH } from './json-reader.ts';

/** All tokens with their texts, brackets without. */
function tokens(text: string): readonly string[] {
  const reader = new JsonReader(text);
  const all: string[] = [];
  for (let token = reader.next(); token !== 'end'; token = reader.next()) {
    all.push(/object|array/.test(token) ? token : `${token} ${reader.tokenText()}`);
  }
  reader.expectEnd();
  return all;
}

function failure(text: string): JsonError {
  try {
    tokens(text);
  } catch (error) {
    assert.ok(error instanceof JsonError);
    return error;
  }
  return assert.fail(`${text} is accepted`);
}

test('tokens come in order, numbers as written, repeated keys all of them', () => {
  assert.deepEqual(tokens('{"a":[1.0,-2E+3,"x"],"a":{"__proto__":null},"":[true,false]}'), [
    'start-object',
    'key a',
    'start-array',
    'number 1.0',
    'number -2E+3',
    'string x',
    'end-array',
    'key a',
    'start-object',
    'key __proto__',
    'null null',
    'end-object',
    'key ',
    'start-array',
    'true true',
    'false false',
    'end-array',
    'end-object',
  ]);
});

test('a text without a value is at its end', () => {
  assert.equal(new JsonReader(' \n').next(), 'end');
});

test('strings are unescaped', () => {
  assert.deepEqual(tokens('"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\uDE00é"'), [
    'string "\\/\b\f\n\r\té😀é',
  ]);
});

test('a string is read to its opening quote until its text is asked for', () => {
  const reader = new JsonReader('["abc"]');
  reader.next();
  reader.next();
  assert.deepEqual(reader.location, { line: 1, column: 3 });
  assert.equal(reader.tokenText(), 'abc');
  assert.deepEqual(reader.location, { line: 1, column: 7 });
});

test('a key is read with the beginning of its value', () => {
  const places = ['{"a" : 12 }', '{"a":"x"}', '{"a":\r\n\t[1]}', '{"a":\n\rnull}'].map((text) => {
    const reader = new JsonReader(text);
    reader.next();
    reader.next();
    return [reader.location.line, reader.location.column, reader.keyStart, reader.tokenStart];
  });
  assert.deepEqual(places, [
    [1, 10, 1, 7],
    [1, 7, 1, 5],
    [2, 3, 1, 8],
    [3, 5, 1, 7],
  ]);
});

test('the rest of a value can be skipped', () => {
  const reader = new JsonReader('[{"a":[1,{"b":"]}"}]},2]');
  reader.next();
  assert.equal(reader.next(), 'start-object');
  reader.skipRest();
  assert.equal(reader.next(), 'number');
  reader.skipRest();
  assert.equal(reader.next(), 'end-array');
});

test('what JSON.parse refuses is refused', () => {
  const texts = [
    '{',
    '[1,]',
    '[1 2]',
    '{"a"}',
    '{"a":1,}',
    '{a:1}',
    "{'a':1}",
    '{"a" 1}',
    '[01]',
    '[1.]',
    '[.5]',
    '[+1]',
  ];
  const more = [
    '[-]',
    '[1e]',
    '["a]',
    '["\\x"]',
    '["\\u12g4"]',
    '["\n"]',
    '[nul]',
    '[truex]',
    '[NaN]',
    '1 2',
    '[1]]',
    '[}',
    '\ufeff1',
  ];
  for (const text of [...texts, ...more]) {
    assert.throws(() => JSON.parse(text), text);
    assert.ok(failure(text).message.length > 0, text);
  }
});

test('a refusal says what and where', () => {
  const { message, location, offset } = failure('{\n  "a": this }');
  assert.match(
    message,
    /^Unrecognized token 'this': was expecting \(JSON String, Number, Array, Object or token/,
  );
  assert.deepEqual([location, offset], [{ line: 2, column: 12 }, 9]);
  assert.match(failure('{"a":[1]').message, /^Unexpected end-of-input: expected close marker for Object/);
  assert.match(
    failure('{"a":[1] "b":[2]}').message,
    /^Unexpected character \('"' \(code 34\)\): was expecting comma/,
  );
});

test('nesting has a limit, and no stack to overflow', () => {
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  assert.equal(tokens(nested(MAX_DEPTH)).length, 2 * MAX_DEPTH);
  assert.match(failure(nested(MAX_DEPTH + 1)).message, /depth \(1001\) exceeds the maximum allowed \(1000\)/);
  assert.match(failure('['.repeat(1_000_000)).message, /depth/);
});

test('what JSON.stringify writes is read as it was', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 1, '\t'), (value, indent) => {
      assert.deepEqual(tokens(JSON.stringify(value, undefined, indent)), [...written(value)]);
    }),
  );
});

function* written(value: unknown): Generator<string> {
  if (Array.isArray(value)) {
    yield 'start-array' satisfies JsonToken;
    for (const entry of value) yield* written(entry);
    yield 'end-array' satisfies JsonToken;
  } else if (typeof value === 'object' && value !== null) {
    yield 'start-object' satisfies JsonToken;
    for (const [key, entry] of Object.entries(value)) {
      yield `key ${key}`;
      yield* written(entry);
    }
    yield 'end-object' satisfies JsonToken;
  } else if (typeof value === 'boolean' || value === null) {
    yield `${value} ${value}`;
  } else {
    yield `${typeof value} ${typeof value === 'string' ? value : JSON.stringify(value)}`;
  }
}

test('on any text the reader agrees with JSON.parse whether it is JSON', () => {
  const text = fc.string({ unit: fc.constantFrom(...'{}[]:,"\\ntrue1-.e0 \n'), maxLength: 12 });
  fc.assert(
    fc.property(text, (candidate) => {
      assert.equal(
        accepts(() => tokens(candidate).length === 0 && assert.fail('empty'), candidate),
        accepts(JSON.parse, candidate),
      );
    }),
    { numRuns: 5000 },
  );
});

function accepts(parse: (text: string) => unknown, text: string): boolean {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
}
