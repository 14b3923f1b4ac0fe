import { createHttpExchange, type HttpRequest } from '../http-exchange.ts';
import { createFunctionEndpoint, isFunctionEndpoint } from './function-endpoint.ts';
import { outcomeOfAnswer, outcomeOfSilence } from './http-outcome.ts';
import type { Invocation, TargetKind, TargetSettings } from './target-kind.ts';

/**
 * Busbar's own kind of target: an HTTP endpoint, given as the target's ARN. The input is POSTed as JSON; any
 * 2xx answer takes it over.
 */
export function createHttpTarget({ clock, egress }: Pick<TargetSettings, 'clock' | 'egress'>): TargetKind {
  const exchange = createHttpExchange(egress);
  const send = (invocation: Invocation) => exchange.send(requestOf(invocation), invocation.signal);
  const invokeFunction = createFunctionEndpoint({ clock, send });
  return {
    async invoke(invocation) {
      const { target, signal } = invocation;
      try {
        if (isFunctionEndpoint(target.arn)) return await invokeFunction(invocation);
        return outcomeOfAnswer(await send(invocation), { now: clock.now() });
      } catch (error) {
        return outcomeOfSilence(error, { signal, host: new URL(target.arn).host });
      }
    },
    close: () => exchange.close(),
  };
}

function requestOf({ target, input, delivery }: Invocation): HttpRequest {
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'User-Agent': 'Busbar',
    // At-least-once means twice now and then: the receiver can tell by the event's id.
    'Busbar-Event-Id': delivery.event.id,
    'Busbar-Attempt': String(delivery.attempts + 1),
  };
  return { url: new URL(target.arn), method: 'POST', headers, body: input };
}
