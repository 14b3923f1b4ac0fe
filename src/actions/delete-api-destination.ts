import { placeIn } from '../bus/configuration.ts';
import type { Action } from './action.ts';
import { existingApiDestination } from './api-destination-checks.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteApiDestination.html */
export const deleteApiDestination: Action<'DeleteApiDestination'> = async ({ name }, context) => {
  const { scope, configuration } = context;
  await configuration.apiDestinations.change(placeIn(scope, name), (current) => {
    existingApiDestination(current, { name, verb: 'delete' });
    return undefined;
  });
  return {};
};
