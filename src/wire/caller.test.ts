import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claimedScope } from './caller.ts';

const defaults = { account: '000000000000', region: 'us-east-1' };
const header = (credential: string) =>
  `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=00`;

test('the region is that of the credential scope', () => {
  const scope = claimedScope(header('AKIDEXAMPLE/20260102/eu-central-1/events/aws4_request'), defaults);
  assert.deepEqual(scope, { account: '000000000000', region: 'eu-central-1' });
});

test('an access key of twelve digits is the account', () => {
  const scope = claimedScope(header('123456789012/20260102/us-gov-west-1/events/aws4_request'), defaults);
  assert.deepEqual(scope, { account: '123456789012', region: 'us-gov-west-1' });
});

test('a SigV4a scope names no region', () => {
  const scope = claimedScope(header('123456789012/20260102/events/aws4_request'), defaults);
  assert.deepEqual(scope, { account: '123456789012', region: 'us-east-1' });
});

test('whatever else the header says, the defaults hold', () => {
  for (const authorization of [undefined, '', 'Bearer x', 'Credential=', header('a/b/not a region/d/e')]) {
    assert.deepEqual(claimedScope(authorization, defaults), defaults);
  }
});
