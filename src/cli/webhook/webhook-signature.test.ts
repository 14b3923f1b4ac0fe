import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { WebhookSecretError, webhookHeaders, webhookKey } from './webhook-signature.ts';

test('the signature is over id, time and body', () => {
  const secret = Buffer.from('a secret of some twenty-four bytes').toString('base64');
  const headers = webhookHeaders({ id: 'e-1', body: '{"é":1}', now: 1_700_000_000_999 }, webhookKey(secret));
  const expected = createHmac('sha256', 'a secret of some twenty-four bytes')
    .update('e-1.1700000000.{"é":1}')
    .digest('base64');
  assert.deepEqual(headers, {
    'webhook-id': 'e-1',
    'webhook-timestamp': '1700000000',
    'webhook-signature': `v1,${expected}`,
  });
});

test('the example that implementations of Standard Webhooks are tested with', () => {
  const key = webhookKey('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
  const message = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    body: '{"test": 2432232314}',
    now: 1_614_265_330_000,
  };
  assert.equal(
    webhookHeaders(message, key)['webhook-signature'],
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  );
});

test('without a key there is no signature', () => {
  assert.deepEqual(webhookHeaders({ id: 'e', body: '', now: 5000 }, undefined), {
    'webhook-id': 'e',
    'webhook-timestamp': '5',
  });
});

test('a secret is base64, with or without its prefix and its padding', () => {
  for (const secret of ['whsec_YWJjZA==', 'YWJjZA==', 'YWJjZA']) {
    assert.equal(Buffer.from(webhookKey(secret)).toString(), 'abcd');
  }
  for (const secret of ['', 'whsec_', 'pass word', 'YWJjZA==x', 'a-b_', 'x']) {
    assert.throws(() => webhookKey(secret), WebhookSecretError, secret);
  }
});
