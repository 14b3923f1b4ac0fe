import type { Target } from '../../api-model/types.generated.ts';
import type { ConnectedApiDestination } from '../../domain/api-destination.ts';
import type { Clock } from '../../domain/clock.ts';
import type { DeliveryError, LeasedDelivery } from '../../domain/delivery.ts';
import type { Log } from '../../domain/log.ts';
import type { ConnectionCredentials } from '../connection-credentials.ts';
import type { Egress } from '../egress.ts';
import type { Interceptor } from './interceptor.ts';

/** One invocation of a target. */
export interface Invocation {
  readonly target: Target;
  /** What the target receives, JSON text. */
  readonly input: string;
  readonly delivery: LeasedDelivery;
  /** Aborted when the invocation has taken too long. */
  readonly signal: AbortSignal;
}

/** What a target said, where it answers over HTTP. */
export interface TargetAnswer {
  readonly status: number;
  /** The beginning of the answer, its secrets hidden; undefined when it is empty. */
  readonly response: string | undefined;
}

/** How an invocation ended. */
export type Outcome =
  | { readonly kind: 'delivered'; readonly answer?: TargetAnswer | undefined }
  | UndeliveredOutcome;

export type UndeliveredOutcome = FailedOutcome | PostponedOutcome;

/** The target was not invoked: it is not its turn before `dueAt`, epoch milliseconds. No attempt was made. */
export interface PostponedOutcome {
  readonly kind: 'postponed';
  readonly dueAt: number;
  /** What to say where the turn would come too late. */
  readonly error: DeliveryError;
}

/** How an invocation ended that did not deliver. */
export type FailedOutcome =
  /** Another attempt may succeed, not before `retryAfterMs` where the target said so. */
  | {
      readonly kind: 'retryable';
      readonly error: DeliveryError;
      readonly retryAfterMs?: number | undefined;
      readonly answer?: TargetAnswer | undefined;
    }
  /** No attempt will succeed until somebody changes something. */
  | {
      readonly kind: 'permanent';
      readonly error: DeliveryError;
      readonly answer?: TargetAnswer | undefined;
    };

/** How much a service takes in one call. */
export interface BatchLimits {
  readonly entries: number;
  /** UTF-8 bytes of all entries together. */
  readonly bytes: number;
  /** What an entry weighs beside its input, in the service's way of counting. */
  readonly bytesPerEntry?: number;
}

/**
 * A kind of target. Nothing of it rejects: whatever happens is an outcome.
 *
 * A kind whose service takes many entries in one call offers `batch` and `invokeBatch` together. Deliveries to one
 * target that were leased together, more than one, are then cut into batches within these limits, in the order in
 * which they fell due, and each batch is one `invokeBatch`; a delivery that comes alone goes to `invoke`. An input
 * that is over the limit of bytes on its own comes alone as well.
 */
export interface TargetKind {
  invoke(invocation: Invocation): Promise<Outcome>;
  readonly batch?: BatchLimits;
  /**
   * Invokes one target for each of these; all have the same target and the same signal. Answers an outcome for
   * each, in their order: an entry that failed fails alone, and what is said of the call holds for all.
   */
  invokeBatch?(invocations: readonly Invocation[]): Promise<readonly Outcome[]>;
  /** Lets go of connections. */
  close(): void;
}

/** What kinds of targets are made with. */
export interface TargetSettings {
  /** Where to call an AWS service, undefined for AWS itself. */
  readonly endpointOf: (service: string) => string | undefined;
  /** Whether credentials for AWS are configured in the environment. */
  readonly hasCredentials: boolean;
  readonly clock: Clock;
  readonly log: Log;
  /** Where requests to addresses that users name may go. */
  readonly egress: Egress;
  /** Folders below which files may be targets, absolute. */
  readonly fileFolders: readonly string[];
  /** Beginnings of NATS subjects that are Busbar's own: nobody else publishes there. */
  readonly reservedSubjects: readonly string[];
  /** Commands that may be targets, and folders of such, absolute. */
  readonly commands: readonly string[];
  /** The API destination as it is configured now; undefined when there is none with this ARN. */
  readonly findApiDestination: (arn: string) => ConnectedApiDestination | undefined;
  readonly credentials: ConnectionCredentials;
  /** Stands before every target, in tests. */
  readonly interceptor?: Interceptor | undefined;
  /**
   * Sends the event of a delivery on to another event bus. When it resolves, the event is durable there with
   * all that it owes, or that bus will never take it and the answer says why.
   */
  readonly sendOn: (delivery: LeasedDelivery, target: Target) => Promise<DeliveryError | undefined>;
}

export const delivered: Extract<Outcome, { kind: 'delivered' }> = { kind: 'delivered' };

export function retryable(code: string, message: string, retryAfterMs?: number): FailedOutcome {
  return { kind: 'retryable', error: { code, message }, retryAfterMs };
}

export function permanent(code: string, message: string): FailedOutcome {
  return { kind: 'permanent', error: { code, message } };
}
