import type { BusEvent } from './event.ts';

/**
 * What an event owes: one invocation of one target. The owner is named by ARN, so that something other than
 * a rule may owe a delivery one day.
 */
export interface OwedDelivery {
  /** ARN of the rule that matched. */
  readonly owner: string;
  /** Id of the target within its owner. */
  readonly targetId: string;
}

/** An event together with all that it owes. */
export interface OwedEvent {
  readonly event: BusEvent;
  readonly deliveries: readonly OwedDelivery[];
  /** Keys of the archives that retain it, each once; left out when there is none. */
  readonly archives?: readonly string[];
}

/** Why an attempt did not deliver. */
export interface DeliveryError {
  /** One of AWS's dead-letter codes where one fits: NO_RESOURCE, NO_PERMISSIONS, THROTTLING, TIMEOUT … */
  readonly code: string;
  /** What happened, in a sentence; no secrets. */
  readonly message: string;
}

/** A delivery handed out for one attempt. Nobody else gets it before the lease ends. */
export interface LeasedDelivery extends OwedDelivery {
  /** Names the delivery towards the store that leased it. */
  readonly id: string;
  /** Attempts that came before this one. */
  readonly attempts: number;
  readonly event: BusEvent;
}

/** How an attempt ended, towards the store. `attempts` counts this one too. */
export type Settlement =
  /** Nothing is owed any more: delivered, sent to the dead-letter queue, or nothing to deliver. */
  | { readonly id: string; readonly kind: 'done' }
  /** Try again at `dueAt`, epoch milliseconds. */
  | {
      readonly id: string;
      readonly kind: 'retry';
      readonly dueAt: number;
      readonly attempts: number;
      readonly error: DeliveryError;
    }
  /** Given up: it is kept where a person can see it. */
  | {
      readonly id: string;
      readonly kind: 'failed';
      readonly failedAt: number;
      readonly attempts: number;
      readonly error: DeliveryError;
    };

/** A delivery that was given up and has no dead-letter queue to go to. */
export interface FailedDelivery extends LeasedDelivery {
  /** Epoch milliseconds. */
  readonly failedAt: number;
  readonly error: DeliveryError;
}
