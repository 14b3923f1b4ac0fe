import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { NumberLists } from './number-lists.ts';

test('lists keep what was added and not removed, whatever happens to the others', () => {
  const step = fc.record({ list: fc.nat(4), isAdded: fc.boolean(), value: fc.nat(40) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400, size: 'max' }), (steps) => {
      const lists = new NumberLists();
      const starts: number[] = [];
      const expected: number[][] = [];
      for (const { list, isAdded, value } of steps) {
        const known = expected[list] ?? [];
        if (known.length === 0) {
          starts[list] = lists.create(value, value + 1);
          expected[list] = [value, value + 1];
        } else if (isAdded && !known.includes(value)) {
          starts[list] = lists.add(starts[list] ?? 0, known.length, value);
          known.push(value);
        } else if (known.length === 2) {
          lists.release(starts[list] ?? 0);
          expected[list] = [];
        } else {
          const gone = known.splice(value % known.length, 1)[0] ?? 0;
          starts[list] = lists.remove(starts[list] ?? 0, known.length + 1, gone);
        }
        for (const [index, numbers] of expected.entries()) {
          const start = starts[index] ?? 0;
          const found = [...lists.numbers.subarray(start, start + (numbers?.length ?? 0))];
          assert.deepEqual(found.sort(byValue), (numbers ?? []).toSorted(byValue));
        }
      }
    }),
    { numRuns: 200 },
  );
});

test('room that was given back is used again', () => {
  const lists = new NumberLists();
  const start = lists.create(1, 2);
  lists.release(start);
  assert.equal(lists.create(3, 4), start);
});

function byValue(a: number, b: number): number {
  return a - b;
}
