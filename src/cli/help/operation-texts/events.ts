import type { Chapter } from './operation-text.ts';

const TIME =
  'When it happened: ISO 8601 or epoch seconds, kept to the second. Left out, it is the time at which the event arrives.';
const RESOURCES = 'ARNs of what the event is about. Left out, there are none.';
const DETAIL =
  'What there is to tell: a JSON object as text, at least "{}". An entry with anything else is refused as MalformedDetail. Inside shorthand it stands in double quotes, with a backslash before its own.';

/** Events that come in. */
export const events: Chapter = {
  title: 'Events',
  operations: {
    'put-events': {
      about:
        'Sends up to ten events to event buses. When it has answered with an EventId, that event and all deliveries that it owes are on disk. Each entry is taken or refused by itself, and the command succeeds even when some are refused: look at FailedEntryCount, and at the ErrorCode in the place of each entry. The whole call fails with more than ten entries, or with more than 1 MiB in all of them. For more than ten, and for sending what failed again, there is "busbar send".',
      examples: [
        [
          'one event, as shorthand',
          `put-events --entries 'Source=my.app,DetailType=order,Detail="{\\"id\\": 1}"'`,
        ],
        [
          'two events, as JSON',
          `put-events --entries '[
    {"Source": "my.app", "DetailType": "order", "Detail": "{\\"id\\": 1}"},
    {"Source": "my.app", "DetailType": "refund", "Detail": "{\\"id\\": 1}"}
  ]'`,
        ],
        [
          'entries from a file, to see how many were refused',
          'put-events --entries file://entries.json --query FailedEntryCount',
        ],
      ],
      options: {
        Entries:
          'The events, which may go to different event buses. A word of shorthand or a JSON object each, or one JSON list. The answer has a result for each, in the same order.',
        EndpointId:
          'The id of a global endpoint, as in abcde.veo (describe-endpoint shows it): the events go to its event bus in its primary Region. Left out, each goes to its event bus in the Region of the request. With it, requests are signed for all Regions at once, as AWS wants it.',
      },
    },
    'test-event-pattern': {
      about:
        'Tells whether an event pattern matches an event, with no rule and no event bus taking part: the answer is Result, true or false. It fails with InvalidEventPatternException when the pattern is none, and when the event lacks one of id, account, source, time, region, resources and detail-type. "busbar explain" tells which field of the pattern does not match, and takes events that are less complete.',
      examples: [
        [
          'a pattern and an event from files',
          'test-event-pattern --event-pattern file://pattern.json --event file://event.json',
        ],
        [
          'a pattern typed here; prints True or False',
          `test-event-pattern --event-pattern '{"source": ["my.app"]}' --event file://event.json --query Result --output text`,
        ],
      ],
      options: {
        EventPattern: 'The event pattern, as a rule would have it: a JSON object as text.',
        Event:
          'The whole event as JSON text, as targets get it: with id, account, source, time, region, resources and detail-type. All but resources, a list, are texts.',
      },
    },
  },
  structures: {
    PutEventsRequestEntry: {
      Time: TIME,
      Source:
        'Who tells it, as in my.app; most patterns ask for it. An entry without it is refused, and so is one that begins with "aws.", which only AWS may.',
      Resources: RESOURCES,
      DetailType:
        'What kind of event it is, in words such as "Order placed": it tells readers which fields to expect in Detail. An entry without it is refused.',
      Detail: DETAIL,
      EventBusName:
        'The event bus, by name or ARN. Left out, it is the default one. In another account it takes an ARN and a policy there that allows it. An event for a bus that does not exist gets an EventId and is dropped, as on AWS.',
      TraceHeader:
        'A trace header of AWS X-Ray, as in Root=1-5759e988-bd862e3fe1be46a994272793. No pattern sees it. Busbar takes it and passes it on to nobody.',
    },
    PutPartnerEventsRequestEntry: {
      Time: TIME,
      Source:
        'The partner event source that it comes from, by its whole name. An entry with a source that the caller did not create is refused.',
      Resources: RESOURCES,
      DetailType: 'What kind of event it is. An entry without it is refused.',
      Detail: DETAIL,
    },
  },
};
