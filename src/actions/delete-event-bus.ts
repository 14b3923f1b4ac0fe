import { busPlace } from '../bus/configuration.ts';
import { ServiceError } from '../domain/errors.ts';
import { DEFAULT_BUS } from '../domain/event-bus.ts';
import type { Action } from './action.ts';

/**
 * Deleting an unknown event bus succeeds.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteEventBus.html
 */
export const deleteEventBus: Action<'DeleteEventBus'> = async ({ name }, { scope, configuration }) => {
  if (name === DEFAULT_BUS) {
    throw new ServiceError('ValidationException', 'Cannot delete event bus default.');
  }
  await configuration.eventBuses.change(busPlace(scope, name), () => {
    if (configuration.listRules(scope, name).length > 0) {
      throw new ServiceError('ValidationException', "EventBus can't be deleted since it has rules.");
    }
    return undefined;
  });
  return undefined;
};
