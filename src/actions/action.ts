import type { Operations, Target } from '../api-model/types.generated.ts';
import type { Bus } from '../bus/bus.ts';
import type { Configuration } from '../bus/configuration.ts';
import type { ArchiveSize } from '../domain/archive.ts';
import type { Clock } from '../domain/clock.ts';
import type { SealedText } from '../domain/connection.ts';
import type { Limits } from '../domain/limits.ts';
import type { Scope } from '../domain/scope.ts';

/** What an action works with. One is made for each request. */
export interface ActionContext {
  /** Who asks. */
  readonly caller: Scope;
  /** Where the action works: in the caller's account and region, or in those of the event bus that it names. */
  readonly scope: Scope;
  readonly configuration: Configuration;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly limits: Limits;
  /** A new event id, a UUID. */
  readonly newEventId: () => string;
  /** A new UUID: what tells a resource from those that had its name before. */
  readonly newResourceId: () => string;
  /** Makes a secret fit to be kept: secrets are never stored in clear. */
  readonly seal: (secret: string) => SealedText;
  /** What an archive holds, by its id. */
  readonly measureArchive: (archiveId: string) => Promise<ArchiveSize>;
  /** Why nothing can be delivered to this target of a rule in that account; undefined when it can. */
  readonly refuseTarget: (target: Target, account: string) => string | undefined;
  /** Why no request is sent to the host of this URL, as far as it can be seen without looking it up; undefined when one may be. */
  readonly refuseEndpoint: (url: string) => string | undefined;
}

/**
 * One operation of the API. Its request has passed the model's validation; what the model can't say is the
 * action's to check, by throwing a ServiceError with AWS's words.
 */
export type Action<Name extends keyof Operations> = (
  request: Operations[Name]['request'],
  context: ActionContext,
) => Promise<Operations[Name]['response']>;
