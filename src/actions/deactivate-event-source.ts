import type { Action } from './action.ts';
import { changeEventSource } from './change-event-source.ts';

/**
 * Keeps the events of a source out; after two weeks of that the source is deleted. Deactivating it again does
 * not begin them anew.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeactivateEventSource.html
 */
export const deactivateEventSource: Action<'DeactivateEventSource'> = async ({ name }, context) => {
  const now = context.clock.now();
  await changeEventSource(name, context, (source) =>
    source.deactivated === true ? source : { ...source, deactivated: true, pendingSince: now },
  );
  return undefined;
};
