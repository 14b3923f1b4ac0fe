import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LogMarks } from './log-marks.ts';

test('a message is needed until each of its reasons is gone', () => {
  const marks = new LogMarks();
  marks.need(300, 10);
  marks.need(300, 10);
  marks.setFirstRow(300, 7);
  assert.equal(marks.neededBytes, 10);
  assert.equal(marks.firstRow(300), 7);
  assert.equal(marks.release(300), undefined);
  assert.ok(marks.isNeeded(300));
  assert.equal(marks.release(300), 10);
  assert.ok(!marks.isNeeded(300));
  assert.equal(marks.firstRow(300), -1);
  assert.equal(marks.neededBytes, 0);
  assert.equal(marks.release(300), undefined);
});

test('the lowest that is needed is that of a plain set', () => {
  // Messages come one after the other; the older ones lose their reasons in any order.
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat({ max: 2_000 })), { maxLength: 3_000 }), (steps) => {
      const marks = new LogMarks();
      const needed: number[] = [];
      let last = 0;
      for (const step of steps) {
        const released = step === null ? undefined : needed.splice(step % Math.max(needed.length, 1), 1)[0];
        if (released !== undefined) marks.release(released);
        else {
          last += 100;
          marks.need(last);
          needed.push(last);
        }
        assert.equal(marks.lowest(last + 1), Math.min(last + 1, ...needed));
      }
    }),
    { numRuns: 30 },
  );
});
