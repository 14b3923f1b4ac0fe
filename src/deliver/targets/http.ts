import { createHttpExchange } from '../http-exchange.ts';
import { outcomeOfAnswer, outcomeOfSilence } from './http-outcome.ts';
import type { TargetKind, TargetSettings } from './target-kind.ts';

/**
 * Busbar's own kind of target: an HTTP endpoint, given as the target's ARN. The input is POSTed as JSON; any
 * 2xx answer takes it over.
 */
export function createHttpTarget({ clock, egress }: Pick<TargetSettings, 'clock' | 'egress'>): TargetKind {
  const exchange = createHttpExchange(egress);
  return {
    async invoke({ target, input, delivery, signal }) {
      const url = new URL(target.arn);
      const headers = {
        'Content-Type': 'application/json; charset=utf-8',
        'User-Agent': 'Busbar',
        // At-least-once means twice now and then: the receiver can tell by the event's id.
        'Busbar-Event-Id': delivery.event.id,
        'Busbar-Attempt': String(delivery.attempts + 1),
      };
      try {
        const answer = await exchange.send({ url, method: 'POST', headers, body: input }, signal);
        return outcomeOfAnswer(answer, { now: clock.now() });
      } catch (error) {
        return outcomeOfSilence(error, { signal, host: url.host });
      }
    },
    close: () => exchange.close(),
  };
}
