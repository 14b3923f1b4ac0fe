import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TickQueue } from './tick-queue.ts';

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j');
const step = fc.oneof(fc.record({ key, time: fc.nat(9) }), fc.record({ key }));

test('the first is always the earliest, whatever is put, moved and taken out', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const queue = new TickQueue();
      const naive = new Map<string, number>();
      for (const each of steps) {
        if ('time' in each) {
          queue.set(each.key, each.time);
          naive.set(each.key, each.time);
        } else {
          queue.delete(each.key);
          naive.delete(each.key);
        }
        const [first] = [...naive].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1));
        const found = queue.first();
        assert.deepEqual(found && [found.key, found.time], first);
      }
    }),
  );
});
