import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { comparableNumber, eventNumber, isInteger } from './number.ts';

test('numbers that a double holds are comparable, however they are written', () => {
  const cases: [string, number][] = [
    ['0', 0],
    ['0.1', 0.1],
    ['300.0', 300],
    ['3.0e2', 300],
    ['3.0E+2', 300],
    ['10e-1', 1],
    ['1e100', 1e100],
    ['5000000001', 5000000001],
    ['9007199254740992', 9007199254740992],
    ['-0.00050', -0.0005],
    ['0e5', 0],
  ];
  for (const [text, value] of cases) assert.equal(comparableNumber(text), value, text);
});

test('minus zero is zero', () => {
  assert.ok(Object.is(comparableNumber('-0'), 0));
  assert.ok(Object.is(comparableNumber('-0.0'), 0));
  assert.ok(Object.is(eventNumber('-0e1'), 0));
});

test('numbers that a double rounds, overflows or swallows are not comparable', () => {
  for (const text of [
    '9007199254740993',
    '1e309',
    '-1e309',
    '1e-400',
    '1.0000000000000001',
    '12345678901234567890',
  ]) {
    assert.equal(comparableNumber(text), undefined, text);
  }
});

test('in events fractions and exponents go through a double, integers do not', () => {
  assert.equal(eventNumber('1.0000000000000001'), 1);
  assert.equal(eventNumber('9007199254740993.0'), 9007199254740992);
  assert.equal(eventNumber('1e-400'), 0);
  assert.equal(eventNumber('1e309'), undefined);
  assert.equal(eventNumber('9007199254740993'), undefined);
  assert.equal(eventNumber('12'), 12);
});

test('an exponent or a fraction makes a number no integer', () => {
  assert.deepEqual(['1', '-12', '1.0', '1e2', '1E2'].map(isInteger), [true, true, false, false, false]);
});

test('every double is comparable in its shortest form and keeps its value', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      assert.equal(comparableNumber(JSON.stringify(value)), value + 0);
    }),
  );
});

test('a longer decimal next to a double is not comparable', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 }), (value) => {
      assert.equal(comparableNumber(`${value}.00000000000000000001`), undefined);
    }),
  );
});
