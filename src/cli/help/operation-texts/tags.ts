import type { Chapter } from './operation-text.ts';

const RESOURCE = 'The ARN of the rule or event bus, as describe-rule and describe-event-bus show it.';

/** Tags. */
export const tags: Chapter = {
  title: 'Tags',
  operations: {
    'tag-resource': {
      about:
        'Gives a rule or an event bus tags; one with a key that is there already gets the new value, and the others stay. It fails when there is no such rule or event bus, for managed rules, and with more than 50 tags on one.',
      examples: [
        [
          'a rule of the default event bus',
          'tag-resource --resource-arn arn:aws:events:us-east-1:000000000000:rule/orders --tags Key=team,Value=shop',
        ],
        [
          'an event bus, two tags',
          'tag-resource --resource-arn arn:aws:events:us-east-1:000000000000:event-bus/shop --tags Key=team,Value=shop Key=stage,Value=test',
        ],
      ],
      options: {
        ResourceARN: RESOURCE,
        Tags: 'The tags. A word of shorthand or a JSON object each, or one JSON list.',
      },
    },
    'untag-resource': {
      about:
        'Takes tags from a rule or an event bus. A key that is not there counts as taken away; it fails when there is no such rule or event bus, and for managed rules.',
      examples: [
        [
          'one tag of a rule',
          'untag-resource --resource-arn arn:aws:events:us-east-1:000000000000:rule/orders --tag-keys team',
        ],
        [
          'two tags of an event bus',
          'untag-resource --resource-arn arn:aws:events:us-east-1:000000000000:event-bus/shop --tag-keys team stage',
        ],
      ],
      options: { ResourceARN: RESOURCE, TagKeys: 'The keys of the tags that go: words, or one JSON list.' },
    },
    'list-tags-for-resource': {
      about: 'Lists the tags of a rule or an event bus. It fails when there is none of that ARN.',
      examples: [
        [
          'of a rule',
          'list-tags-for-resource --resource-arn arn:aws:events:us-east-1:000000000000:rule/orders',
        ],
        [
          'of an event bus, in a line each',
          "list-tags-for-resource --resource-arn arn:aws:events:us-east-1:000000000000:event-bus/shop --query 'Tags[].[Key,Value]' --output text",
        ],
      ],
      options: { ResourceARN: RESOURCE },
    },
  },
  structures: {
    Tag: {
      Key: 'What it is called; "aws:" at its beginning is AWS\'s own.',
      Value: 'What it says; it may be empty.',
    },
  },
};
