import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DueQueue } from './due-queue.ts';

const due = fc.record(
  { dueAt: fc.integer({ min: 0, max: 9 }), id: fc.constantFrom('a', 'b', 'c', 'd') },
  { noNullPrototype: true },
);

test('whatever goes in comes out in order of due time and id', () => {
  fc.assert(
    fc.property(fc.array(due, { maxLength: 50 }), (all) => {
      const queue = new DueQueue();
      for (const each of all) queue.push(each);
      const sorted = all.toSorted((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
      for (const expected of sorted) {
        assert.deepEqual(queue.peek(), expected);
        assert.deepEqual(queue.pop(), expected);
      }
      assert.equal(queue.peek(), undefined);
      assert.equal(queue.pop(), undefined);
    }),
  );
});

test('pushing and popping in turns keeps the order', () => {
  fc.assert(
    fc.property(fc.array(fc.option(due), { maxLength: 80 }), (steps) => {
      const queue = new DueQueue();
      const naive: { dueAt: number; id: string }[] = [];
      for (const step of steps) {
        if (step === null) assert.deepEqual(queue.pop(), naive.shift());
        else {
          queue.push(step);
          naive.push(step);
          naive.sort((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
        }
      }
    }),
  );
});
