import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFields } from './event-fields.ts';
import { InvalidEventError } from './json-text.ts';
import { parsePattern } from './parse-pattern.ts';
import { agree, newStep } from './place-search.ts';

function agrees(pattern: string, event: string): boolean {
  const fields = parsePattern(pattern).subRules[0]?.fields ?? new Map();
  const values = readFields(event, fields.keys());
  return agree(Array.from(fields, ([path, conditions]) => newStep(conditions, values.get(path) ?? [])));
}

test('choices agree on every array, and arrays beside each other are free', () => {
  assert.equal(agrees('{"p":{"a":[1],"b":[2]}}', '{"p":[{"a":1},{"b":2}]}'), false);
  assert.equal(
    agrees('{"p":{"a":[1]},"q":{"b":[2]}}', '{"p":[{"a":0},{"a":1}],"q":[{"b":2},{"b":0}]}'),
    true,
  );
  assert.equal(
    agrees('{"p":{"a":[1],"q":{"b":[2]}}}', '{"p":[{"a":1,"q":[{"b":0},{"b":2}]},{"a":1}]}'),
    true,
  );
});

test('a field that is there whatever is chosen is never absent', () => {
  assert.equal(agrees('{"a":[{"exists":false}]}', '{"a":[0]}'), false);
  assert.equal(agrees('{"p":{"a":[1],"b":[{"exists":false}]}}', '{"p":[{"a":1},{"b":1}]}'), true);
});

test('an event that repeats keys to make tries multiply is given up', { timeout: 60_000 }, () => {
  // Five arrays at one path, whose elements each satisfy two of twelve fields: ten at most, of endless choices.
  const keys = Array.from({ length: 12 }, (_, index) => `k${index}`);
  const pairs = keys.flatMap((one, at) => keys.slice(at + 1).map((other) => `{"${one}":1,"${other}":1}`));
  const event = `{${Array.from({ length: 5 }, () => `"a":[${pairs.join()}]`).join()}}`;
  const pattern = `{"a":{${keys.map((key) => `"${key}":[1]`).join()}}}`;
  assert.throws(() => agrees(pattern, event), InvalidEventError);
});
