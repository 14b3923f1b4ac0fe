import { createHttpExchange } from '../http-exchange.ts';
import { maskOf } from '../secret-mask.ts';
import { apiDestinationRequest } from './api-destination-request.ts';
import { outcomeOfAnswer, outcomeOfSilence } from './http-outcome.ts';
import { InvocationRate } from './invocation-rate.ts';
import {
  type Invocation,
  type Outcome,
  permanent,
  retryable,
  type TargetKind,
  type TargetSettings,
} from './target-kind.ts';

type Settings = Pick<TargetSettings, 'clock' | 'credentials' | 'egress' | 'findApiDestination'>;

/**
 * API destinations: HTTP endpoints that are called with the authorization of a connection, no more often than
 * the destination's rate allows.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html
 */
export function createApiDestinationTarget(settings: Settings): TargetKind {
  const { clock, credentials, findApiDestination } = settings;
  const exchange = createHttpExchange(settings.egress);
  const rate = new InvocationRate();

  function postponed({ target, delivery }: Invocation, perSecond: number): Outcome | undefined {
    const request = { arn: target.arn, perSecond, deliveryId: delivery.id, now: clock.now() };
    const dueAt = rate.turn(request);
    if (dueAt === undefined) return undefined;
    const message = `The API destination is invoked ${perSecond} times a second at most.`;
    return { kind: 'postponed', dueAt, error: { code: 'THROTTLING', message } };
  }

  return {
    async invoke(invocation) {
      const { target, input, delivery, signal } = invocation;
      const found = findApiDestination(target.arn);
      if (found === undefined) return permanent('NO_RESOURCE', `${target.arn} does not exist.`);
      const { destination, connection } = found;
      const arn = destination.connectionArn;
      if (connection === undefined) return permanent('NO_RESOURCE', `${arn} does not exist.`);
      const { authorization } = connection;
      if (authorization === undefined) return permanent('NO_PERMISSIONS', `${arn} is deauthorized.`);

      const later = postponed(invocation, destination.invocationRateLimitPerSecond);
      if (later !== undefined) return later;

      const authorized = { arn, connection, authorization };
      const presented = await credentials.present(authorized);
      if ('refusal' in presented) return retryable('NO_PERMISSIONS', presented.refusal);
      const built = apiDestinationRequest({
        destination,
        connectionParameters: connection.invocationHttpParameters,
        authorization: presented.headers,
        target,
        input,
        envelope: delivery.event.envelope,
        open: (sealed) => credentials.open(sealed),
      });
      if ('fault' in built) return permanent('INVALID_PARAMETER', built.fault);

      const mask = maskOf([...presented.secrets, ...built.secrets]);
      try {
        const answer = await exchange.send(built.request, signal);
        await credentials.learn(authorized, { status: answer.status, token: presented.token });
        return outcomeOfAnswer(answer, { now: clock.now(), mask });
      } catch (error) {
        return outcomeOfSilence(error, { signal, host: built.request.url.host, mask });
      }
    },
    close: () => exchange.close(),
  };
}
