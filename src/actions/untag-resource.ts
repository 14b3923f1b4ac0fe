import type { Action } from './action.ts';
import { changeTags } from './tagged-resource.ts';

/**
 * Removes tags from a rule or an event bus; keys that are not there are no error.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UntagResource.html
 */
export const untagResource: Action<'UntagResource'> = async ({ resourceARN, tagKeys }, context) => {
  const removed = new Set(tagKeys);
  await changeTags(resourceARN, 'UntagResource', {
    context,
    change: (current) => current.filter(({ key }) => !removed.has(key)),
  });
  return {};
};
