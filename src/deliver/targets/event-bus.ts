import { delivered, permanent, retryable, type TargetKind, type TargetSettings } from './target-kind.ts';

/**
 * Another event bus: the event itself is sent on, whatever account and region that bus is in. AWS takes no
 * input for such targets, so there is none to look at.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-bus-to-bus.html
 */
export function createEventBusTarget({ sendOn }: Pick<TargetSettings, 'sendOn'>): TargetKind {
  return {
    async invoke({ delivery, target }) {
      try {
        const refusal = await sendOn(delivery, target);
        return refusal === undefined ? delivered : permanent(refusal.code, refusal.message);
      } catch (error) {
        // The store could not keep the event this time.
        return retryable('INTERNAL_ERROR', error instanceof Error ? error.message : String(error));
      }
    },
    close: () => undefined,
  };
}
