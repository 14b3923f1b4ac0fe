import { setImmediate } from 'node:timers/promises';
import { AuthorizationError, headers, InvalidArgumentError, type MsgHdrs } from '@nats-io/transport-node';
import type { LeasedDelivery } from '../../domain/delivery.ts';
import { EgressRefusal } from '../egress.ts';
import { NatsConnections } from './nats-connections.ts';
import { type NatsSubject, refusalOfSubject, subjectOf } from './nats-url.ts';
import {
  delivered,
  type Invocation,
  type Outcome,
  permanent,
  retryable,
  type TargetKind,
  type TargetSettings,
} from './target-kind.ts';

const MAXIMUM_CONNECTIONS = 64;
const CONNECT_TIMEOUT_MS = 4000;

/**
 * Busbar's own kind of target: a subject on a NATS server, `nats://HOST:PORT/SUBJECT`, without credentials. The input
 * is published as it is; delivered means that the server has taken it. Whether anybody listens NATS does not say.
 */
export function createNatsTarget(settings: Pick<TargetSettings, 'egress' | 'reservedSubjects'>): TargetKind {
  const connections = new NatsConnections({
    egress: settings.egress,
    max: MAXIMUM_CONNECTIONS,
    timeoutMs: CONNECT_TIMEOUT_MS,
  });

  async function publish(place: NatsSubject, { input, delivery }: Invocation): Promise<Outcome> {
    const { connection, flush, wasRefused } = await connections.publisher(place);
    const { subject } = place;
    connection.publish(subject, input, { headers: headersOf(delivery) });
    // The server answers in order: what it said of the message has come by then.
    await flush();
    await setImmediate();
    return wasRefused(subject)
      ? permanent('NO_PERMISSIONS', `${place.hostname} does not let Busbar publish to ${subject}.`)
      : delivered;
  }

  return {
    async invoke(invocation) {
      const place = subjectOf(invocation.target.arn);
      // What may be published to can have changed since the target was put.
      const refusal = refusalOfSubject(invocation.target.arn, settings);
      if (place === undefined || refusal !== undefined) return permanent('NO_PERMISSIONS', refusal ?? '');
      const { signal } = invocation;
      const { promise: timeout, reject } = Promise.withResolvers<never>();
      const abort = () => reject(signal.reason);
      signal.addEventListener('abort', abort, { once: true });
      try {
        return await Promise.race([publish(place, invocation), timeout]);
      } catch (error) {
        if (signal.aborted) connections.drop(place);
        return outcomeOf(error, place, signal);
      } finally {
        signal.removeEventListener('abort', abort);
      }
    },
    close: () => connections.close(),
  };
}

function headersOf({ id, event, attempts }: LeasedDelivery): MsgHdrs {
  const all = headers();
  all.set('Busbar-Event-Id', event.id);
  all.set('Busbar-Attempt', String(attempts + 1));
  // A stream that listens knows the second time by this, and keeps one.
  all.set('Nats-Msg-Id', `${event.id}/${id}`);
  return all;
}

function outcomeOf(error: unknown, { hostname, port }: NatsSubject, signal: AbortSignal): Outcome {
  const place = `${hostname}:${port}`;
  if (signal.aborted) return retryable('TIMEOUT', `${place} did not answer in time.`);
  const message = `${place}: ${error instanceof Error ? error.message : String(error)}`;
  if (error instanceof EgressRefusal) return permanent('NO_PERMISSIONS', message);
  // A message that is too long, above all.
  if (error instanceof InvalidArgumentError) return permanent('SDK_CLIENT_ERROR', message);
  if (error instanceof AuthorizationError) return permanent('NO_PERMISSIONS', message);
  return retryable('CONNECTION_FAILURE', message);
}
