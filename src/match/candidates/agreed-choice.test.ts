import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Matcher } from '../matcher.ts';
import { matches } from '../naive-matcher.ts';
import { parsePattern } from '../parse-pattern.ts';

const KEYS = ['a', 'b', 'c'];

test('one element has to do for all fields, as the naive engine says', () => {
  const element = fc.dictionary(fc.constantFrom(...KEYS), fc.nat(2), { noNullPrototype: true });
  const conditions = fc.subarray(
    [1, { exists: false }, { 'anything-but': [1] }, { numeric: ['>', 0] }, { 'anything-but': [0, 2] }],
    { minLength: 1, maxLength: 2 },
  );
  const wanted = fc.dictionary(fc.constantFrom(...KEYS), conditions, { minKeys: 2, noNullPrototype: true });
  const answers = new Map<boolean, number>();
  fc.assert(
    fc.property(fc.array(element, { maxLength: 6 }), wanted, fc.nat(2), (elements, fields, shape) => {
      const event = JSON.stringify(
        shape === 0
          ? { p: elements }
          : shape === 1
            ? { p: [{ q: elements.slice(0, 3) }, { q: elements.slice(3) }] }
            : { p: [elements.slice(0, 3), elements.slice(3)] },
      );
      const pattern = parsePattern(JSON.stringify({ p: shape === 1 ? { q: fields } : fields }));
      const matcher = new Matcher<number>();
      matcher.addRule(1, pattern);
      const expected = matches(pattern, event);
      answers.set(expected, (answers.get(expected) ?? 0) + 1);
      assert.equal(matcher.rulesFor(event).length === 1, expected, event);
    }),
    { numRuns: 5000 },
  );
  assert.ok(Math.min(...answers.values()) > 500, 'one answer is hardly seen');
});

test('arrays beside each other in one element have to do together, as the naive engine says', () => {
  const inner = (key: string) =>
    fc.array(fc.dictionary(fc.constantFrom(key, 'd'), fc.nat(3), { noNullPrototype: true }), {
      maxLength: 3,
    });
  const element = fc.record(
    { p: inner('x'), q: inner('y'), r: fc.oneof(fc.nat(3), fc.array(fc.nat(3), { maxLength: 2 })) },
    { requiredKeys: [], noNullPrototype: true },
  );
  const event = fc
    .tuple(fc.array(element, { minLength: 3, maxLength: 6 }), fc.constantFrom(1, 30))
    .map(([elements, times]) => JSON.stringify({ a: Array.from({ length: times }, () => elements).flat() }));
  const absent = { exists: false };
  const conditions = fc.subarray([1, 2, absent, { numeric: ['>', 1] }, { 'anything-but': [1] }], {
    minLength: 2,
    maxLength: 3,
  });
  const range = fc
    .tuple(fc.nat(3), fc.nat(3))
    .map(([low, width]) => [{ numeric: ['>=', low, '<', low + width + 1] }]);
  const asked = fc.oneof(conditions, range, fc.constant([absent]));
  const wanted = fc.record(
    {
      p: fc.record({ x: asked, d: asked }, { requiredKeys: ['x'], noNullPrototype: true }),
      q: fc.record({ y: asked }, { noNullPrototype: true }),
      r: asked,
    },
    { requiredKeys: ['p'], noNullPrototype: true },
  );
  const answers = new Map<boolean, number>();
  fc.assert(
    fc.property(event, wanted, (text, fields) => {
      const pattern = parsePattern(JSON.stringify({ a: fields }));
      const matcher = new Matcher<number>();
      matcher.addRule(1, pattern);
      const expected = matches(pattern, text);
      answers.set(expected, (answers.get(expected) ?? 0) + 1);
      assert.equal(matcher.rulesFor(text).length === 1, expected, text);
    }),
    { numRuns: 4000 },
  );
  assert.ok(Math.min(...answers.values()) > 400, `one answer is hardly seen: ${[...answers]}`);
});

test('a thousand rules are not a thousand times the work', { timeout: 20_000 }, () => {
  const matcher = new Matcher<number>();
  for (let id = 0; id < 1000; id++) {
    const fields = `"x":[{"anything-but":["${id}"]}],"y":[{"exists":false}]`;
    matcher.addRule(id, parsePattern(`{"p":{${fields}},"q":{"x":[${id}]}}`));
  }
  const elements = (count: number, element: (index: number) => string) =>
    `[${Array.from({ length: count }, (_, index) => element(index)).join()}]`;
  const others = elements(2000, (index) => `{"x":${index}}`);
  const full = elements(20_000, (index) => `{"x":${index},"y":1}`);
  assert.deepEqual(matcher.rulesFor(`{"p":${full},"q":${others}}`), []);
  const last = full.replace(/\]$/, ',{"x":"7"}]');
  const matched = matcher.rulesFor(`{"p":${last},"q":${others}}`);
  assert.equal(matched.length, 999);
  assert.ok(!matched.includes(7));
});

test('an event with keys that repeat is given up before it takes long', { timeout: 20_000 }, () => {
  const matcher = new Matcher<number>();
  for (let id = 0; id < 1000; id++) {
    const fields = `"x":[{"anything-but":["${id}"]}],"y":[{"exists":false}]`;
    matcher.addRule(id, parsePattern(`{"p":{${fields}},"q":{"x":[${id}]}}`));
  }
  const elements = Array.from({ length: 20_000 }, (_, index) => `{"x":${index},"y":1}`).join();
  const others = Array.from({ length: 2000 }, (_, index) => `{"x":${index}}`).join();
  const event = (again: string) => `{"p":[${elements}],${again}"q":[${others}]}`;
  assert.throws(() => matcher.rulesFor(event('"p":[{"x":0}],')), /repeats keys/);
  assert.deepEqual(matcher.rulesFor(event('')), []);
  const short = '{"p":[{"x":1,"y":1},{"x":2}],"p":[{"x":3}],"q":[{"x":5},{"x":6}]}';
  assert.deepEqual(matcher.rulesFor(short).toSorted(), [5, 6]);
  assert.deepEqual(matcher.rulesFor(short.replace('{"x":2}', '{"x":2,"y":2}')), []);
});
