import type { EventSourceState } from '../api-model/types.generated.ts';
import { ServiceError } from '../domain/errors.ts';
import { eventSourceState, expirationTime, type PartnerEventSource } from '../domain/partner-event-source.ts';
import type { Scope } from '../domain/scope.ts';
import type { ActionContext } from './action.ts';

/** A partner event source as it stands now. */
export interface PresentSource {
  readonly source: PartnerEventSource;
  readonly state: EventSourceState;
  /** Epoch milliseconds; only of one that waits. */
  readonly expirationTime: number | undefined;
}

/** The source of that name that is offered to an account; undefined when there is none any more. */
export function offeredSource(name: string, scope: Scope, context: ActionContext): PresentSource | undefined {
  const source = context.configuration.partnerEventSource(scope, name);
  return source && present(source, scope.region, context);
}

/** All sources that are offered to an account, in order of their names. */
export function offeredSources(context: ActionContext): readonly PresentSource[] {
  return presentSources(context, ({ account }) => account === context.scope.account);
}

/** All sources that an account created as a partner, in order of the accounts they are offered to. */
export function ownSources(context: ActionContext): readonly PresentSource[] {
  return presentSources(context, ({ partner }) => partner === context.scope.account);
}

/** AWS's refusal of a source that is not there. */
export function unknownSource(name: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', `Event source ${name} does not exist.`);
}

function presentSources(
  context: ActionContext,
  wanted: (source: PartnerEventSource) => boolean,
): readonly PresentSource[] {
  const { region } = context.scope;
  return context.configuration.listPartnerEventSources(region).flatMap((source) => {
    const found = wanted(source) ? present(source, region, context) : undefined;
    return found === undefined ? [] : [found];
  });
}

function present(
  source: PartnerEventSource,
  region: string,
  { configuration, clock }: ActionContext,
): PresentSource | undefined {
  const hasBus = configuration.eventBus({ account: source.account, region }, source.name) !== undefined;
  const state = eventSourceState(source, { hasBus, now: clock.now() });
  if (state === undefined) return undefined;
  return { source, state, expirationTime: state === 'PENDING' ? expirationTime(source) : undefined };
}
