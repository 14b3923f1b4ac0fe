/** What help says of an operation. */
export interface OperationText {
  readonly about: string;
  /** What can be typed behind `busbar events`. */
  readonly example?: string;
}

/** Operations by the name under which they are typed. Those that are not here have a synopsis only. */
export const operationTexts: Readonly<Record<string, OperationText>> = {
  'put-events': {
    about:
      'Sends up to ten events to event buses. Each entry is taken or refused by itself: the command succeeds even when some are refused, so look at FailedEntryCount. For more than ten, and for trying again, there is "busbar send".',
    example: `put-events --entries 'Source=my.app,DetailType=order,Detail="{\\"id\\": 1}"'`,
  },
  'put-rule': {
    about:
      'Creates a rule on an event bus, or replaces the one of that name. A rule has an event pattern, a schedule (on the default bus only), or both; its targets are added with put-targets.',
    example: `put-rule --name orders --event-pattern '{"source": ["my.app"]}'`,
  },
  'put-targets': {
    about:
      'Adds targets to a rule, or replaces those with the same ids. A target gets each event that the rule matches: whole, a part of it (InputPath), a fixed text (Input), or what a template makes of it (InputTransformer).',
    example: 'put-targets --rule orders --targets Id=web,Arn=http://localhost:3000/',
  },
  'remove-targets': {
    about: 'Takes targets from a rule. Events that are on their way to them are still delivered.',
    example: 'remove-targets --rule orders --ids web',
  },
  'list-rules': {
    about: 'Lists the rules of an event bus, by a prefix of their names if one is given.',
    example: "list-rules --query 'Rules[].Name' --output text",
  },
  'list-targets-by-rule': {
    about: 'Lists the targets of a rule with all their settings.',
    example: 'list-targets-by-rule --rule orders',
  },
  'list-rule-names-by-target': {
    about: 'Lists the names of the rules of an event bus that have a target with this ARN.',
    example: 'list-rule-names-by-target --target-arn ARN',
  },
  'describe-rule': {
    about:
      'Shows a rule: its pattern or schedule, whether it is enabled, its role. Its targets have a list of their own.',
    example: 'describe-rule --name orders',
  },
  'delete-rule': {
    about: 'Deletes a rule. Its targets must be gone before (remove-targets).',
    example: 'delete-rule --name orders',
  },
  'enable-rule': { about: 'Lets a rule match events again.', example: 'enable-rule --name orders' },
  'disable-rule': {
    about: 'Stops a rule: it matches nothing, and its schedule rests, until it is enabled again.',
    example: 'disable-rule --name orders',
  },
  'test-event-pattern': {
    about:
      'Tells whether a pattern matches an event, without any rule. The event must be whole, with id, account, source, time, region, resources and detail-type. Why it does not match is told by "busbar explain".',
    example: 'test-event-pattern --event-pattern file://p.json --event file://e.json',
  },
  'create-event-bus': {
    about: 'Creates an event bus of your own, or one that takes the events of a partner event source.',
    example: 'create-event-bus --name orders',
  },
  'delete-event-bus': {
    about: 'Deletes an event bus. Its rules must be gone before; the default bus stays.',
    example: 'delete-event-bus --name orders',
  },
  'describe-event-bus': {
    about: 'Shows an event bus: its ARN, its policy and its settings.',
    example: 'describe-event-bus --name orders',
  },
  'list-event-buses': {
    about: 'Lists the event buses of the account and region.',
    example: 'list-event-buses',
  },
  'update-event-bus': {
    about: 'Changes the settings of an event bus: description, key, dead-letter queue, logging.',
    example: "update-event-bus --name orders --description 'all orders'",
  },
  'put-permission': {
    about: 'Lets another account, an organization, or whoever a policy names send events to an event bus.',
    example: 'put-permission --statement-id s1 --principal 111122223333 --action events:PutEvents',
  },
  'remove-permission': {
    about: "Takes a statement, or all of them, out of an event bus's policy.",
    example: 'remove-permission --statement-id s1',
  },
  'create-archive': {
    about:
      'Keeps the events of an event bus, all or those that match a pattern, for some days or for ever, so that they can be replayed.',
    example: 'create-archive --archive-name all --event-source-arn ARN',
  },
  'describe-archive': {
    about: 'Shows an archive: what it keeps, for how long, and how many events and bytes it holds.',
    example: 'describe-archive --archive-name all',
  },
  'list-archives': { about: 'Lists archives, by name, by event bus or by state.', example: 'list-archives' },
  'update-archive': {
    about: 'Changes the pattern, description or retention of an archive.',
    example: 'update-archive --archive-name all --retention-days 7',
  },
  'delete-archive': {
    about: 'Deletes an archive with the events in it.',
    example: 'delete-archive --archive-name all',
  },
  'start-replay': {
    about:
      'Sends the events that an archive holds from a span of time to their event bus again, to all rules or to those named in FilterArns. "busbar replay" shows how far it is.',
    example: 'start-replay --cli-input-json file://replay.json',
  },
  'describe-replay': {
    about: 'Shows a replay: its state, and the time of the event that was replayed last.',
    example: 'describe-replay --replay-name again',
  },
  'list-replays': { about: 'Lists replays, by name, by archive or by state.', example: 'list-replays' },
  'cancel-replay': { about: 'Ends a replay before its time.', example: 'cancel-replay --replay-name again' },
  'create-connection': {
    about:
      'Creates a connection: how requests to API destinations are authorized (basic, API key or OAuth), and what is added to each of them. Its secrets are kept sealed and never shown.',
    example: 'create-connection --cli-input-json file://connection.json',
  },
  'describe-connection': {
    about: 'Shows a connection without its secrets, and whether it is authorized.',
    example: 'describe-connection --name shop',
  },
  'list-connections': { about: 'Lists connections, by name or by state.', example: 'list-connections' },
  'create-api-destination': {
    about:
      'Creates an API destination: an HTTP endpoint that rules can have as a target, called with a connection, at a rate of so many invocations a second.',
    example: 'create-api-destination --cli-input-json file://destination.json',
  },
  'list-api-destinations': {
    about: 'Lists API destinations, by name or by connection.',
    example: 'list-api-destinations',
  },
  'tag-resource': {
    about: 'Gives a rule or an event bus tags, or changes them.',
    example: 'tag-resource --resource-arn ARN --tags Key=team,Value=shop',
  },
  'untag-resource': {
    about: 'Takes tags from a rule or an event bus.',
    example: 'untag-resource --resource-arn ARN --tag-keys team',
  },
  'list-tags-for-resource': {
    about: 'Lists the tags of a rule or an event bus.',
    example: 'list-tags-for-resource --resource-arn ARN',
  },
};
