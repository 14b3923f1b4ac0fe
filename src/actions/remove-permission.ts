import { busPlace } from '../bus/configuration.ts';
import { ServiceError } from '../domain/errors.ts';
import type { EventBus } from '../domain/event-bus.ts';
import type { Action } from './action.ts';
import { existingBus } from './named.ts';
import { statementsIn, withStatements } from './put-permission-policy.ts';

/**
 * Takes one statement out of an event bus's resource policy, or all of them. Without statements there is no
 * policy.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RemovePermission.html
 */
export const removePermission: Action<'RemovePermission'> = async (request, context) => {
  const { scope, configuration, clock } = context;
  const { statementId, removeAllPermissions = false } = request;
  if (statementId === undefined && !removeAllPermissions) {
    throw new ServiceError(
      'ValidationException',
      'Parameter(s) StatementId or RemoveAllPermissions must be specified.',
    );
  }
  const { name } = existingBus(request.eventBusName, scope, configuration);
  const now = clock.now();
  await configuration.eventBuses.change(busPlace(scope, name), (current): EventBus => {
    const bus = current ?? existingBus(name, scope, configuration);
    if (removeAllPermissions) return { ...bus, policy: undefined, modifiedAt: now };
    const present = statementsIn(bus.policy);
    const kept = present.filter(({ Sid }) => Sid !== statementId);
    if (kept.length === present.length) {
      throw new ServiceError('ResourceNotFoundException', 'Statement with the provided id does not exist.');
    }
    const policy = kept.length === 0 ? undefined : withStatements(bus.policy, kept);
    return { ...bus, policy, modifiedAt: now };
  });
  return undefined;
};
