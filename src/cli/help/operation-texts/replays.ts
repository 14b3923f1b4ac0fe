import type { Chapter } from './operation-text.ts';
import { DESCRIPTION, LIMIT, NAME_PREFIX, NEXT_TOKEN } from './shared-texts.ts';

const ONE_FILTER = 'Of the filters a request has one at most.';

/** Replays. */
export const replays: Chapter = {
  title: 'Replays',
  operations: {
    'start-replay': {
      about:
        'Publishes the events that an archive holds from a span of time to their event bus again: to all of its rules, or to some (FilterArns). The answer comes at once and the work goes on behind it; describe-replay tells how far it is, and "busbar replay" shows that while it waits. Replayed events bear the name of the replay in "replay-name", by which patterns can leave them out. It fails when there is no such archive or event bus, when a replay of that name exists, and with more than ten replays under way.',
      examples: [
        [
          'one day of an archive',
          'start-replay --replay-name friday --event-source-arn arn:aws:events:us-east-1:000000000000:archive/all --event-start-time 2026-01-02T00:00:00Z --event-end-time 2026-01-03T00:00:00Z --destination Arn=arn:aws:events:us-east-1:000000000000:event-bus/default',
        ],
        ['all of it from a file, which may name rules', 'start-replay --cli-input-json file://replay.json'],
      ],
      options: {
        ReplayName:
          'Its name: letters, digits, dots, dashes and underscores. It is taken until 90 days after the end of the replay.',
        Description: DESCRIPTION,
        EventSourceArn: 'The ARN of the archive.',
        EventStartTime:
          'The time of the first event that is replayed: ISO 8601 or epoch seconds, a fraction is cut off. Events go by their own "time".',
        EventEndTime: 'Events from this time on are not replayed any more; it must be later than the start.',
        Destination:
          'Where the events go to: the event bus that the archive is of, all of its rules or some.',
      },
    },
    'describe-replay': {
      about:
        'Shows a replay: its state, its span of time, and the time of the event that was replayed last. COMPLETED means that all were published; deliveries may still be owed. It fails when there is no such replay, or when it ended more than 90 days ago.',
      examples: [
        ['all of it', 'describe-replay --replay-name again'],
        [
          'its state, and how far it is',
          `describe-replay --replay-name again --query '[State,EventLastReplayedTime]' --output text`,
        ],
      ],
      options: { ReplayName: 'The name of the replay.' },
    },
    'list-replays': {
      about: `Lists replays, those that ended within 90 days too: all, by name, by archive or by state. ${ONE_FILTER}`,
      examples: [
        ['all of them, as a table', 'list-replays --output table'],
        ['those under way', 'list-replays --state RUNNING'],
      ],
      options: {
        NamePrefix: `${NAME_PREFIX} ${ONE_FILTER}`,
        State: `Only those in this state. ${ONE_FILTER}`,
        EventSourceArn: `Only those of the archive with this ARN. ${ONE_FILTER}`,
        NextToken: NEXT_TOKEN,
        Limit: LIMIT,
      },
    },
    'cancel-replay': {
      about:
        'Ends a replay that is starting or running: nothing more is published, and what was published stays. It fails when there is no such replay, and with IllegalStatusException when it has ended already.',
      examples: [
        ['end it', 'cancel-replay --replay-name again'],
        ['see what became of it', 'describe-replay --replay-name again --query State --output text'],
      ],
      options: { ReplayName: 'The name of the replay.' },
    },
  },
  structures: {
    ReplayDestination: {
      Arn: 'The ARN of the event bus, the one that the archive is of.',
      FilterArns: 'The ARNs of the rules that get the events, as far as they match. Left out, all rules do.',
    },
  },
};
