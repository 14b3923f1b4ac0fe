import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressDigits, type Block, parseBlock, withinBlock } from './address.ts';

function block(text: string): Block {
  const result = parseBlock(text);
  if ('reason' in result) assert.fail(result.reason);
  return result;
}

function reason(text: string): string | undefined {
  const result = parseBlock(text);
  return 'reason' in result ? result.reason : undefined;
}

test('addresses become hexadecimal digits', () => {
  assert.equal(addressDigits('10.0.0.255'), '0A0000FF');
  assert.equal(addressDigits('010.000.0.1'), '0A000001');
  assert.equal(addressDigits('::'), '0'.repeat(32));
  assert.equal(addressDigits('2001:db8::1'), '20010DB8000000000000000000000001');
  assert.equal(addressDigits('2001:0DB8:0:0:0:0:0:1'), addressDigits('2001:db8::1'));
  assert.equal(addressDigits('1:2:3:4:5:6:7::'), '00010002000300040005000600070000');
});

test('an embedded IPv4 address is that address', () => {
  assert.equal(addressDigits('::ffff:a00:1'), '0A000001');
  assert.equal(addressDigits('::ffff:10.0.0.1'), undefined);
});

test('what is no address has no digits', () => {
  const texts = [
    '',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.1.2',
    'a.b.c.d',
    ' 10.0.0.1',
    '000000000010.0.0.1',
    ':',
    ':::',
  ];
  const ipv6 = [
    '1:2',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8',
    '::1::',
    '10000::',
    '1:',
    ':1:2:3:4:5:6:7',
    'g::',
    'face',
  ];
  for (const text of [...texts, ...ipv6]) assert.equal(addressDigits(text), undefined, text);
});

test('a block ignores host bits', () => {
  assert.deepEqual(block('10.1.2.3/8'), { low: '0A000000', high: '0AFFFFFF' });
  assert.deepEqual(block('192.168.255.255/30'), { low: 'C0A8FFFC', high: 'C0A8FFFF' });
  assert.deepEqual(block('0.0.0.0/+0'), { low: '00000000', high: 'FFFFFFFF' });
  assert.deepEqual(block('10.0.0.0/8//'), block('10.0.0.0/8'));
});

test('a block that is none is refused in the words of AWS', () => {
  assert.equal(reason('bad-filter'), "Malformed CIDR, one '/' required");
  assert.equal(reason('10.0.0.0/'), "Malformed CIDR, one '/' required");
  assert.equal(reason('10.0.0.0/8/9'), "Malformed CIDR, one '/' required");
  assert.equal(reason('10.0.0.0/x'), 'Malformed CIDR, mask bits must be an integer');
  assert.equal(reason('10.0.0.0/99999999999'), 'Malformed CIDR, mask bits must be an integer');
  assert.equal(reason('10.0.0.0/-1'), 'Malformed CIDR, mask bits must not be negative');
  assert.equal(reason('10.0.0.0/32'), 'IPv4 mask bits must be < 32');
  assert.equal(reason('::1/128'), 'IPv6 mask bits must be < 128');
  assert.equal(reason('::ffff:192.0.2.0/24'), 'Nonstandard IP address: ::ffff:192.0.2.0');
  assert.equal(reason('256.0.0.0/8'), 'Invalid IP address: 256.0.0.0');
});

test('addresses of the same family are compared as numbers', () => {
  const cases: [string, string, boolean][] = [
    ['10.0.0.0/8', '10.255.255.255', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['10.0.0.0/8', '9.255.255.255', false],
    ['10.0.0.4/30', '10.0.0.3', false],
    ['10.0.0.4/30', '10.0.0.4', true],
    ['10.0.0.4/30', '10.0.0.7', true],
    ['10.0.0.4/30', '10.0.0.8', false],
    ['10.0.0.4/31', '10.0.0.5', true],
    ['10.0.0.4/31', '10.0.0.6', false],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::', false],
  ];
  for (const [blockText, text, expected] of cases) {
    assert.equal(
      withinBlock(block(blockText), addressDigits(text) ?? ''),
      expected,
      `${text} in ${blockText}`,
    );
  }
});

test('families and types are not kept apart, as on AWS', () => {
  assert.equal(withinBlock(block('::/0'), addressDigits('10.0.0.1') ?? ''), true);
  assert.equal(withinBlock(block('10.0.0.0/8'), addressDigits('a00::1') ?? ''), true);
  assert.equal(withinBlock(block('0.0.0.0/0'), '1'), true);
  assert.equal(withinBlock(block('0.0.0.0/0'), '0'), false);
  assert.equal(withinBlock(block('0.0.0.0/0'), '-1'), false);
  assert.equal(withinBlock(block('10.0.0.0/8'), '1'), false);
});
