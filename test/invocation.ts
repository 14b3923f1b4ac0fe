import type { Target } from '../src/api-model/types.generated.ts';
import type { Invocation } from '../src/deliver/targets/target-kind.ts';
import { envelopeText } from '../src/domain/event.ts';

export const EVENT_ID = '6f1d3a52-2c1f-4a53-9d8e-0d8a4f6f3b11';
export const RULE_ARN = 'arn:aws:events:eu-central-1:111111111111:rule/orders';

/** The event that every invocation is of unless it says otherwise. */
export const ENVELOPE = envelopeText({
  id: EVENT_ID,
  detailType: 'order placed',
  source: 'shop',
  origin: { account: '111111111111', region: 'eu-central-1' },
  time: Date.UTC(2026, 0, 2, 3, 4, 5),
  resources: ['arn:aws:s3:::orders'],
  detail: '{"id":"o-1","amount":1.50,"lines":[{"sku":"a"},{"sku":"b"}]}',
});

/** The first attempt to deliver an event; the input is the event itself where nothing is said. */
export function invocation(
  target: Omit<Target, 'id'>,
  { input = ENVELOPE, envelope = ENVELOPE, signal = new AbortController().signal, id = 'd-1' } = {},
): Invocation {
  return {
    target: { id: 't', ...target },
    input,
    signal,
    delivery: {
      id,
      owner: RULE_ARN,
      targetId: 't',
      attempts: 0,
      event: {
        id: EVENT_ID,
        busArn: 'arn:aws:events:eu-central-1:111111111111:event-bus/default',
        receivedAt: Date.UTC(2026, 0, 2, 3, 4, 6),
        envelope,
      },
    },
  };
}
