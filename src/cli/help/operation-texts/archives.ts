import type { Chapter } from './operation-text.ts';
import {
  DESCRIPTION,
  DESCRIPTION_CHANGED,
  KMS_KEY,
  KMS_KEY_CHANGED,
  LIMIT,
  NAME_PREFIX,
  NEXT_TOKEN,
} from './shared-texts.ts';

const ONE_FILTER = 'Of the filters a request has one at most.';

/** Archives. */
export const archives: Chapter = {
  title: 'Archives',
  operations: {
    'create-archive': {
      about:
        'Keeps the events of an event bus from now on, all or those that match a pattern, for some days or for good, so that start-replay can publish them again. The archive puts a managed rule on the event bus, named Events-Archive- and its name. It fails when there is an archive or a rule of that name, when there is no such event bus, and when the pattern cannot be read.',
      examples: [
        [
          'all events of the default event bus, for good',
          'create-archive --archive-name everything --event-source-arn arn:aws:events:us-east-1:000000000000:event-bus/default',
        ],
        [
          'orders only, for thirty days',
          `create-archive --archive-name orders --retention-days 30 --event-pattern '{"detail-type": ["order"]}' --event-source-arn arn:aws:events:us-east-1:000000000000:event-bus/default`,
        ],
      ],
      options: {
        ArchiveName: 'Its name: letters, digits, dots, dashes and underscores.',
        EventSourceArn: 'The ARN of the event bus whose events are kept, of this account and Region.',
        Description: DESCRIPTION,
        EventPattern: 'Which events are kept, as the pattern of a rule. Left out, all of them.',
        RetentionDays:
          'For how many days an event is kept, counted from when it was received; 0 is for good, as is leaving it out.',
        KmsKeyIdentifier: KMS_KEY,
      },
    },
    'describe-archive': {
      about:
        'Shows an archive: what it keeps and for how long, its state, and how many events and bytes it holds. Busbar counts these exactly; on AWS they may be a day old. It fails when there is no such archive.',
      examples: [
        ['all of it', 'describe-archive --archive-name all'],
        [
          'how much it holds',
          `describe-archive --archive-name all --query '[EventCount,SizeBytes]' --output text`,
        ],
      ],
      options: { ArchiveName: 'The name of the archive.' },
    },
    'list-archives': {
      about: `Lists archives in the order of their names, with their states and sizes: all, by name, by event bus or by state. ${ONE_FILTER}`,
      examples: [
        ['all of them, as a table', 'list-archives --output table'],
        [
          'those of an event bus',
          'list-archives --event-source-arn arn:aws:events:us-east-1:000000000000:event-bus/default',
        ],
      ],
      options: {
        NamePrefix: `${NAME_PREFIX} ${ONE_FILTER}`,
        EventSourceArn: `Only those of the event bus with this ARN. ${ONE_FILTER}`,
        State: `Only those in this state; a DISABLED one has lost its rule and gets no more events. ${ONE_FILTER}`,
        NextToken: NEXT_TOKEN,
        Limit: LIMIT,
      },
    },
    'update-archive': {
      about:
        'Changes what an archive keeps and for how long; what is left out stays as it is. A new pattern counts for events that come from now on, another retention for all of them. It also gives an archive that lost its rule a new one. It fails when there is no such archive, when the pattern cannot be read, and when nothing is to be changed.',
      examples: [
        ['keep events for a week', 'update-archive --archive-name all --retention-days 7'],
        ['another pattern', `update-archive --archive-name all --event-pattern '{"source": ["my.app"]}'`],
      ],
      options: {
        ArchiveName: 'The name of the archive.',
        Description: DESCRIPTION_CHANGED,
        EventPattern:
          'Which events are kept from now on. Left out, it stays as it is; an empty text keeps all events.',
        RetentionDays: 'For how many days events are kept; 0 is for good. Left out, it stays as it is.',
        KmsKeyIdentifier: KMS_KEY_CHANGED,
      },
    },
    'delete-archive': {
      about:
        'Deletes an archive, its rule, and the events in it; a replay of it that is under way fails. "busbar archive" brings events into a file before. It fails when there is no such archive.',
      examples: [
        ['which are there?', "list-archives --query 'Archives[].ArchiveName' --output text"],
        ['for good', 'delete-archive --archive-name all'],
      ],
      options: { ArchiveName: 'The name of the archive.' },
    },
  },
};
