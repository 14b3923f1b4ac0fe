import { placeIn } from '../bus/configuration.ts';
import type { Action } from './action.ts';
import { existingEndpoint } from './endpoint-checks.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteEndpoint.html */
export const deleteEndpoint: Action<'DeleteEndpoint'> = async ({ name }, { scope, configuration }) => {
  await configuration.endpoints.change(placeIn(scope, name), (current) => {
    existingEndpoint(current, name);
    return undefined;
  });
  return {};
};
