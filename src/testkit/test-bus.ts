import type { ClockMover } from '../bus/clock-mover.ts';
import { SystemClock } from '../domain/clock.ts';
import { type Duration, milliseconds } from '../domain/duration.ts';
import type { RunningBus } from '../main.ts';
import type { TestEntry } from './events.ts';
import { type Destination, type EventMatch, type Expectation, expectation, isAt } from './expectation.ts';
import type { DeadLettered, Delivered, InvocationLog } from './invocation-log.ts';
import type { InvocationHandler, StandIn } from './stand-in.ts';
import { tellStory } from './story.ts';

/** A rule of a test. */
export interface TestRule {
  /** An event pattern in EventBridge's language. */
  readonly eventPattern?: Readonly<Record<string, unknown>>;
  /** `rate(5 minutes)`, `cron(0 12 * * ? *)`. */
  readonly scheduleExpression?: string;
  /** Left out, the default event bus. */
  readonly eventBusName?: string;
  /** Where its events go: ARNs, or targets as PutTargets takes them; an ARN alone gets an id of its own. */
  readonly targets?: readonly (string | TestTarget)[];
}

/** A target as PutTargets takes it, in AWS's own spelling. */
export interface TestTarget {
  readonly Arn: string;
  readonly Id?: string;
  readonly [member: string]: unknown;
}

/** Where and when something is expected. */
export interface Where {
  /** ARN or id of a target, or name of a rule; left out, anywhere. */
  readonly to?: string;
  /** How far the bus's clock may be moved for it; left out, not at all. */
  readonly within?: Duration;
}

/** The time of a test bus: it stands still until it is moved. */
export interface TestClock {
  now(): Date;
  /** Moves on, stopping wherever something falls due and waiting for what that sets off. */
  advance(duration: Duration): Promise<void>;
  to(time: Date | string): Promise<void>;
  /** Jumps to the next instant at which something falls due (a retry, a schedule); undefined when nothing does. */
  next(): Promise<Date | undefined>;
}

export interface TestBusParts<E extends object> {
  readonly bus: RunningBus;
  readonly mover: ClockMover;
  readonly log: InvocationLog<E>;
  readonly standIn: StandIn<E>;
}

// How long an expectation waits, by the machine's clock, for code under test that is still at work.
const PATIENCE_MS = 1000;

/** An expectation that was not met; the message tells what happened instead. */
export class ExpectationError extends Error {
  override readonly name = 'ExpectationError';
}

/** A bus for one test: in memory, on a free port, with a clock of its own. */
export class TestBus<E extends object> {
  readonly #parts: TestBusParts<E>;
  /** Where clients reach it: the `endpoint` of an EventBridgeClient. */
  readonly url: string;
  readonly clock: TestClock;

  constructor(parts: TestBusParts<E>) {
    this.#parts = parts;
    this.url = parts.bus.url;
    const { mover } = parts;
    this.clock = {
      now: () => new Date(mover.now()),
      advance: (duration) => mover.advance(milliseconds(duration)),
      to: (time) => mover.to(new Date(time).getTime()),
      next: async () => {
        const time = await mover.next();
        return time === undefined ? undefined : new Date(time);
      },
    };
  }

  /** What targets have taken so far, in order. */
  get delivered(): readonly Delivered<E>[] {
    return this.#parts.log.delivered;
  }

  /** What has gone to dead-letter queues so far, in order. */
  get deadLettered(): readonly DeadLettered<E>[] {
    return this.#parts.log.deadLettered;
  }

  /** Puts events; resolves to their ids. Throws when the bus does not take one of them, and says why. */
  async put(...entries: readonly TestEntry<E>[]): Promise<readonly string[]> {
    const answer = await this.#call('PutEvents', { Entries: entries.map((entry) => this.#wireEntry(entry)) });
    const results = answer['Entries'] as { EventId?: string; ErrorCode?: string; ErrorMessage?: string }[];
    return results.map(({ EventId, ErrorCode, ErrorMessage }, index) => {
      if (EventId !== undefined) return EventId;
      throw new Error(`The bus did not take entry ${index}: ${ErrorCode}: ${ErrorMessage}`);
    });
  }

  /** Makes a rule with its targets, or changes it. */
  async rule(name: string, { targets = [], eventBusName, ...rule }: TestRule): Promise<void> {
    await this.#call('PutRule', {
      Name: name,
      EventBusName: eventBusName,
      EventPattern: rule.eventPattern && JSON.stringify(rule.eventPattern),
      ScheduleExpression: rule.scheduleExpression,
    });
    if (targets.length === 0) return;
    const answer = await this.#call('PutTargets', {
      Rule: name,
      EventBusName: eventBusName,
      Targets: targets.map((target, index) =>
        typeof target === 'string'
          ? { Id: `target-${index + 1}`, Arn: target }
          : { Id: `target-${index + 1}`, ...target },
      ),
    });
    const failed = answer['FailedEntries'] as { TargetId: string; ErrorMessage: string }[];
    if (failed[0] !== undefined) {
      throw new Error(`The bus did not take target ${failed[0].TargetId}: ${failed[0].ErrorMessage}`);
    }
  }

  /**
   * Has a function do the work of the target with this ARN, as of a Lambda function. What it throws is a failure
   * that is retried; a PermanentFailure is one that is not. Undefined takes it away again.
   */
  onInvocation(arn: string, handler: InvocationHandler<E> | undefined): void {
    this.#parts.standIn.handle(arn, handler);
  }

  /** Resolves to the first delivery of such an event. Throws an ExpectationError when there is none. */
  async expectDelivered(match: EventMatch<E> = {}, where: Where = {}): Promise<Delivered<E>> {
    const expected = expectation(match);
    const find = () => this.#find(this.#parts.log.delivered, expected, where.to);
    const found = await this.#await(find, where);
    return (
      found ?? this.#fail(`Expected ${expected.text}${toWhere(where)}, but none was delivered.`, expected)
    );
  }

  /** Resolves when all is quiet and no such event was delivered. Throws an ExpectationError when one was. */
  async expectNothingDelivered(match: EventMatch<E> = {}, where: Where = {}): Promise<void> {
    const expected = expectation(match);
    if (where.within === undefined) await this.#parts.mover.quiet();
    else await this.clock.advance(where.within);
    const found = this.#find(this.#parts.log.delivered, expected, where.to);
    if (found === undefined) return;
    await this.#fail(
      `Expected no delivery of ${expected.text}${toWhere(where)}, but event ${found.event.id} went to ${found.to} (rule ${found.rule}).`,
      expected,
    );
  }

  /**
   * Resolves to the first dead letter of such an event; `to` names its queue, or the target or rule that it was
   * for. Throws an ExpectationError when there is none.
   */
  async expectDeadLettered(match: EventMatch<E> = {}, where: Where = {}): Promise<DeadLettered<E>> {
    const expected = expectation(match);
    const find = () =>
      this.#parts.log.deadLettered.find(
        (letter) =>
          expected.matches(letter.event) &&
          (where.to === letter.queue || isAt({ ...letter, to: letter.target, targetId: '' }, where.to)),
      );
    const found = await this.#await(find, where);
    return (
      found ??
      this.#fail(`Expected a dead letter of ${expected.text}${toWhere(where)}, but there is none.`, expected)
    );
  }

  /**
   * Resolves when nothing is owed or under way. With `within`, the clock may be moved so far for it; without,
   * throws when something waits for a later time, and says for which.
   */
  async settled({ within }: Pick<Where, 'within'> = {}): Promise<void> {
    const isSettled = async () => (await this.#owed()) === 0;
    if ((await this.#await(isSettled, { within: within ?? 0 })) === true) return;
    const next = this.#parts.mover.nextDue();
    const waits =
      next === undefined
        ? 'Nothing of it falls due.'
        : `The next thing falls due at ${new Date(next).toISOString()}.`;
    throw new ExpectationError(
      `${await this.#owed()} deliveries are still owed at ${this.clock.now().toISOString()}. ${waits} Move the clock with bus.clock, or allow it with settled({ within: '24h' }).`,
    );
  }

  /** Stops the bus. */
  close(): Promise<void> {
    return this.#parts.bus.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Asks until the answer is one; first as things are, then moving the clock from one instant to the next. */
  async #await<T>(ask: () => T | Promise<T>, { within }: Where): Promise<T | undefined> {
    const { mover } = this.#parts;
    const deadline = mover.now() + milliseconds(within ?? 0);
    const machine = new SystemClock();
    const patience = machine.now() + PATIENCE_MS;
    for (;;) {
      const isQuiet = await mover.quiet();
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
      const next = mover.nextDue();
      if (isQuiet && next !== undefined && next <= deadline) await mover.to(Math.max(next, mover.now()));
      else if (machine.now() < patience) await machine.sleepUntil(machine.now() + 5);
      else break;
    }
    if (mover.now() < deadline) await mover.to(deadline);
    const last = await ask();
    return last === false ? undefined : last;
  }

  #find<T extends Destination & { readonly event: Delivered<E>['event'] }>(
    log: readonly T[],
    expected: Expectation<E>,
    to: string | undefined,
  ): T | undefined {
    return log.find((entry) => isAt(entry, to) && expected.matches(entry.event));
  }

  async #fail(summary: string, expected: Expectation<E>): Promise<never> {
    throw new ExpectationError(`${summary}\n\n${await tellStory(expected, this.#parts.bus)}`);
  }

  async #owed(): Promise<number> {
    const response = await fetch(`${this.url}/_busbar/health`);
    const { deliveries } = (await response.json()) as { deliveries: { owed: number } };
    return deliveries.owed;
  }

  #wireEntry(entry: TestEntry<E>): object {
    return {
      Source: entry.source,
      DetailType: entry.detailType,
      Detail: JSON.stringify(entry.detail),
      EventBusName: entry.eventBusName,
      Resources: entry.resources,
      Time: (entry.time?.getTime() ?? this.#parts.mover.now()) / 1000,
    };
  }

  async #call(operation: string, body: object): Promise<Record<string, unknown>> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: { 'X-Amz-Target': `AWSEvents.${operation}`, 'Content-Type': 'application/x-amz-json-1.1' },
      body: JSON.stringify(body),
    });
    const answer = JSON.parse((await response.text()) || '{}') as Record<string, unknown>;
    if (response.ok) return answer;
    throw new Error(`${operation}: ${answer['__type']}: ${answer['message']}`);
  }
}

function toWhere({ to, within }: Where): string {
  return `${to === undefined ? '' : ` to ${to}`}${within === undefined ? '' : ` within ${within}`}`;
}
