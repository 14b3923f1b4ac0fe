import type { Tag } from '../api-model/types.generated.ts';
import { ServiceError } from '../domain/errors.ts';
import type { Limits } from '../domain/limits.ts';
import { checkQuota } from './quota.ts';

const RESERVED = 'aws:';

/**
 * The tags of a resource after some were added: a key that is there gets the new value in its place. Refuses
 * reserved keys, and more tags than a resource may have.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-tagging.html
 */
export function mergeTags(current: readonly Tag[], added: readonly Tag[], limits: Limits): readonly Tag[] {
  if (added.some(({ key }) => key.toLowerCase().startsWith(RESERVED))) {
    throw new ServiceError(
      'ValidationException',
      'aws: prefixed tag key names are not allowed for external use.',
    );
  }
  const tags = new Map<string, Tag>([...current, ...added].map((tag) => [tag.key, tag]));
  checkQuota(tags.size, limits.tagsPerResource);
  return [...tags.values()];
}
