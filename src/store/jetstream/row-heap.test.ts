import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RowHeap } from './row-heap.ts';

// Rows 0 to 19; each step puts one in, takes it out wherever it stands, or takes the first one out.
const step = fc.record({
  row: fc.nat({ max: 19 }),
  act: fc.constantFrom('push', 'push', 'remove', 'pop'),
});

test('whatever goes in and out, the first is the first, and each row knows where it stands', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 9 }), { minLength: 20, maxLength: 20 }),
      fc.array(step),
      (times, steps) => {
        const isBefore = (a: number, b: number) => {
          const difference = (times[a] ?? 0) - (times[b] ?? 0);
          return difference < 0 || (difference === 0 && a < b);
        };
        const places = new Map<number, number>();
        const heap = new RowHeap(isBefore, (row, index) => places.set(row, index));
        const naive = new Set<number>();
        const first = () => [...naive].sort((a, b) => (isBefore(a, b) ? -1 : 1))[0];
        for (const { row, act } of steps) {
          if (act === 'push' && !naive.has(row)) {
            heap.push(row);
            naive.add(row);
          } else if (act === 'remove' && naive.delete(row)) {
            heap.removeAt(places.get(row) ?? -1);
            assert.equal(places.get(row), -1);
          } else if (act === 'pop' && naive.size > 0) {
            naive.delete(first() ?? -1);
            heap.removeAt(0);
          }
          assert.equal(heap.peek(), first());
          assert.equal(heap.length, naive.size);
        }
      },
    ),
  );
});
