import type { Operations } from '../api-model/types.generated.ts';
import type { Bus } from '../bus/bus.ts';
import type { Configuration } from '../bus/configuration.ts';
import type { Clock } from '../domain/clock.ts';
import type { Limits } from '../domain/limits.ts';
import type { Scope } from '../domain/scope.ts';

/** What an action works with. One is made for each request: the scope is the caller's. */
export interface ActionContext {
  readonly scope: Scope;
  readonly configuration: Configuration;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly limits: Limits;
  /** A new event id, a UUID. */
  readonly newEventId: () => string;
  /** A new UUID: what tells a resource from those that had its name before. */
  readonly newResourceId: () => string;
  /** Why a target with this ARN can't be delivered to, in a sentence; undefined when it can. */
  readonly refuseTarget: (arn: string) => string | undefined;
}

/**
 * One operation of the API. Its request has passed the model's validation; what the model can't say is the
 * action's to check, by throwing a ServiceError with AWS's words.
 */
export type Action<Name extends keyof Operations> = (
  request: Operations[Name]['request'],
  context: ActionContext,
) => Promise<Operations[Name]['response']>;
