import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LeasedDelivery } from '../domain/delivery.ts';
import { defaultLimits } from '../domain/limits.ts';
import { inputFor } from './input.ts';

const delivery: LeasedDelivery = {
  id: 'd',
  owner: 'arn:aws:events:eu-central-1:111111111111:rule/aws.partner/shop.example/7/big-orders',
  targetId: 't',
  attempts: 3,
  event: { id: 'e', busArn: 'b', receivedAt: Date.UTC(2026, 0, 1), envelope: '{ "detail": { "n": 1.0 } }' },
};

test('the rule is the owner of the delivery, and the event came in when Busbar received it', () => {
  const inputTemplate = '"<aws.events.rule-name>|<aws.events.rule-arn>|<aws.events.event.ingestion-time>"';
  assert.deepEqual(
    inputFor({ id: 't', arn: 'a', inputTransformer: { inputTemplate } }, delivery, defaultLimits),
    {
      kind: 'text',
      text: `"big-orders|${delivery.owner}|2026-01-01T00:00:00.000Z"`,
    },
  );
});

test('without a choice the event is delivered whole', () => {
  assert.deepEqual(inputFor({ id: 't', arn: 'a' }, delivery, defaultLimits), {
    kind: 'text',
    text: '{"detail":{"n":1.0}}',
  });
});

test('what is no input says why, in AWS’s words where there are some', () => {
  const of = (inputTemplate: string, envelope = delivery.event.envelope, targetInputCharacters = 99) =>
    inputFor(
      { id: 't', arn: 'a', inputTransformer: { inputPathsMap: { all: '$' }, inputTemplate } },
      { ...delivery, event: { ...delivery.event, envelope } },
      { targetInputCharacters },
    );
  assert.deepEqual(of('{"a":<b>}'), {
    kind: 'none',
    error: { code: 'INVALID_JSON', message: 'Invalid input for target.' },
    invalidInput: '{"a":<b>}',
  });
  assert.deepEqual(of('"<all><all><all>"', undefined, 20), {
    kind: 'none',
    error: { code: 'INPUT_TOO_LONG', message: 'The input would be longer than 20 characters.' },
  });
  const broken = of('"<all>"', '{"detail":');
  assert.equal(broken.kind, 'none');
  assert.equal(broken.kind === 'none' && broken.error.code, 'INVALID_JSON');
});
