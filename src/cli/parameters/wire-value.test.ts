import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compactJson } from '../output/output-json.ts';
import { parseJson } from './json-text.ts';
import { fromWire, toWire } from './wire-value.ts';

test('times become integers of epoch seconds, wherever they are', () => {
  const sent = parseJson('{"Entries":[{"Time":"2025-01-02","Source":"1970"},{"Time":1.9}]}');
  assert.equal(
    compactJson(toWire(sent, 'PutEventsRequest', new Date(0))),
    '{"Entries":[{"Time":1735776000,"Source":"1970"},{"Time":1}]}',
  );
});

test('answers have the model’s members in the model’s order', () => {
  const answer = parseJson(
    '{"NextToken":null,"Zzz":1,"Rules":[{"State":"ENABLED","Name":"r","Foo":{}},{"Arn":null}]}',
  );
  assert.equal(
    compactJson(fromWire(answer, 'ListRulesResponse', false)),
    '{"Rules":[{"Name":"r","State":"ENABLED"},{}]}',
  );
});

test('times of answers are shown in the local zone, or kept', () => {
  const answer = parseJson('{"CreationTime":1700000000.5}');
  assert.match(
    compactJson(fromWire(answer, 'DescribeArchiveResponse', false)),
    /^\{"CreationTime":"2023-11-1[45]T\d\d:\d\d:20\.500000[+-]\d\d:\d\d"\}$/,
  );
  assert.equal(
    compactJson(fromWire(answer, 'DescribeArchiveResponse', true)),
    '{"CreationTime":1700000000.5}',
  );
});
