import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bucketKey, recordName } from './bucket-key.ts';

const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('\ud800', 'a\udc00', ''));

test('any kind and key come back from a key that NATS takes', () => {
  fc.assert(
    fc.property(text, text, (kind, key) => {
      const name = bucketKey(kind, key);
      assert.match(name, /^[-/_=a-zA-Z0-9]+\.[-/_=a-zA-Z0-9]+$/);
      assert.deepEqual(recordName(name), { kind, key });
    }),
  );
});

test('what somebody else put into the bucket is nobody’s name', () => {
  for (const name of ['', 'orders', 'x.y', 'ua.ub.uc', 'uYQ']) assert.equal(recordName(name), undefined);
});
