import type { Action } from './action.ts';
import { changeEventSource } from './change-event-source.ts';

/**
 * Lets the events of a deactivated source in again. One that is active stays so.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ActivateEventSource.html
 */
export const activateEventSource: Action<'ActivateEventSource'> = async ({ name }, context) => {
  await changeEventSource(name, context, (source) =>
    source.deactivated === true ? { ...source, deactivated: undefined, pendingSince: undefined } : source,
  );
  return undefined;
};
