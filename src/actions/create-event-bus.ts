import { busPlace, partnerEventSourcePlace } from '../bus/configuration.ts';
import { eventBusArn } from '../domain/arn.ts';
import { ServiceError } from '../domain/errors.ts';
import { DEFAULT_BUS, type EventBus } from '../domain/event-bus.ts';
import type { Action, ActionContext } from './action.ts';
import { mergeTags } from './merge-tags.ts';
import { offeredSource, unknownSource } from './partner-event-sources.ts';
import { checkQuota } from './quota.ts';

/**
 * Creates a custom event bus, or the partner event bus that matches a partner event source, which is active
 * from then on.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html
 */
export const createEventBus: Action<'CreateEventBus'> = async (request, context) => {
  const { scope, configuration, clock, limits } = context;
  const { name, description, kmsKeyIdentifier, deadLetterConfig, logConfig } = request;
  const { eventSourceName } = request;
  if (eventSourceName === undefined) refuseName(name);
  else refuseSource(name, eventSourceName, context);
  const tags = mergeTags([], request.tags ?? [], limits);
  const now = clock.now();
  await configuration.eventBuses.change(busPlace(scope, name), (current): EventBus => {
    if (current !== undefined || name === DEFAULT_BUS) {
      throw new ServiceError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
    }
    checkQuota(configuration.listEventBuses(scope).length + 1, limits.eventBusesPerRegion);
    return {
      name,
      description,
      kmsKeyIdentifier,
      deadLetterConfig,
      logConfig,
      tags,
      createdAt: now,
      modifiedAt: now,
    };
  });
  if (eventSourceName !== undefined) {
    // The event bus alone makes its source active; this only ends its waiting, so a crash in between is harmless.
    await configuration.partnerEventSources.change(
      partnerEventSourcePlace(scope, name),
      (current) => current && { ...current, pendingSince: undefined, deactivated: undefined },
    );
  }
  return {
    eventBusArn: eventBusArn(scope, name),
    description,
    kmsKeyIdentifier,
    deadLetterConfig,
    logConfig,
  };
};

function refuseName(name: string): void {
  if (name.startsWith('aws.')) throw invalid("EventBus name starting with 'aws.' is not valid.");
  if (name.includes('/')) throw invalid("Event bus name must not contain '/'.");
}

function refuseSource(name: string, eventSourceName: string, context: ActionContext): void {
  if (name !== eventSourceName) throw invalid('EventBus name must match the name of the event source.');
  if (offeredSource(name, context.scope, context) === undefined) throw unknownSource(name);
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}
