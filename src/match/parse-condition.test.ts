import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InvalidPatternError } from './invalid-pattern-error.ts';
import { parsePattern } from './parse-pattern.ts';
import type { Condition } from './pattern.ts';

function parsed(condition: string): Condition {
  const [first] = parsePattern(`{"v":[${condition}]}`).subRules[0]?.fields.get('v') ?? [];
  return first ?? assert.fail('no condition');
}

function reason(condition: string): string {
  try {
    parsed(condition);
  } catch (error) {
    assert.ok(error instanceof InvalidPatternError);
    return error.reason;
  }
  return assert.fail(`${condition} is accepted`);
}

test('literals', () => {
  assert.deepEqual(parsed('"a\\u0062"'), { kind: 'string', value: 'ab', address: undefined });
  assert.deepEqual(parsed('"10.0.0.1"'), { kind: 'string', value: '10.0.0.1', address: '0A000001' });
  assert.deepEqual(parsed('3.0e2'), { kind: 'number', text: '3.0e2', value: 300 });
  assert.deepEqual(parsed('9007199254740993'), {
    kind: 'number',
    text: '9007199254740993',
    value: undefined,
  });
  assert.deepEqual(parsed('null'), { kind: 'token', token: 'null' });
  assert.deepEqual(parsed('{"exactly":"a"}'), { kind: 'string', value: 'a', address: undefined });
});

test('operators with one string', () => {
  assert.deepEqual(parsed('{"prefix":"a"}'), { kind: 'prefix', value: 'a' });
  assert.deepEqual(parsed('{"suffix":""}'), { kind: 'suffix', value: '' });
  assert.deepEqual(parsed('{"wildcard":"a*\\\\*b"}'), {
    kind: 'wildcard',
    value: 'a*\\*b',
    segments: ['a', '*b'],
  });
  const alternatives = [['a', 'A'], ['1'], ['ß', 'SS']];
  for (const [text, kind] of [
    ['{"equals-ignore-case":"A1ß"}', 'equals-ignore-case'],
    ['{"prefix":{"equals-ignore-case":"A1ß"}}', 'prefix-ignore-case'],
    ['{"suffix":{"equals-ignore-case":"A1ß"}}', 'suffix-ignore-case'],
  ] as const) {
    assert.deepEqual(parsed(text), { kind, value: 'A1ß', alternatives });
  }
});

test('presence and blocks', () => {
  assert.deepEqual(parsed('{"exists":false}'), { kind: 'exists', exists: false });
  assert.deepEqual(parsed('{"cidr":"10.0.0.1/24"}'), {
    kind: 'cidr',
    value: '10.0.0.1/24',
    low: '0A000000',
    high: '0A0000FF',
  });
});

test('ranges', () => {
  const range = (low: number, lowIncluded: boolean, high: number, highIncluded: boolean) => ({
    kind: 'numeric',
    low,
    lowIncluded,
    high,
    highIncluded,
  });
  const infinity = Number.POSITIVE_INFINITY;
  assert.deepEqual(parsed('{"numeric":["=",-0]}'), range(0, true, 0, true));
  assert.deepEqual(parsed('{"numeric":["<",5e0]}'), range(-infinity, true, 5, false));
  assert.deepEqual(parsed('{"numeric":["<=",5]}'), range(-infinity, true, 5, true));
  assert.deepEqual(parsed('{"numeric":[">",5]}'), range(5, false, infinity, true));
  assert.deepEqual(parsed('{"numeric":[">=",0.1,"<",0.2]}'), range(0.1, true, 0.2, false));
});

test('anything-but in each form', () => {
  assert.deepEqual(parsed('{"anything-but":""}'), { kind: 'not-strings', values: [''] });
  assert.deepEqual(parsed('{"anything-but":["a","b"]}'), { kind: 'not-strings', values: ['a', 'b'] });
  assert.deepEqual(parsed('{"anything-but":1.0}'), { kind: 'not-numbers', values: [1] });
  assert.deepEqual(parsed('{"anything-but":[1,2]}'), { kind: 'not-numbers', values: [1, 2] });
  assert.deepEqual(parsed('{"anything-but":{"prefix":"a"}}'), {
    kind: 'none-of',
    conditions: [{ kind: 'prefix', value: 'a' }],
  });
  assert.deepEqual(parsed('{"anything-but":{"wildcard":["a*","b"]}}'), {
    kind: 'none-of',
    conditions: [
      { kind: 'wildcard', value: 'a*', segments: ['a', ''] },
      { kind: 'wildcard', value: 'b', segments: ['b'] },
    ],
  });
  assert.deepEqual(parsed('{"anything-but":{"equals-ignore-case":""}}'), {
    kind: 'none-of',
    conditions: [{ kind: 'equals-ignore-case', value: '', alternatives: [] }],
  });
});

test('of several faults the first in text order is named', () => {
  assert.equal(reason('{"numeric":["=",1e309,2]}'), 'Too many elements in numeric expression');
  assert.equal(reason('{"numeric":[">",1e309,"<",1]}'), 'Cannot compare number : 1e309');
  assert.equal(reason('{"wildcard":"**","x":1}'), 'Consecutive wildcard characters at pos 1');
  assert.equal(
    reason('{"prefix":{"equals-ignore-case":"a"},"x":1}'),
    'Only one key allowed in match expression',
  );
});

test('an empty list of operands is refused, where AWS fails', () => {
  assert.equal(reason('{"anything-but":{"suffix":[]}}'), 'Empty arrays are not allowed');
});
