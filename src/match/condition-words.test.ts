import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectation } from './condition-words.ts';
import { parsePattern } from './parse-pattern.ts';

function words(conditions: string): string {
  return expectation(parsePattern(`{"v":[${conditions}]}`).subRules[0]?.fields.get('v') ?? []);
}

test('every condition has words', () => {
  const table: [string, string][] = [
    ['"a"', 'is "a"'],
    ['1.0', 'is 1.0'],
    ['null', 'is null'],
    ['{"exists":true}', 'is anything at all'],
    ['{"prefix":"a"}', 'starts with "a"'],
    ['{"suffix":"a"}', 'ends with "a"'],
    ['{"equals-ignore-case":"a"}', 'is "a" in any case'],
    ['{"prefix":{"equals-ignore-case":"a"}}', 'starts with "a" in any case'],
    ['{"suffix":{"equals-ignore-case":"a"}}', 'ends with "a" in any case'],
    ['{"wildcard":"a*"}', 'fits "a*"'],
    ['{"numeric":["=",1]}', 'is a number equal to 1'],
    ['{"numeric":[">",0,"<=",5]}', 'is a number > 0 and <= 5'],
    ['{"numeric":["<",0]}', 'is a number < 0'],
    ['{"cidr":"10.0.0.0/8"}', 'is an address in 10.0.0.0/8'],
    ['{"anything-but":["a","b"]}', 'is anything but "a" or "b"'],
    ['{"anything-but":[1,2]}', 'is anything but 1 or 2'],
    [
      '{"anything-but":{"prefix":["a","b"]}}',
      'is anything but a string that starts with "a" or starts with "b"',
    ],
  ];
  for (const [condition, expected] of table) assert.equal(words(condition), `a value that ${expected}`);
});

test('several conditions are alternatives, absence among them', () => {
  assert.equal(words('"a",1,null'), 'a value that is "a", is 1 or is null');
  assert.equal(words('{"exists":false}'), 'no value');
  assert.equal(words('"a",{"exists":false}'), 'no value, or one that is "a"');
});
