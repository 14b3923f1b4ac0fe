import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFields } from './event-fields.ts';
import { nearMiss } from './near-miss.ts';
import { parsePattern } from './parse-pattern.ts';

function miss(conditions: string, value: string): string | undefined {
  const parsed = parsePattern(`{"v":[${conditions}]}`).subRules[0]?.fields.get('v') ?? [];
  const [scalar] = readFields(`{"v":${value}}`, ['v']).get('v') ?? [];
  return scalar === undefined ? assert.fail('no value') : nearMiss(parsed, scalar);
}

test('another type with the same text', () => {
  assert.equal(miss('5', '"5"'), 'The event holds the string "5", the pattern asks for the number.');
  assert.equal(miss('"5"', '5'), 'The event holds the number 5, the pattern asks for the string.');
  assert.equal(
    miss('true', '"true"'),
    'The event holds the string "true", the pattern asks for the bare word.',
  );
  assert.equal(
    miss('"x","null"', 'null'),
    'The event holds the bare word null, the pattern asks for the string.',
  );
  assert.equal(
    miss('{"numeric":[">",1]}', '"7"'),
    'The event holds the string "7": numeric looks at numbers only.',
  );
});

test('another spelling', () => {
  assert.match(miss('"Running"', '"running"') ?? '', /case only/);
  assert.match(miss('"running"', '" running"') ?? '', /white space only/);
});

test('what is far off is no near miss', () => {
  assert.equal(miss('"a",1,null,{"prefix":"A"},{"numeric":["<",0]}', '"b"'), undefined);
  assert.equal(miss('1', '2'), undefined);
});
