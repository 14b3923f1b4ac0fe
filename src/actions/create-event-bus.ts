import { busPlace } from '../bus/configuration.ts';
import { eventBusArn } from '../domain/arn.ts';
import { ServiceError } from '../domain/errors.ts';
import { DEFAULT_BUS, type EventBus } from '../domain/event-bus.ts';
import type { Action } from './action.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html */
export const createEventBus: Action<'CreateEventBus'> = async (request, context) => {
  const { scope, configuration, clock, limits } = context;
  const { name, description, kmsKeyIdentifier, deadLetterConfig, logConfig } = request;
  if (request.eventSourceName !== undefined) {
    throw new ServiceError(
      'NotImplementedException',
      'Busbar does not implement partner event buses yet: leave EventSourceName out.',
    );
  }
  if (name.includes('/')) {
    throw new ServiceError('ValidationException', "Event bus name must not contain '/'.");
  }
  const now = clock.now();
  await configuration.eventBuses.change(busPlace(scope, name), (current): EventBus => {
    if (current !== undefined || name === DEFAULT_BUS) {
      throw new ServiceError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
    }
    if (configuration.listEventBuses(scope).length >= limits.eventBusesPerRegion) {
      throw new ServiceError(
        'LimitExceededException',
        'The requested resource exceeds the maximum number allowed.',
      );
    }
    const tags = request.tags ?? [];
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
  return {
    eventBusArn: eventBusArn(scope, name),
    description,
    kmsKeyIdentifier,
    deadLetterConfig,
    logConfig,
  };
};
