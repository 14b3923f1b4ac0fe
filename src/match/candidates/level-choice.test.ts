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
