import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFields } from './event-fields.ts';
import { InvalidEventError } from './json-text.ts';

/** The texts at a path, each with the indexes of the elements that hold it, outermost first. */
function texts(event: string, path: string): readonly string[] {
  return (readFields(event, [path]).get(path) ?? []).map(({ text, place }) => {
    const indexes: string[] = [];
    for (let at = place; at !== undefined; at = at.parent) indexes.unshift(`${at.array}#${at.index}`);
    return [text, ...indexes].join(' ');
  });
}

test('keys with dots and keys in keys make the same path', () => {
  assert.deepEqual(texts('{"a.b":1,"a":{"b":2}}', 'a.b'), ['1', '2']);
  assert.deepEqual(texts('{"":{"a":1},".a":2}', '.a'), ['1', '2']);
  assert.deepEqual(texts('{"a.":{"b":1}}', 'a..b'), ['1']);
});

test('repeated keys all count', () => {
  assert.deepEqual(texts('{"v":0,"v":1,"v":[2]}', 'v'), ['0', '1', '2']);
});

test('arrays add nothing to the path; objects and arrays in them remember their element', () => {
  assert.deepEqual(texts('{"v":[{"a":1},{"b":0},{"a":2}]}', 'v.a'), ['1 0#0', '2 0#2']);
  assert.deepEqual(texts('{"v":[["a"],["b","c"]]}', 'v'), ['a 0#0', 'b 0#1', 'c 0#1']);
  assert.deepEqual(texts('{"v":[{"w":[1,{"a":2}]}]}', 'v.w.a'), ['2 0#0 1#1']);
});

test('empty arrays and objects, and objects as such, are no values', () => {
  assert.deepEqual(texts('{"v":[]}', 'v'), []);
  assert.deepEqual(texts('{"v":{"a":1}}', 'v'), []);
  assert.deepEqual(texts('{"v":[{},[],null]}', 'v'), ['null']);
});

test('paths nobody asked for are left out', () => {
  assert.deepEqual([...readFields('{"a":{"b":1,"c":2},"d":3}', ['a.b', 'x']).keys()], ['a.b']);
});

test('numbers keep their text and have a value where they can be compared', () => {
  const [first, second] = readFields('{"v":[3.0e2,9007199254740993]}', ['v']).get('v') ?? [];
  assert.deepEqual(first, { kind: 'number', text: '3.0e2', value: 300, place: undefined });
  assert.deepEqual(second, { kind: 'number', text: '9007199254740993', value: undefined, place: undefined });
});

test('names that JavaScript objects are born with are ordinary', () => {
  assert.deepEqual(texts('{"__proto__":{"constructor":1}}', '__proto__.constructor'), ['1']);
  assert.deepEqual(texts('{}', 'toString'), []);
});

test('an event is one JSON object and nothing else', () => {
  for (const text of ['', '[]', '1', '{"a":1} x', '{"a":', '{"a":[}']) {
    assert.throws(() => readFields(text, []), InvalidEventError, text);
  }
});

test('long names within long names cost no more than their length', { timeout: 10_000 }, () => {
  const key = 'k'.repeat(100_000);
  const event = `{"${key}":{"${key}":{${'"x":1,'.repeat(50_000)}"y":2}}}`;
  assert.equal(readFields(event, ['a.b']).size, 0);
});
