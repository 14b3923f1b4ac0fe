import type { Target } from '../../api-model/types.generated.ts';
import type { DeliveryError } from '../../domain/delivery.ts';

/** One invocation of a target. */
export interface Invocation {
  readonly target: Target;
  /** What the target receives, JSON text. */
  readonly input: string;
  readonly eventId: string;
  /** Attempts of this delivery, this one included. */
  readonly attempt: number;
  /** Aborted when the invocation has taken too long, or Busbar stops. */
  readonly signal: AbortSignal;
}

/** How an invocation ended. */
export type Outcome = { readonly kind: 'delivered' } | FailedOutcome;

/** How an invocation ended that did not deliver. */
export type FailedOutcome =
  /** Another attempt may succeed, not before `retryAfterMs` where the target said so. */
  | { readonly kind: 'retryable'; readonly error: DeliveryError; readonly retryAfterMs?: number | undefined }
  /** No attempt will succeed until somebody changes something. */
  | { readonly kind: 'permanent'; readonly error: DeliveryError };

/** A kind of target. `invoke` never rejects: whatever happens is an outcome. */
export interface TargetKind {
  invoke(invocation: Invocation): Promise<Outcome>;
  /** Lets go of connections. */
  close(): void;
}

/** What kinds of targets are made with. */
export interface TargetSettings {
  /** Where to call an AWS service, undefined for AWS itself. */
  readonly endpointOf: (service: string) => string | undefined;
  /** Whether credentials for AWS are configured in the environment. */
  readonly hasCredentials: boolean;
}

export const delivered: Outcome = { kind: 'delivered' };

export function retryable(code: string, message: string, retryAfterMs?: number): FailedOutcome {
  return { kind: 'retryable', error: { code, message }, retryAfterMs };
}

export function permanent(code: string, message: string): FailedOutcome {
  return { kind: 'permanent', error: { code, message } };
}
