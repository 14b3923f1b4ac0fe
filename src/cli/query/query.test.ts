import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { compactJson } from '../output/output-json.ts';
import { parseJson } from '../parameters/json-text.ts';
import { type ParameterValue, plainObjects } from '../parameters/parameter-value.ts';
import { compileQuery, QueryError } from './query.ts';

// Answers of Python's jmespath 1.0.1, the one inside the AWS CLI.
const text = readFileSync(new URL('../../../test/data/cli-queries.json', import.meta.url), 'utf8');
const recorded = plainObjects(parseJson(text)) as ReadonlyMap<string, ParameterValue>;
const data = recorded.get('data') ?? null;

function cases(name: string): readonly (readonly [query: string, answer: string])[] {
  const found = recorded.get(name) as readonly (readonly [string, string])[];
  assert.ok(found.length > 10, name);
  return found;
}

test('what queries find', () => {
  for (const [query, answer] of cases('found')) {
    assert.equal(compactJson(compileQuery(query)(data)), answer, query);
  }
});

test('expressions that are none', () => {
  for (const [query, message] of cases('syntax')) {
    assert.throws(() => compileQuery(query), new QueryError(message), query);
  }
});

test('what can’t be computed', () => {
  for (const [query, message] of cases('run')) {
    const compiled = compileQuery(query);
    assert.throws(() => compiled(data), new QueryError(message), query);
  }
});

test('a reference is for functions: as a result it is an error', () => {
  for (const query of ['&Name', '[&Name]', 'to_array(&Name)']) {
    const compiled = compileQuery(query);
    assert.throws(
      () => compiled(data),
      new QueryError('Object of type _Expression is not JSON serializable'),
    );
  }
});

test('objects only can be merged', () => {
  const compiled = compileQuery('merge(Tags, NextToken)');
  assert.throws(() => compiled(data), /In function merge\(\), invalid type for value: tok, expected one of:/);
});

test('numbers that no integer holds', () => {
  assert.throws(() => compileQuery('ceil(`Infinity`)')(data), {
    message: 'cannot convert float infinity to integer',
  });
  assert.throws(() => compileQuery('floor(`NaN`)')(data), {
    message: 'cannot convert float NaN to integer',
  });
});

test('a long text is no number, and that is seen at once', () => {
  assert.equal(compileQuery(`to_number('${'1'.repeat(100_000)}x')`)(data), null);
});
