import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cutRecord, joinParts, partsOf } from './message-parts.ts';

test('what fits into one message is one', () => {
  const record = { index: '{"o":true}', body: new Uint8Array(10) };
  const { parts, last } = cutRecord(record, 20);
  assert.deepEqual(parts, []);
  assert.equal(last(1), record);
  assert.equal(partsOf(record.index), undefined);
});

test('what does not fit comes back from its parts as it was', () => {
  const record = fc.record({
    index: fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify(text)),
    body: fc.uint8Array({ maxLength: 200 }),
  });
  fc.assert(
    fc.property(record, fc.integer({ min: 1, max: 50 }), (whole, maximumBytes) => {
      const { parts, last } = cutRecord(whole, maximumBytes);
      if (parts.length === 0) return;
      assert.ok(parts.every(({ length }) => length <= maximumBytes));
      const numbers = partsOf(last(41).index);
      assert.deepEqual(
        numbers,
        parts.map((_, index) => 41 + index),
      );
      const { index, body } = joinParts(parts);
      assert.equal(index, whole.index);
      assert.deepEqual(new Uint8Array(body), new Uint8Array(whole.body));
    }),
  );
});
