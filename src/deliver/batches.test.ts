import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { inBatches } from './batches.ts';

const inputsOf = (batches: readonly (readonly { input: string }[])[]) =>
  batches.map((batch) => batch.map(({ input }) => input));
const ready = (...inputs: readonly string[]) => inputs.map((input) => ({ input }));

test('a batch holds no more entries and bytes than the service takes', () => {
  const limits = { entries: 3, bytes: 10 };
  assert.deepEqual(inputsOf(inBatches(ready('1', '2', '3', '4'), limits)), [['1', '2', '3'], ['4']]);
  assert.deepEqual(inputsOf(inBatches(ready('12345', '67890', 'x'), limits)), [['12345', '67890'], ['x']]);
  assert.deepEqual(inputsOf(inBatches(ready('ééé', 'ééé'), limits)), [['ééé'], ['ééé']]);
  assert.deepEqual(inputsOf(inBatches(ready('1', '2'), { ...limits, bytesPerEntry: 5 })), [['1'], ['2']]);
});

test('what is too long on its own goes alone', () => {
  const limits = { entries: 3, bytes: 4 };
  assert.deepEqual(inputsOf(inBatches(ready('1', '123456', '2'), limits)), [['1'], ['123456'], ['2']]);
});

test('nothing is lost, nor is the order', () => {
  const sizes = fc.array(fc.nat({ max: 12 }));
  fc.assert(
    fc.property(
      sizes,
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 20 }),
      (all, entries, bytes) => {
        const items = all.map((size, n) => ({ input: 'x'.repeat(size), n }));
        const batches = inBatches(items, { entries, bytes });
        assert.deepEqual(batches.flat(), items);
        for (const batch of batches) {
          const filled = batch.reduce((sum, { input }) => sum + input.length, 0);
          assert.ok(batch.length <= entries && (filled <= bytes || batch.length === 1));
        }
      },
    ),
  );
});
