import type { Chapter } from './operation-text.ts';
import { BUS_OF_RULE, FORCE_MANAGED, LIMIT_PAGED, NEXT_TOKEN_PAGED } from './shared-texts.ts';
import { targetMembers } from './target-members.ts';

/** The targets of rules; what a target consists of has a chapter of its own. */
export const targets: Chapter = {
  title: 'Targets',
  operations: {
    'put-targets': {
      about:
        "Adds targets to a rule, or replaces those that have the same Ids; other targets of the rule stay. A target gets each event that the rule matches: whole, a part of it (InputPath), a fixed text (Input), or what a template makes of it (InputTransformer). All targets are put or none: it fails when there is no such rule, when the rule would have more than five targets, and for a target that could not be delivered to. Beside AWS's services a target may be an HTTP endpoint, a NATS subject, a file or a command, by their URLs.",
      examples: [
        [
          'a program on this machine',
          'put-targets --rule orders --targets Id=web,Arn=http://localhost:3000/',
        ],
        [
          'a queue that gets a part of the event only',
          `put-targets --rule orders --targets '{
    "Id": "queue",
    "Arn": "arn:aws:sqs:us-east-1:000000000000:orders",
    "InputPath": "$.detail"
  }'`,
        ],
        [
          'a template, few retries, and a queue for what cannot be delivered',
          `put-targets --rule orders --targets '[{
    "Id": "web",
    "Arn": "http://localhost:3000/",
    "InputTransformer": {
      "InputPathsMap": {"id": "$.detail.id"},
      "InputTemplate": "{\\"order\\": <id>}"
    },
    "RetryPolicy": {"MaximumRetryAttempts": 3},
    "DeadLetterConfig": {"Arn": "arn:aws:sqs:us-east-1:000000000000:dead"}
  }]'`,
        ],
      ],
      options: {
        Rule: 'The name of the rule.',
        EventBusName: BUS_OF_RULE,
        Targets:
          'The targets; a rule has five at most, unless the quota was raised. A word of shorthand or a JSON object each, or one JSON list.',
      },
    },
    'list-targets-by-rule': {
      about:
        'Lists the targets of a rule with all their settings, in the order in which they were put first. It fails when there is no such rule.',
      examples: [
        ['all of them', 'list-targets-by-rule --rule orders'],
        [
          'their Ids and where they lead, in a line each',
          `list-targets-by-rule --rule orders --query 'Targets[].[Id,Arn]' --output text`,
        ],
      ],
      options: {
        Rule: 'The name of the rule.',
        EventBusName: BUS_OF_RULE,
        NextToken: NEXT_TOKEN_PAGED,
        Limit: LIMIT_PAGED,
      },
    },
    'remove-targets': {
      about:
        'Takes targets from a rule. Deliveries that are still owed to them end as failed, where "busbar redrive" shows them. A target that the rule does not have counts as removed; it fails when there is no such rule.',
      examples: [
        ['one target', 'remove-targets --rule orders --ids web'],
        [
          'two, of a rule on another event bus',
          'remove-targets --rule large --event-bus-name shop --ids web queue',
        ],
      ],
      options: {
        Rule: 'The name of the rule.',
        EventBusName: BUS_OF_RULE,
        Ids: 'The Ids of the targets that go, as list-targets-by-rule shows them: words, or one JSON list.',
        Force: FORCE_MANAGED,
      },
    },
  },
  structures: targetMembers,
};
