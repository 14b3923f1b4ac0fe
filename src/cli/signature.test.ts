import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { test } from 'node:test';
import { signedHeaders } from './signature.ts';

// The signature worked out by hand from the published steps, as a check on the signer and the hash beneath it.
test('the signature is the one of the published steps', async () => {
  const url = new URL('http://127.0.0.1:4010/');
  const body = '{"Entries":[]}';
  const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'token' };
  const headers = await signedHeaders(
    { url, body, headers: { host: url.host, 'x-amz-target': 'AWSEvents.PutEvents' } },
    credentials,
    'us-east-1',
  );
  const { authorization = '', ...signed } = headers;
  const names = Object.keys(signed).sort();
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  const keyed = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const lines = names.map((name) => `${name}:${signed[name]}`).join('\n');
  const canonical = `POST\n/\n\n${lines}\n\n${names.join(';')}\n${hash(body)}`;
  const date = signed['x-amz-date'] ?? '';
  const scope = `${date.slice(0, 8)}/us-east-1/events/aws4_request`;
  const toSign = `AWS4-HMAC-SHA256\n${date}\n${scope}\n${hash(canonical)}`;
  const key = ['us-east-1', 'events', 'aws4_request'].reduce(keyed, keyed('AWS4secret', date.slice(0, 8)));
  assert.equal(
    authorization,
    `AWS4-HMAC-SHA256 Credential=AKID/${scope}, SignedHeaders=${names.join(';')}, Signature=${keyed(key, toSign).toString('hex')}`,
  );
  assert.equal(signed['x-amz-security-token'], 'token');
});
