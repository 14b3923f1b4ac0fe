import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { matchesSegments } from '../wildcard.ts';
import { byteText, LongText } from './long-text.ts';

test('segments are found in order, none over another', () => {
  const letters = (minLength: number, maxLength: number) =>
    fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength, maxLength });
  fc.assert(
    fc.property(
      letters(0, 12),
      fc.nat(60),
      fc.array(letters(1, 3), { maxLength: 4 }),
      (text, times, segments) => {
        const long = text + 'b'.repeat(times);
        const bytes = new TextEncoder().encode(long);
        const pieces = segments.map((segment) => {
          const piece = new TextEncoder().encode(segment);
          return { bytes: piece, text: byteText(piece) };
        });
        const expected = matchesSegments(['', ...segments, ''], long);
        assert.equal(new LongText(bytes).hasInOrder(pieces, 0, bytes.length), expected);
      },
    ),
    { numRuns: 3000 },
  );
});

test('only what stands between two places counts', () => {
  const bytes = new TextEncoder().encode('xaybz');
  const piece = { bytes: Uint8Array.of(0x79), text: 'y' };
  const text = new LongText(bytes);
  assert.equal(text.hasInOrder([piece], 2, 3), true);
  assert.equal(text.hasInOrder([piece], 3, 5), false);
  assert.equal(text.hasInOrder([piece], 0, 2), false);
});
