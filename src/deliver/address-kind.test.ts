import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type AddressKind, kindOfAddress } from './address-kind.ts';

type Bytes = readonly [number, number, number, number];

/** What the lists say, in arithmetic instead of a library. */
function naiveKind([a, b, c, d]: Bytes): AddressKind {
  if (a === 169 && b === 254) return 'never';
  if (a >= 224 && a <= 239) return 'never';
  const whole = [a, b, c, d].join('.');
  if (['100.100.100.200', '168.63.129.16', '192.0.0.192', '255.255.255.255'].includes(whole)) return 'never';
  if (a === 0 || a === 10 || a === 127 || a >= 240) return 'inside';
  if (a === 100 && b >= 64 && b <= 127) return 'inside';
  if (a === 172 && b >= 16 && b <= 31) return 'inside';
  if (a === 192 && (b === 168 || (b === 0 && (c === 0 || c === 2)) || (b === 88 && c === 99)))
    return 'inside';
  if (a === 198 && (b === 18 || b === 19 || (b === 51 && c === 100))) return 'inside';
  return a === 203 && b === 0 && c === 113 ? 'inside' : 'public';
}

const byte = fc.integer({ min: 0, max: 255 });
const anywhere: fc.Arbitrary<Bytes> = fc.tuple(byte, byte, byte, byte);
// Without these, chance would hardly ever come near a border.
const nearBorders: fc.Arbitrary<Bytes> = fc
  .tuple(
    fc.constantFrom(
      [169, 254, 169, 254],
      [169, 253, 255, 255],
      [10, 0, 0, 0],
      [100, 64, 0, 0],
      [100, 100, 100, 200],
      [127, 255, 255, 255],
      [172, 16, 0, 0],
      [172, 32, 0, 0],
      [192, 0, 0, 192],
      [192, 168, 0, 0],
      [198, 20, 0, 0],
      [223, 255, 255, 255],
      [240, 0, 0, 0],
      [255, 255, 255, 255],
    ),
    fc.integer({ min: -2, max: 2 }),
  )
  .map(([[a = 0, b = 0, c = 0, d = 0], off]) => {
    const number = (((a * 256 + b) * 256 + c) * 256 + d + off + 2 ** 32) % 2 ** 32;
    return [number >>> 24, (number >>> 16) & 255, (number >>> 8) & 255, number & 255];
  });
const ipv4 = fc.oneof(anywhere, nearBorders);

const hex = (...bytes: number[]) => bytes.map((value) => value.toString(16).padStart(2, '0')).join('');

test('every IPv4 address is of the kind that its numbers say', () => {
  fc.assert(
    fc.property(ipv4, (bytes) => assert.equal(kindOfAddress(bytes.join('.')), naiveKind(bytes))),
    { numRuns: 5000 },
  );
});

test('an IPv6 address that stands for an IPv4 address is of the kind of that one', () => {
  fc.assert(
    fc.property(ipv4, fc.nat(0xffff), (bytes, any) => {
      const [a, b, c, d] = bytes;
      const tail = `${hex(a, b)}:${hex(c, d)}`;
      for (const address of [
        `::ffff:${bytes.join('.')}`,
        `::ffff:${tail}`,
        `0:0:0:0:0:ffff:${tail}`,
        `::ffff:0:${tail}`,
        `64:ff9b::${bytes.join('.')}`,
        `64:ff9b:1::${tail}`,
        `2002:${tail}:${any.toString(16)}::1`,
        `2001:0:${any.toString(16)}:1:2:3:${hex(a ^ 255, b ^ 255)}:${hex(c ^ 255, d ^ 255)}`,
        `::ffff:${tail}%eth0`,
      ]) {
        assert.equal(kindOfAddress(address), naiveKind(bytes), address);
      }
    }),
    { numRuns: 1000 },
  );
});

test('IPv6 addresses that are never reached, or inside, are known for what they are', () => {
  const group = fc.nat(0xffff).map((value) => value.toString(16));
  const rest = (count: number) =>
    fc.array(group, { minLength: count, maxLength: count }).map((all) => all.join(':'));
  const within = (kind: AddressKind, first: number, last: number) =>
    fc.assert(
      fc.property(fc.integer({ min: first, max: last }), rest(7), (start, tail) => {
        // AWS and Google have their metadata services in the private range.
        if (/^fd(00:ec2|20:ce):/.test(`${start.toString(16)}:${tail}`)) return;
        assert.equal(kindOfAddress(`${start.toString(16)}:${tail}`), kind);
      }),
    );
  within('never', 0xfe80, 0xfebf);
  within('never', 0xff00, 0xffff);
  within('inside', 0xfc00, 0xfdff);
  within('inside', 0xfec0, 0xfeff);
  within('public', 0x2400, 0x2fff);
  fc.assert(fc.property(rest(6), (tail) => assert.equal(kindOfAddress(`fd00:ec2:${tail}`), 'never')));
  assert.equal(kindOfAddress('fd20:ce::254'), 'never');
  assert.equal(kindOfAddress('fe80::1%eth0'), 'never');
  for (const address of ['::', '::1', '::127.0.0.1', '2001:db8::1']) {
    assert.equal(kindOfAddress(address), 'inside', address);
  }
});

test('what is no address goes nowhere', () => {
  for (const text of ['', 'localhost', '1.2.3', '0x7f.0.0.1', '1.2.3.4.5', '::g', '%eth0']) {
    assert.equal(kindOfAddress(text), 'never', text);
  }
});
