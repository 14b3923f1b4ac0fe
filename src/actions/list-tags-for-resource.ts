import type { Action } from './action.ts';
import { tagsOf } from './tagged-resource.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListTagsForResource.html */
export const listTagsForResource: Action<'ListTagsForResource'> = async ({ resourceARN }, context) => ({
  tags: tagsOf(resourceARN, 'ListTagsForResource', context),
});
