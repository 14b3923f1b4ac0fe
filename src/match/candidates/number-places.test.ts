import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hasPlace } from '../arrays/place-bits.ts';
import { PathTree } from '../scan/path-tree.ts';
import { PlainScanner } from '../scan/plain-scanner.ts';
import { EventInHand } from './event-in-hand.ts';
import { NumberPlaces } from './number-places.ts';

function eventOf(text: string): EventInHand {
  const tree = new PathTree();
  tree.acquire('a.b');
  const event = new EventInHand();
  event.take(new PlainScanner().scan(tree, text));
  return event;
}

test('the places of the numbers in a range are those of each number in it', () => {
  const number = fc.oneof(fc.integer({ min: -500, max: 500 }), fc.nat(9));
  const events = fc.array(number, { minLength: 2, maxLength: 2000, size: 'max' });
  const range = fc.record({
    first: fc.oneof(number, fc.constant(Number.NEGATIVE_INFINITY)),
    last: fc.oneof(number, fc.constant(Number.POSITIVE_INFINITY)),
  });
  fc.assert(
    fc.property(events, fc.array(range, { minLength: 5, maxLength: 20 }), (values, ranges) => {
      const elements = values.map((value) => `{"b":${value}},{"b":"x"}`);
      const event = eventOf(`{"a":[${elements.join()}]}`);
      const rows = Int32Array.from({ length: event.rowCount }, (_, row) => row);
      const numbers = new NumberPlaces(event, rows);
      assert.ok(numbers.isSingle);
      for (const { first, last } of [...ranges, ...ranges]) {
        const places = numbers.within({ kind: 'range', first, last });
        for (const [index, value] of values.entries()) {
          const isIn = value >= first && value <= last;
          assert.equal(hasPlace(places, event.context(index * 2)), isIn);
          assert.equal(hasPlace(places, event.context(index * 2 + 1)), false);
        }
      }
    }),
    { numRuns: 100 },
  );
});

test('numbers in one place are told', () => {
  for (const text of ['{"a":[{"b":1,"b":2},{"b":3}]}', '{"a":[{"b":[1,2]},{"b":3}]}']) {
    const event = eventOf(text);
    assert.equal(new NumberPlaces(event, Int32Array.of(0, 1, 2)).isSingle, false);
    assert.equal(new NumberPlaces(event, Int32Array.of(0, 2)).isSingle, true);
  }
});
