import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { eventNumber } from '../number.ts';
import { above, below, numberFromBytes } from './byte-number.ts';

function agree(text: string): void {
  const bytes = new TextEncoder().encode(`[${text}]`);
  const expected = eventNumber(text) ?? Number.NaN;
  assert.ok(Object.is(numberFromBytes(bytes, 1, bytes.length - 1), expected), `${text} is ${expected}`);
}

test('the same values as from text', () => {
  const texts = ['0', '-0', '0.0', '-0.0', '7', '-7', '0.1', '0.30000000000000004', '1e5', '1.5E-7', '1e309'];
  texts.push(
    '9007199254740991',
    '9007199254740993',
    '-9007199254740993',
    '900000000000000',
    '899999999999999',
  );
  texts.push(
    '0.00000000000000000000001',
    '123456789012345.6789',
    '1.0000000000000001',
    '0.000000000000000001',
  );
  for (const text of texts) agree(text);
});

test('the same values as from text, for decimals of any length', () => {
  const digits = (maxLength: number) =>
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength });
  fc.assert(
    fc.property(fc.boolean(), digits(19), digits(24), fc.boolean(), (minus, whole, fraction, dotted) => {
      const integer = whole.replace(/^0+(?=\d)/, '');
      agree(`${minus ? '-' : ''}${integer}${dotted ? `.${fraction}` : ''}`);
    }),
    { numRuns: 5000 },
  );
});

test('the same values as from text, for what doubles print', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) =>
      agree(String(value).replace('+', '')),
    ),
    { numRuns: 5000 },
  );
  fc.assert(
    fc.property(fc.double({ min: -180, max: 180, noNaN: true }), (value) => agree(String(value))),
    { numRuns: 5000 },
  );
});

test('the same values as from text, next to the middle between two doubles', () => {
  const middle = fc
    .tuple(
      fc.integer({ min: 2 ** 20, max: 2 ** 30 }),
      fc.integer({ min: 0, max: 2 ** 22 }),
      fc.integer({ min: 1, max: 22 }),
    )
    .map(([high, low, places]) => {
      const digits = ((BigInt(high) << 23n) + BigInt(2 * low + 1)).toString().padStart(places + 1, '0');
      return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
    });
  fc.assert(fc.property(middle, agree), { numRuns: 5000 });
});

test('nothing is between a double and the one above or below it', () => {
  for (const value of [0, -0, 5e-324, -5e-324, 1, -1, 2 ** 53, 2.2250738585072014e-308, Number.MAX_VALUE]) {
    assert.ok(above(value) > value && below(value) < value, String(value));
  }
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const next = above(value);
      assert.ok(next > value);
      const middle = value / 2 + next / 2;
      assert.ok(middle <= value || middle >= next || Math.abs(value) < 1e-300);
      if (value !== 0) assert.equal(below(next), value);
    }),
  );
  assert.equal(above(Number.NEGATIVE_INFINITY), -Number.MAX_VALUE);
  assert.equal(above(Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY);
  assert.equal(below(Number.NEGATIVE_INFINITY), Number.NEGATIVE_INFINITY);
});
