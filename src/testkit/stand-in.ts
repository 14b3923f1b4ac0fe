import type { Interceptor } from '../deliver/targets/interceptor.ts';
import type { QueueMessage } from '../deliver/targets/sqs.ts';
import {
  delivered,
  type Invocation,
  type Outcome,
  permanent,
  retryable,
} from '../deliver/targets/target-kind.ts';
import { parseArn } from '../domain/arn.ts';
import type { TestEvent } from './events.ts';
import type { DeadLettered, InvocationLog, Invoked } from './invocation-log.ts';

/**
 * What a target does with an event. What it throws is a failure that is retried; a PermanentFailure is one that
 * no retry would mend.
 */
export type InvocationHandler<E extends object> = (invoked: Invoked<E>) => unknown;

/** Thrown by a handler: no retry would mend this. */
export class PermanentFailure extends Error {
  override readonly name = 'PermanentFailure';
}

/**
 * Stands in for the targets of a bus: takes every event, or does what a test's handler says, and keeps the books.
 * Event buses are not stood in for: events go on to them for real.
 */
export class StandIn<E extends object> implements Interceptor {
  readonly #log: InvocationLog<E>;
  readonly #reallyDelivers: boolean;
  #now: () => number = () => Number.NaN;
  readonly #handlers = new Map<string, InvocationHandler<E>>();

  /** With `reallyDelivers`, targets without a handler are invoked for real. */
  constructor(log: InvocationLog<E>, reallyDelivers: boolean) {
    this.#log = log;
    this.#reallyDelivers = reallyDelivers;
  }

  /** What time it is; told before the first event. */
  tellTime(now: () => number): void {
    this.#now = now;
  }

  /** Has a handler do the work of the target with this ARN; undefined leaves it to itself again. */
  handle(arn: string, handler: InvocationHandler<E> | undefined): void {
    if (handler === undefined) this.#handlers.delete(arn);
    else this.#handlers.set(arn, handler);
  }

  async invoke(invocation: Invocation, next: () => Promise<Outcome>): Promise<Outcome> {
    const invoked = this.#invoked(invocation);
    const outcome = await this.#outcome(invoked, next);
    if (outcome.kind === 'delivered') this.#log.delivered.push(invoked);
    else if (outcome.kind !== 'postponed') this.#log.refused.push({ ...invoked, error: outcome.error });
    return outcome;
  }

  async sendToQueue(message: QueueMessage, next: () => Promise<Outcome>): Promise<Outcome> {
    const outcome = this.#reallyDelivers ? await next() : delivered;
    if (outcome.kind === 'delivered') this.#log.deadLettered.push(this.#deadLettered(message));
    return outcome;
  }

  async #outcome(invoked: Invoked<E>, next: () => Promise<Outcome>): Promise<Outcome> {
    const handler = this.#handlers.get(invoked.to);
    if (handler === undefined) return this.#reallyDelivers || isEventBus(invoked.to) ? next() : delivered;
    try {
      await handler(invoked);
      return delivered;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return error instanceof PermanentFailure
        ? permanent('SDK_CLIENT_ERROR', message)
        : retryable('SERVER_ERROR', message);
    }
  }

  #invoked({ target, input, delivery }: Invocation): Invoked<E> {
    return {
      to: target.arn,
      targetId: delivery.targetId,
      rule: ruleName(delivery.owner),
      ruleArn: delivery.owner,
      event: parsed(delivery.event.envelope) as TestEvent<E>,
      input: parsed(input),
      attempt: delivery.attempts + 1,
      at: new Date(this.#now()),
    };
  }

  #deadLettered({ queueArn, body, attributes = {} }: QueueMessage): DeadLettered<E> {
    const exhausted = attributes['EXHAUSTED_RETRY_CONDITION'];
    return {
      queue: queueArn,
      target: attributes['TARGET_ARN'] ?? '',
      rule: ruleName(attributes['RULE_ARN'] ?? ''),
      ruleArn: attributes['RULE_ARN'] ?? '',
      event: parsed(body) as TestEvent<E>,
      errorCode: attributes['ERROR_CODE'] ?? '',
      errorMessage: attributes['ERROR_MESSAGE'] ?? '',
      exhausted: exhausted as DeadLettered['exhausted'],
      at: new Date(this.#now()),
    };
  }
}

function ruleName(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function isEventBus(arn: string): boolean {
  const parsedArn = parseArn(arn);
  return parsedArn?.service === 'events' && parsedArn.resource.startsWith('event-bus/');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // an input template may make plain text
  }
}
