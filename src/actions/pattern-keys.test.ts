import assert from 'node:assert/strict';
import { test } from 'node:test';
import { patternKeys } from './pattern-keys.ts';

test('the fields that policies may speak of, one value for each value of the pattern', () => {
  const pattern = {
    source: ['a', 'b'],
    'detail-type': ['t'],
    detail: { service: ['EC2'], userIdentity: { principalId: ['p'] }, other: ['x'] },
  };
  assert.deepEqual(patternKeys(JSON.stringify(pattern)), {
    'events:source': ['a', 'b'],
    'events:detail-type': ['t'],
    'events:detail.service': ['EC2'],
    'events:detail.userIdentity.principalId': ['p'],
  });
});

test('what is no plain text equals no text', () => {
  assert.deepEqual(patternKeys('{"source":[{"prefix":"com."},"a"]}'), {
    'events:source': ['{"prefix":"com."}', 'a'],
  });
});

test('alternatives count as if they stood side by side', () => {
  assert.deepEqual(
    patternKeys('{"$or":[{"source":["a"]},{"source":["b"]}],"detail":{"$or":[{"service":["s"]}]}}'),
    {
      'events:source': ['a', 'b'],
      'events:detail.service': ['s'],
    },
  );
});

test('what is no pattern says nothing', () => {
  for (const text of ['{', '[]', 'null', '{"detail":7}', '{"__proto__":{"source":["a"]}}']) {
    assert.deepEqual(patternKeys(text), {}, text);
  }
});
