import assert from 'node:assert/strict';
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { hmacSha256, sha256 } from './sha256.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

test('hashes are those of node:crypto, at every length around a block and beyond', () => {
  for (const length of [...Array(200).keys(), 1000, 32_767, 32_768, 100_000, 5]) {
    const data = randomBytes(length);
    assert.equal(hex(sha256(data)), createHash('sha256').update(data).digest('hex'), `${length} bytes`);
  }
});

test('keyed hashes are those of node:crypto, for keys shorter and longer than a block', () => {
  for (const length of [0, 1, 32, 63, 64, 65, 200]) {
    const key = randomBytes(length);
    const data = randomBytes(100);
    assert.equal(
      hex(hmacSha256(key, data)),
      createHmac('sha256', key).update(data).digest('hex'),
      `${length} bytes`,
    );
  }
});
