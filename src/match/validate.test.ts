import assert from 'node:assert/strict';
import { test } from 'node:test';
import { validate } from './validate.ts';

test('a valid pattern has nothing wrong with it', () => {
  assert.equal(validate('{"source":["shop"]}'), undefined);
});

test('an invalid one is told in the words of AWS, with what was probably meant', () => {
  const wrong = validate('{"field":true}');
  assert.match(
    wrong?.message ?? '',
    /^Event pattern is not valid\. Reason: "field" must be an object or an array/,
  );
  assert.match(wrong?.hint ?? '', /"field": \[true\]/);
});
