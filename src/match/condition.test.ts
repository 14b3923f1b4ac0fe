import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holds } from './condition.ts';
import { readFields } from './event-fields.ts';
import { parsePattern } from './parse-pattern.ts';

/** Whether a condition holds for a value, both as JSON text. */
function check(condition: string, value: string): boolean {
  const [parsed] = parsePattern(`{"v":[${condition}]}`).subRules[0]?.fields.get('v') ?? [];
  const [scalar] = readFields(`{"v":${value}}`, ['v']).get('v') ?? [];
  if (parsed === undefined || scalar === undefined) assert.fail('nothing to check');
  return holds(parsed, scalar);
}

function table(
  rows: readonly (readonly [condition: string, yes: readonly string[], no: readonly string[]])[],
) {
  for (const [condition, yes, no] of rows) {
    for (const value of yes) assert.ok(check(condition, value), `${condition} should hold for ${value}`);
    for (const value of no) assert.ok(!check(condition, value), `${condition} should not hold for ${value}`);
  }
}

test('literals', () => {
  table([
    ['"a"', ['"a"', '"\\u0061"'], ['"A"', '"ab"', 'null']],
    ['"é"', ['"\\u00e9"'], ['"e\\u0301"']],
    ['""', ['""'], ['null', '" "']],
    ['"true"', ['"true"'], ['true']],
    ['true', ['true'], ['"true"', 'false', '1']],
    ['null', ['null'], ['"null"', 'false', '0']],
    ['"10.0.0.1"', ['"10.0.0.1"', '"010.0.0.01"'], ['"10.0.0.2"']],
    ['"2001:db8::1"', ['"2001:0DB8:0:0:0:0:0:1"'], ['"2001:db8::2"']],
  ]);
});

test('numbers', () => {
  table([
    ['300', ['300', '300.0', '3.0e2'], ['"300"', '301']],
    ['-0', ['0', '0.0', '-0'], ['1']],
    ['9007199254740993', ['9007199254740993'], ['9007199254740992', '9007199254740993.0']],
    ['1.0000000000000001', [], ['1.0000000000000001', '1']],
    ['1e309', [], ['1e309']],
  ]);
});

test('ranges', () => {
  table([
    ['{"numeric":["=",3]}', ['3', '3.0'], ['"3"', '4', 'null']],
    ['{"numeric":[">",0,"<=",5]}', ['5', '0.1'], ['0', '5.1', '-1', '9007199254740993']],
    ['{"numeric":["<",0]}', ['-1e300'], ['0', '-0', '1e309', '-1e309']],
    ['{"numeric":[">=",0]}', ['0', '-0', '1e308'], ['-1e-300']],
  ]);
});

test('strings', () => {
  table([
    ['{"prefix":"ab"}', ['"ab"', '"abc"'], ['"a"', '"Abc"', '1']],
    ['{"prefix":""}', ['""', '"x"'], ['null', '0']],
    ['{"suffix":"bc"}', ['"bc"', '"abc"'], ['"c"', 'true']],
    ['{"prefix":{"equals-ignore-case":"aB"}}', ['"ABc"', '"ab"'], ['"a"', '"xab"']],
    ['{"suffix":{"equals-ignore-case":"aB"}}', ['"xAb"'], ['"abx"', '3']],
    ['{"equals-ignore-case":"aB"}', ['"AB"', '"ab"'], ['"abc"', 'null']],
    ['{"equals-ignore-case":""}', ['""'], ['"a"']],
    ['{"wildcard":"a*b"}', ['"ab"', '"axxb"'], ['"abc"', '1']],
    ['{"wildcard":""}', ['""'], ['"a"', 'null']],
  ]);
});

test('presence', () => {
  table([
    ['{"exists":true}', ['null', '""', '0'], []],
    ['{"exists":false}', [], ['null', '""', '0']],
  ]);
});

test('anything-but holds for any other value, of any type', () => {
  table([
    ['{"anything-but":"a"}', ['"b"', 'null', '1', 'true'], ['"a"']],
    ['{"anything-but":["a","1"]}', ['1', '"b"'], ['"a"', '"1"']],
    ['{"anything-but":1}', ['"1"', '2', '9007199254740993'], ['1', '1.0', '10e-1']],
    ['{"anything-but":{"prefix":"a"}}', ['"b"', 'null', '1'], ['"ab"']],
    ['{"anything-but":{"suffix":["a","b"]}}', ['"c"', 'false'], ['"xa"', '"b"']],
    ['{"anything-but":{"equals-ignore-case":["a"]}}', ['"b"', '"aa"'], ['"A"']],
    ['{"anything-but":{"wildcard":"a*"}}', ['"ba"', '0'], ['"a"']],
  ]);
});

test('blocks of addresses', () => {
  table([
    ['{"cidr":"10.0.0.0/8"}', ['"10.1.2.3"', '"a00::1"'], ['"11.0.0.0"', '"x"', '10', 'null', '"10"']],
    ['{"cidr":"::/0"}', ['"10.0.0.1"', '1'], ['""', 'true']],
  ]);
});
