import type { Chapter } from './operation-text.ts';
import {
  BUS_OF_RULE,
  FORCE_MANAGED,
  LIMIT_PAGED,
  NAME_PREFIX,
  NEXT_TOKEN_PAGED,
  TAGS,
} from './shared-texts.ts';

/** Rules, without their targets. */
export const rules: Chapter = {
  title: 'Rules',
  operations: {
    'put-rule': {
      about:
        'Creates a rule on an event bus, or replaces the one of that name. A rule has an event pattern, a schedule (on the default event bus only), or both; until put-targets gives it targets, nothing comes of it. Replacing is of the whole rule: what is left out goes, only its targets and tags stay. It fails when the pattern or the schedule cannot be read, when there is no such event bus, for managed rules, and with more than 300 rules on the bus.',
      examples: [
        [
          'a rule for all events of a source',
          `put-rule --name orders --event-pattern '{"source": ["my.app"]}'`,
        ],
        [
          'large orders only, on an event bus of their own',
          `put-rule --name large --event-bus-name shop --event-pattern '{
    "detail-type": ["order"],
    "detail": {"total": [{"numeric": [">=", 100]}]}
  }'`,
        ],
        [
          'on weekdays at 18:00 UTC',
          `put-rule --name report --schedule-expression 'cron(0 18 ? * MON-FRI *)'`,
        ],
        ['a pattern from a file', 'put-rule --name orders --event-pattern file://pattern.json'],
      ],
      options: {
        Name: 'The name of the rule, on its event bus: letters, digits, dots, dashes and underscores. A rule of that name is replaced.',
        ScheduleExpression:
          'When the rule sends its targets an event: rate(5 minutes), rate(1 hour), or cron(MINUTES HOURS DAY-OF-MONTH MONTH DAY-OF-WEEK YEAR), one of the two days being "?". All times are UTC. On the default event bus only. Left out, the rule has no schedule, and then it needs an event pattern.',
        EventPattern:
          'Which events the rule matches: a JSON object as text, whose fields hold lists of allowed values or of filters such as {"prefix": "a"}. More than 2,048 characters need a raised quota. Left out, no event matches, and then the rule needs a schedule.',
        State:
          'Whether the rule is at work; left out, it is ENABLED. A DISABLED rule matches nothing, and its schedule rests. Calls that CloudTrail records and that only read come to rules with the third state alone, which a rule with a schedule cannot have.',
        Description:
          'What the rule is for, for people. Left out, there is none, even if there was one before.',
        RoleArn:
          'An IAM role for the targets of the rule. Busbar keeps and shows it, and uses the RoleArn of each target. Left out, there is none.',
        Tags: `${TAGS} Tags of a rule that exists are not touched: tag-resource changes them.`,
        EventBusName: BUS_OF_RULE,
      },
    },
    'describe-rule': {
      about:
        'Shows a rule: its ARN, its event pattern or schedule, its state, its role and who made it. Its targets have a list of their own, list-targets-by-rule. It fails when there is no such rule.',
      examples: [
        ['all of it', 'describe-rule --name orders'],
        [
          'its event pattern alone, as JSON',
          'describe-rule --name orders --query EventPattern --output text',
        ],
      ],
      options: { Name: 'The name of the rule.', EventBusName: BUS_OF_RULE },
    },
    'list-rules': {
      about:
        'Lists the rules of an event bus in the order of their names, all of them or those whose names begin with a prefix. Managed rules, as archives have them, are among them. It fails when there is no such event bus.',
      examples: [
        ['the rules of the default event bus, as a table', 'list-rules --output table'],
        [
          'the names of those that are disabled',
          "list-rules --event-bus-name shop --query 'Rules[?State==`DISABLED`].Name' --output text",
        ],
        ['ten of those that begin with "or"', 'list-rules --name-prefix or --max-items 10'],
      ],
      options: {
        NamePrefix: NAME_PREFIX,
        EventBusName:
          'The event bus whose rules are listed, by name or ARN. Left out, it is the default event bus.',
        NextToken: NEXT_TOKEN_PAGED,
        Limit: LIMIT_PAGED,
      },
    },
    'list-rule-names-by-target': {
      about:
        'Lists the names of the rules of an event bus that have a target with this ARN: who sends events there? A target that no rule has makes an empty list. It fails when there is no such event bus.',
      examples: [
        ['who calls this URL?', 'list-rule-names-by-target --target-arn http://localhost:3000/'],
        [
          'which rules of another event bus feed this queue?',
          'list-rule-names-by-target --event-bus-name shop --target-arn arn:aws:sqs:us-east-1:000000000000:orders --query RuleNames --output text',
        ],
      ],
      options: {
        TargetArn:
          "The target's ARN, or the URL of one of Busbar's own targets, written as put-targets got it.",
        EventBusName:
          'The event bus whose rules are looked at, by name or ARN. Left out, it is the default event bus.',
        NextToken: NEXT_TOKEN_PAGED,
        Limit: LIMIT_PAGED,
      },
    },
    'enable-rule': {
      about:
        'Sets a rule to work again after disable-rule: it matches the events that come from now on, and a schedule begins anew. What came meanwhile is not caught up with; an archive and start-replay can do that. It fails when there is no such rule, and for managed rules.',
      examples: [
        ['on the default event bus', 'enable-rule --name orders'],
        ['on another one', 'enable-rule --name large --event-bus-name shop'],
      ],
      options: { Name: 'The name of the rule.', EventBusName: BUS_OF_RULE },
    },
    'disable-rule': {
      about:
        'Stops a rule, and keeps it with its targets: it matches nothing and its schedule rests until enable-rule. What it owes already is still delivered. It fails when there is no such rule, and for managed rules.',
      examples: [
        ['on the default event bus', 'disable-rule --name orders'],
        ['on another one', 'disable-rule --name large --event-bus-name shop'],
      ],
      options: { Name: 'The name of the rule.', EventBusName: BUS_OF_RULE },
    },
    'delete-rule': {
      about:
        'Deletes a rule for good. Its targets must be gone before (remove-targets), else it fails; a rule that is not there counts as deleted, on an event bus that is there.',
      examples: [
        ['its targets first', 'remove-targets --rule orders --ids web'],
        ['then the rule', 'delete-rule --name orders'],
        ['a rule of another event bus', 'delete-rule --name large --event-bus-name shop'],
      ],
      options: { Name: 'The name of the rule.', EventBusName: BUS_OF_RULE, Force: FORCE_MANAGED },
    },
  },
};
