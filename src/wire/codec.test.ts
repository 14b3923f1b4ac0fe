import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServiceError } from '../domain/errors.ts';
import { codecOf } from './codec.ts';

function decode(shape: string, value: unknown): unknown {
  return codecOf(shape).decode(value);
}

function refusal(shape: string, value: unknown): string {
  try {
    decode(shape, value);
  } catch (error) {
    assert.ok(error instanceof ServiceError && error.code === 'SerializationException', String(error));
    return error.message;
  }
  return 'accepted';
}

test('members change their spelling on the way in and back on the way out', () => {
  const wire = { Entries: [{ Source: 's', DetailType: 't', Resources: ['r'], Time: 1_700_000_000.123 }] };
  const inside = decode('PutEventsRequest', wire);
  assert.deepEqual(inside, {
    entries: [{ time: 1_700_000_000_123, source: 's', resources: ['r'], detailType: 't' }],
  });
  assert.deepEqual(codecOf('PutEventsRequest').encode(inside), wire);
});

test('null and unknown members count as absent', () => {
  assert.deepEqual(decode('PutRuleRequest', { Name: 'r', Description: null, Colour: 'red' }), { name: 'r' });
});

test('members named by an object prototype are nothing special', () => {
  const paths = JSON.parse('{"__proto__":"$.a","constructor":"$.b"}');
  const inside = decode('InputTransformer', { InputPathsMap: paths, InputTemplate: '"x"' });
  assert.deepEqual(Object.keys((inside as { inputPathsMap: object }).inputPathsMap), [
    '__proto__',
    'constructor',
  ]);
});

test('a wrong type of JSON is refused before anything is validated', () => {
  assert.equal(refusal('PutRuleRequest', { Name: 5 }), 'NUMBER_VALUE can not be converted to String');
  assert.equal(refusal('PutRuleRequest', { Name: true }), 'TRUE_VALUE can not be converted to String');
  assert.equal(refusal('ListRulesRequest', { Limit: '5' }), 'STRING_VALUE can not be converted to Integer');
  assert.equal(
    refusal('PutRuleRequest', { Name: {} }),
    'Start of structure or map found where not expected.',
  );
  assert.equal(refusal('PutRuleRequest', { Name: [] }), 'Start of list found where not expected');
  assert.equal(refusal('PutRuleRequest', []), 'Start of list found where not expected');
  assert.equal(refusal('PutRuleRequest', 'x'), 'Unexpected value type in payload');
  assert.equal(refusal('PutEventsRequest', { Entries: 'x' }), 'Expected list or null');
  assert.match(refusal('PutEventsRequest', { Entries: [{ Time: 'today' }] }), /can not be converted to Date/);
  assert.match(refusal('PutEventsRequest', { Entries: [{ Time: 1e300 }] }), /can not be converted to Date/);
});
