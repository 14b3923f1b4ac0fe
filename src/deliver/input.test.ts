import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LeasedDelivery } from '../domain/delivery.ts';
import { errorOfInput, inputFor } from './input.ts';

const delivery: LeasedDelivery = {
  id: 'd',
  owner: 'arn:aws:events:eu-central-1:111111111111:rule/aws.partner/shop.example/7/big-orders',
  targetId: 't',
  attempts: 3,
  event: { id: 'e', busArn: 'b', receivedAt: Date.UTC(2026, 0, 1), envelope: '{ "detail": { "n": 1.0 } }' },
};

test('the rule is the owner of the delivery, and the event came in when Busbar received it', () => {
  const inputTemplate = '"<aws.events.rule-name>|<aws.events.rule-arn>|<aws.events.event.ingestion-time>"';
  assert.deepEqual(inputFor({ id: 't', arn: 'a', inputTransformer: { inputTemplate } }, delivery), {
    kind: 'text',
    text: `"big-orders|${delivery.owner}|2026-01-01T00:00:00.000Z"`,
  });
});

test('without a choice the event is delivered whole', () => {
  assert.deepEqual(inputFor({ id: 't', arn: 'a' }, delivery), { kind: 'text', text: '{"detail":{"n":1.0}}' });
});

test('an input that is not JSON fails in AWS’s words', () => {
  assert.deepEqual(errorOfInput('invalid'), { code: 'INVALID_JSON', message: 'Invalid input for target.' });
  assert.match(errorOfInput('too-long').message, /longer than \d+ characters/);
});
