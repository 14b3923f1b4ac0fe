import type { Action } from './action.ts';
import { mergeTags } from './merge-tags.ts';
import { changeTags } from './tagged-resource.ts';

/**
 * Adds tags to a rule or an event bus; a key that is there gets the new value.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TagResource.html
 */
export const tagResource: Action<'TagResource'> = async ({ resourceARN, tags }, context) => {
  await changeTags(resourceARN, 'TagResource', {
    context,
    change: (current) => mergeTags(current, tags, context.limits),
  });
  return {};
};
