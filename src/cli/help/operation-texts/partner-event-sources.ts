import type { Chapter } from './operation-text.ts';
import { LIMIT, NEXT_TOKEN } from './shared-texts.ts';

const SOURCE = 'The whole name of the partner event source, as in aws.partner/example.com/shop.';

/** Partner event sources, from both sides: who sends events, and who gets them. */
export const partnerEventSources: Chapter = {
  title: 'Partner event sources',
  operations: {
    'create-partner-event-source': {
      about:
        'For partners: offers a source of events to an account. It is PENDING there until that account makes an event bus of its name (create-event-bus with EventSourceName), and put-partner-events sends to it. AWS registers partners; in Busbar every account may be one, under any name. It fails when the account has such a source already.',
      examples: [
        [
          'offer one to an account',
          'create-partner-event-source --name aws.partner/example.com/stock --account 000000000000',
        ],
        [
          'and take it, as that account',
          'create-event-bus --name aws.partner/example.com/stock --event-source-name aws.partner/example.com/stock',
        ],
      ],
      options: {
        Name: 'aws.partner/, the name of the partner, and at least one further part behind a slash.',
        Account: 'The account that the source is offered to, twelve digits.',
      },
    },
    'describe-partner-event-source': {
      about:
        'For partners: shows a source that was offered, its name and ARN. It fails when there is no such source.',
      examples: [
        ['a source', 'describe-partner-event-source --name aws.partner/example.com/shop'],
        [
          'its ARN',
          'describe-partner-event-source --name aws.partner/example.com/shop --query Arn --output text',
        ],
      ],
      options: { Name: SOURCE },
    },
    'list-partner-event-sources': {
      about: 'For partners: lists the sources that were offered whose names begin with a prefix.',
      examples: [
        ['all of a partner', 'list-partner-event-sources --name-prefix aws.partner/example.com/'],
        [
          'their names',
          "list-partner-event-sources --name-prefix aws.partner/example.com/s --query 'PartnerEventSources[].Name' --output text",
        ],
      ],
      options: {
        NamePrefix:
          'What their names begin with: at least aws.partner/, the name of the partner, and a slash.',
        NextToken: NEXT_TOKEN,
        Limit: LIMIT,
      },
    },
    'list-partner-event-source-accounts': {
      about:
        'For partners: lists the accounts that a source was offered to, and what became of it there: PENDING, ACTIVE or DELETED. It fails when there is no such source.',
      examples: [
        [
          'who has it?',
          'list-partner-event-source-accounts --event-source-name aws.partner/example.com/shop',
        ],
        [
          'accounts and states, in a line each',
          "list-partner-event-source-accounts --event-source-name aws.partner/example.com/shop --query 'PartnerEventSourceAccounts[].[Account,State]' --output text",
        ],
      ],
      options: { EventSourceName: SOURCE, NextToken: NEXT_TOKEN, Limit: LIMIT },
    },
    'delete-partner-event-source': {
      about:
        'For partners: takes back what was offered to an account. Its event bus stays there and gets nothing more. A source that is not there counts as deleted.',
      examples: [
        ['what is offered?', 'list-partner-event-sources --name-prefix aws.partner/example.com/'],
        [
          'take it back',
          'delete-partner-event-source --name aws.partner/example.com/shop --account 000000000000',
        ],
      ],
      options: { Name: SOURCE, Account: 'The account that it was offered to, twelve digits.' },
    },
    'put-partner-events': {
      about:
        'For partners: sends up to twenty events to the event buses of all accounts in which their source is active; where it is not, they are dropped. Each entry is taken or refused by itself, so look at FailedEntryCount. The whole call fails with more than 1 MiB in all.',
      examples: [
        [
          'one event',
          `put-partner-events --entries '{
    "Source": "aws.partner/example.com/shop",
    "DetailType": "order",
    "Detail": "{\\"id\\": 1}"
  }'`,
        ],
        [
          'several from a file, to see how many were refused',
          'put-partner-events --entries file://partner-entries.json --query FailedEntryCount',
        ],
      ],
      options: {
        Entries:
          'The events. A word of shorthand or a JSON object each, or one JSON list. The answer has a result for each, in the same order.',
      },
    },
    'describe-event-source': {
      about:
        'Shows a partner event source that was offered to this account: who offers it, its state, and when the offer ends. It fails when there is no such source.',
      examples: [
        ['a source', 'describe-event-source --name aws.partner/example.com/shop'],
        [
          'its state',
          'describe-event-source --name aws.partner/example.com/shop --query State --output text',
        ],
      ],
      options: { Name: SOURCE },
    },
    'list-event-sources': {
      about:
        'Lists the partner event sources that were offered to this account. A PENDING one waits for create-event-bus with its name.',
      examples: [
        ['all of them', 'list-event-sources'],
        ['those of one partner', 'list-event-sources --name-prefix aws.partner/example.com'],
      ],
      options: {
        NamePrefix: 'Only those whose name begins with this text. Left out, all of them.',
        NextToken: NEXT_TOKEN,
        Limit: LIMIT,
      },
    },
    'activate-event-source': {
      about:
        'Lets events of a partner event source in again after deactivate-event-source. It fails when there is no such source or no event bus of its name, and with InvalidStateException when the partner has deleted it. create-event-bus activates a new source by itself.',
      examples: [
        ['let events in again', 'activate-event-source --name aws.partner/example.com/crm'],
        [
          'is it active now?',
          'describe-event-source --name aws.partner/example.com/crm --query State --output text',
        ],
      ],
      options: { Name: SOURCE },
    },
    'deactivate-event-source': {
      about:
        'Keeps events of a partner event source out: they are dropped until activate-event-source. Its event bus and rules stay. It fails when there is no such source or no event bus of its name, and with InvalidStateException when the partner has deleted it.',
      examples: [
        ['keep events out', 'deactivate-event-source --name aws.partner/example.com/crm'],
        [
          'which sources are there?',
          "list-event-sources --query 'EventSources[].[Name,State]' --output text",
        ],
      ],
      options: { Name: SOURCE },
    },
  },
};
