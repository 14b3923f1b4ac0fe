import { rulePlace } from '../bus/configuration.ts';
import { ServiceError } from '../domain/errors.ts';
import type { Action } from './action.ts';
import { existingBus } from './named.ts';
import { refuseManagedUnlessForced } from './refuse-managed.ts';

/**
 * Deleting an unknown rule succeeds; on an unknown event bus it does not.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteRule.html
 */
export const deleteRule: Action<'DeleteRule'> = async (request, { scope, configuration }) => {
  const busName = existingBus(request.eventBusName, scope, configuration).name;
  await configuration.rules.change(rulePlace(scope, busName, request.name), (current) => {
    if (current !== undefined) {
      refuseManagedUnlessForced(current, request.force);
      if (current.targets.length > 0) {
        throw new ServiceError('ValidationException', "Rule can't be deleted since it has targets.");
      }
    }
    return undefined;
  });
  return undefined;
};
