import type { Target } from '../src/api-model/types.generated.ts';
import type { Invocation } from '../src/deliver/targets/target-kind.ts';
import { envelopeText } from '../src/domain/event.ts';

export const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
export const EVENT_ID = '11111111-2222-4333-8444-555555555555';
export const OWNER = 'arn:aws:events:eu-central-1:111111111111:rule/orders/r';

/** An invocation of a target, by an event whose detail is `{"shop":"a"}` unless it says otherwise. */
export function invocationOf(
  target: Omit<Target, 'id'>,
  { input = '{"a":1}', detail = '{"shop":"a"}', signal = new AbortController().signal, id = 'd-1' } = {},
): Invocation {
  const envelope = envelopeText({
    id: EVENT_ID,
    detailType: 'order',
    source: 'shop',
    origin: { account: '111111111111', region: 'eu-central-1' },
    time: NOW,
    resources: [],
    detail,
  });
  const event = { id: EVENT_ID, busArn: 'arn:aws:events:::event-bus/orders', receivedAt: NOW, envelope };
  const delivery = { id, owner: OWNER, targetId: 't', attempts: 0, event };
  return { target: { id: 't', ...target }, input, delivery, signal };
}
