import type { DeliveryError, OwedDelivery } from './delivery.ts';
import type { BusEvent } from './event.ts';

/** A rule that matched, as the timeline remembers it. */
export interface RuleOnTimeline {
  readonly arn: string;
  readonly targets: readonly { readonly id: string; readonly arn: string }[];
}

/** One attempt to deliver, or, where it was `postponed`, why none was made. */
export interface AttemptOnTimeline {
  /** Counts from 1. */
  readonly number: number;
  readonly targetArn: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly outcome: 'delivered' | 'retryable' | 'permanent' | 'postponed';
  /** Of what the target received. */
  readonly inputBytes: number;
  /** HTTP status of the answer, where the target answers by HTTP. */
  readonly status?: number | undefined;
  /** The beginning of the answer; no secrets. */
  readonly response?: string | undefined;
  /** Why it did not deliver. */
  readonly error?: DeliveryError | undefined;
}

/** What an attempt means for its delivery, or that somebody made it owed once more. */
export type DeliveryTurn =
  | { readonly kind: 'delivered' | 'nothing-to-deliver' | 'redriven' }
  /** Tried again at `dueAt`, epoch milliseconds. */
  | { readonly kind: 'retrying'; readonly dueAt: number; readonly error: DeliveryError }
  | { readonly kind: 'dead-lettered'; readonly queueArn: string; readonly error: DeliveryError }
  | { readonly kind: 'failed'; readonly error: DeliveryError };

/** A delivery, by the event that it delivers. */
export interface DeliveryOnTimeline extends OwedDelivery {
  readonly event: BusEvent;
}

/**
 * Where the bus and the dispatcher tell what becomes of events. Telling never throws and costs next to
 * nothing: no other thing waits for it.
 */
export interface Timeline {
  /** Events came to their buses, each with the rules that matched. Told just before they are kept. */
  received(event: BusEvent, rules: readonly RuleOnTimeline[]): void;
  /** An event could not be kept, and its sender was told so. */
  lost(event: BusEvent, reason: string): void;
  attempted(delivery: DeliveryOnTimeline, attempt: AttemptOnTimeline): void;
  /** `targetArn` is undefined where the target is gone. */
  settled(delivery: DeliveryOnTimeline, turn: DeliveryTurn, targetArn: string | undefined): void;
}

/** Something that happened to an event. */
export type TimelineRecord = Heading &
  (
    | {
        readonly kind: 'received';
        readonly event: BusEvent;
        readonly rules: readonly RuleOnTimeline[];
        /** Not seen when it came: what came before this record is not known. */
        readonly resumed: boolean;
      }
    | { readonly kind: 'lost'; readonly reason: string }
    | {
        readonly kind: 'attempt';
        readonly ruleArn: string;
        readonly targetId: string;
        readonly attempt: AttemptOnTimeline;
      }
    | {
        readonly kind: 'delivery';
        readonly ruleArn: string;
        readonly targetId: string;
        readonly targetArn: string | undefined;
        readonly turn: DeliveryTurn;
      }
  );

interface Heading {
  /** Its place among all records: each has one more than the one before. */
  readonly sequence: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly eventId: string;
  readonly busArn: string;
}

/** How much is remembered. */
export interface TimelineExtent {
  readonly records: number;
  readonly bytes: number;
  /** When the oldest record was made, epoch milliseconds; undefined when there is none. */
  readonly from: number | undefined;
}

/** Reading what was told: a log of records, of which the oldest are forgotten. */
export interface TimelineLog {
  /** What is remembered of an event, in the order in which it happened. */
  recordsOf(eventId: string): readonly TimelineRecord[];
  /** The last receipt of an event before the record of that number; undefined when it is forgotten. */
  receiptOf(eventId: string, before: number): TimelineRecord | undefined;
  /** The record of that number; undefined when it is forgotten or yet to come. */
  at(sequence: number): TimelineRecord | undefined;
  /** Numbers of the oldest record and of the next that will be made. */
  readonly first: number;
  readonly next: number;
  /** The number of the first record that was made at `time` or later. */
  firstSince(time: number): number;
  /** Calls `listener` after each new record; it must only take note. Answers a function that ends it. */
  watch(listener: () => void): () => void;
  extent(): TimelineExtent;
}

/** Remembers nothing, for whoever wants none. */
export const noTimeline: Timeline = {
  received: () => undefined,
  lost: () => undefined,
  attempted: () => undefined,
  settled: () => undefined,
};
