import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dynamicValues } from './dynamic-value.ts';

test('paths into the event are resolved as a whole, everything else is taken as it stands', () => {
  const resolve = dynamicValues('{"source":"a\\u00e9","detail":{"n":1.0,"list":[{"x":1}],"null":null}}');
  assert.equal(resolve('$.source'), 'aé');
  assert.equal(resolve('$.detail.n'), '1.0');
  assert.equal(resolve('$.detail.list[0]'), '{"x":1}');
  assert.equal(resolve('$.detail.null'), 'null');
  assert.equal(resolve('$.detail.gone'), undefined);
  for (const plain of ['', '$', '$5', 'at $.source', '$.source!', '<$.source>']) {
    assert.equal(resolve(plain), plain);
  }
});
