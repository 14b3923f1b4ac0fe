import type { EventTypes, TestEvent } from './events.ts';

/** An event that a target has taken. */
export interface Delivered<E extends object = EventTypes> {
  /** ARN of the target. */
  readonly to: string;
  /** Id of the target in its rule. */
  readonly targetId: string;
  /** Name of the rule that matched. */
  readonly rule: string;
  readonly ruleArn: string;
  /** The event as it was put, with its envelope. */
  readonly event: TestEvent<E>;
  /** What the target received: the event, or what the target's input settings made of it. Parsed, where it is JSON. */
  readonly input: unknown;
  /** Which attempt it was that succeeded, from 1 on. */
  readonly attempt: number;
  /** By the bus's clock. */
  readonly at: Date;
}

/** An invocation of a target, as a stand-in for it gets to see it. */
export type Invoked<E extends object = EventTypes> = Delivered<E>;

/** An event that was sent to a dead-letter queue. */
export interface DeadLettered<E extends object = EventTypes> {
  /** ARN of the dead-letter queue. */
  readonly queue: string;
  /** ARN of the target that did not take it. */
  readonly target: string;
  readonly rule: string;
  readonly ruleArn: string;
  readonly event: TestEvent<E>;
  /** AWS's error code and message. */
  readonly errorCode: string;
  readonly errorMessage: string;
  /** What ran out; undefined when the error was permanent. */
  readonly exhausted: 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds' | undefined;
  readonly at: Date;
}

/** A target's attempt that did not deliver. */
export interface Refused<E extends object = EventTypes> extends Delivered<E> {
  readonly error: { readonly code: string; readonly message: string };
}

/** What happened at the targets of one bus, in order. */
export class InvocationLog<E extends object> {
  readonly delivered: Delivered<E>[] = [];
  readonly refused: Refused<E>[] = [];
  readonly deadLettered: DeadLettered<E>[] = [];
}
