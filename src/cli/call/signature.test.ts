import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { test } from 'node:test';
import { SignatureV4 } from '@smithy/signature-v4';
import { signedHeaders } from './signature.ts';

const CREDENTIALS = { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'token' };
const NOW = new Date('2025-01-02T03:04:05.678Z');

// The official signer's interface for a hash.
class Sha256 {
  readonly #hash;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    const key = ArrayBuffer.isView(secret)
      ? new Uint8Array(secret.buffer, secret.byteOffset, secret.byteLength)
      : secret;
    assert.ok(!(key instanceof ArrayBuffer));
    this.#hash = key === undefined ? createHash('sha256') : createHmac('sha256', key);
  }

  update(data: string | Uint8Array): void {
    this.#hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {}
}

const REQUESTS = [
  { url: 'http://127.0.0.1:4010/', body: '{"Entries":[]}' },
  { url: 'https://events.eu-west-1.amazonaws.com/', body: 'é'.repeat(20_000) },
  { url: "http://localhost:1/a path/b%20c/(d)'*!/", body: '' },
  { url: 'http://localhost:1/?b=2&a=1&a=%20x&c', body: '{}' },
];

test('requests are signed as the official signer signs them', async () => {
  const { sessionToken: _, ...lasting } = CREDENTIALS;
  for (const { url: text, body } of REQUESTS) {
    for (const credentials of [CREDENTIALS, lasting]) {
      const url = new URL(text);
      const headers = { host: url.host, 'x-amz-target': 'AWSEvents.PutEvents', 'x-odd': ' a   b ' };
      const official = new SignatureV4({
        service: 'events',
        region: 'eu-west-1',
        credentials,
        sha256: Sha256,
        applyChecksum: false,
      });
      const query: Record<string, string[]> = {};
      for (const name of new Set(url.searchParams.keys())) query[name] = url.searchParams.getAll(name);
      const expected = await official.sign(
        {
          method: 'POST',
          protocol: url.protocol,
          hostname: url.hostname,
          path: url.pathname,
          query,
          headers,
          body,
        },
        { signingDate: NOW },
      );
      assert.deepEqual(
        signedHeaders({ url, headers, body }, credentials, { region: 'eu-west-1', now: NOW }),
        expected.headers,
        text,
      );
    }
  }
});
