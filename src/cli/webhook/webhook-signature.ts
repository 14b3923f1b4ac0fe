/** A secret that can't be used. */
export class WebhookSecretError extends Error {}

const PREFIX = 'whsec_';

/**
 * The key of a webhook secret: base64, with or without `whsec_` before it. Throws WebhookSecretError for anything
 * else, since the receiver's library would take it for other bytes.
 */
export function webhookKey(secret: string): Uint8Array {
  const text = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret;
  const key = Buffer.from(text, 'base64');
  if (key.length === 0 || key.toString('base64').replace(/=+$/, '') !== text.replace(/=+$/, '')) {
    throw new WebhookSecretError('the secret is not base64');
  }
  return key;
}

/**
 * The headers of Standard Webhooks for one request: what it is called, when it is sent (epoch seconds), and, with a
 * key, the HMAC-SHA256 of both and the body. An attempt that is a repetition has the same id and a time of its own.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function webhookHeaders(
  { id, body, now }: { readonly id: string; readonly body: string; readonly now: number },
  key: Uint8Array | undefined,
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(now / 1000));
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp };
  if (key === undefined) return headers;
  const { createHmac } = process.getBuiltinModule('node:crypto');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { ...headers, 'webhook-signature': `v1,${signature}` };
}
