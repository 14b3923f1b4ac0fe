import type { Chapter } from './operation-text.ts';
import {
  BUS_OF_POLICY,
  DESCRIPTION,
  DESCRIPTION_CHANGED,
  KMS_KEY,
  KMS_KEY_CHANGED,
  LIMIT,
  NAME_PREFIX,
  NEXT_TOKEN,
  TAGS,
} from './shared-texts.ts';

const DEAD_LETTERS =
  'A queue for events that the event bus itself could not handle; the dead letters of deliveries are the affair of each target. Busbar keeps and shows it, without effect.';
const LOGS =
  'What the event bus logs of its work. Busbar keeps and shows it, and tells each event\'s story without it ("busbar explain event ID").';

/** Event buses, and who may send to them. */
export const eventBuses: Chapter = {
  title: 'Event buses',
  operations: {
    'create-event-bus': {
      about:
        'Creates an event bus of your own, or the one that takes the events of a partner event source. Rules belong to an event bus and see its events only, so that an application or a team can have its own. The default event bus is always there. It fails when there is one of that name, and with more than 100 event buses in a Region.',
      examples: [
        ['an event bus for orders', 'create-event-bus --name orders'],
        [
          'with a description and tags',
          `create-event-bus --name refunds --description 'money back' --tags Key=team,Value=shop Key=stage,Value=test`,
        ],
      ],
      options: {
        Name: 'Its name: letters, digits, dots, dashes and underscores, and no slash. That of a partner event bus is the name of its event source.',
        EventSourceName:
          'The partner event source whose events it takes, which becomes active by that. Left out, it is an event bus of your own.',
        Description: DESCRIPTION,
        KmsKeyIdentifier: KMS_KEY,
        DeadLetterConfig: `${DEAD_LETTERS} Left out, there is none.`,
        LogConfig: `${LOGS} Left out, nothing.`,
        Tags: TAGS,
      },
    },
    'describe-event-bus': {
      about:
        'Shows an event bus: its ARN, its policy, its settings, and when it was made and changed. It fails when there is no such event bus.',
      examples: [
        ['the default event bus', 'describe-event-bus'],
        ['the ARN of another one', 'describe-event-bus --name shop --query Arn --output text'],
      ],
      options: { Name: 'The event bus, by name or ARN. Left out, it is the default event bus.' },
    },
    'list-event-buses': {
      about:
        'Lists the event buses of the account and Region in the order of their names, the default one too.',
      examples: [
        ['their names', "list-event-buses --query 'EventBuses[].Name' --output text"],
        ['those that begin with "sh"', 'list-event-buses --name-prefix sh'],
      ],
      options: { NamePrefix: NAME_PREFIX, NextToken: NEXT_TOKEN, Limit: LIMIT },
    },
    'update-event-bus': {
      about:
        'Changes the settings of an event bus; what is left out stays as it is. The default event bus can be changed too. It fails when there is no such event bus.',
      examples: [
        ['another description', "update-event-bus --name shop --description 'orders and refunds'"],
        ['log failures', 'update-event-bus --name shop --log-config IncludeDetail=NONE,Level=ERROR'],
      ],
      options: {
        Name: 'The event bus. Left out, it is the default one.',
        KmsKeyIdentifier: KMS_KEY_CHANGED,
        Description: DESCRIPTION_CHANGED,
        DeadLetterConfig: `${DEAD_LETTERS} Left out, it stays as it is; otherwise it is replaced.`,
        LogConfig: `${LOGS} Left out, it stays as it is; otherwise it is replaced.`,
      },
    },
    'delete-event-bus': {
      about:
        'Deletes an event bus. Its rules must be gone before, those of its archives too (delete-archive), else it fails; so it does for the default event bus. One that is not there counts as deleted.',
      examples: [
        ['what rules does it have?', "list-rules --event-bus-name shop --query 'Rules[].Name'"],
        ['an event bus without rules', 'delete-event-bus --name empty'],
      ],
      options: { Name: 'The name of the event bus.' },
    },
    'put-permission': {
      about:
        "Adds a statement to an event bus's policy, which lets another account or everybody send events to it, or replaces the whole policy (Policy). Your own account needs no permission. It fails when there is no such event bus, when the policy cannot be read, and when it becomes longer than 10,240 characters.",
      examples: [
        [
          'account 111122223333 may send to the default event bus',
          'put-permission --statement-id crm --principal 111122223333 --action events:PutEvents',
        ],
        [
          'a whole policy, from a file, for another event bus',
          'put-permission --event-bus-name shop --policy file://policy.json',
        ],
      ],
      options: {
        EventBusName: BUS_OF_POLICY,
        Action: 'What is allowed: events:PutEvents, and nothing else. Needed unless there is a Policy.',
        Principal:
          'Who is allowed: an account of twelve digits, or "*" for everybody, better not without a Condition. Needed unless there is a Policy.',
        StatementId:
          'A name for the statement, to find it by. One of that name is replaced. Needed unless there is a Policy.',
        Condition:
          'Narrows "*" down to the accounts of an organization. In Busbar no account belongs to one. Left out, there is no condition.',
        Policy:
          'The whole policy as JSON text, in place of the one before; not together with the other four. Left out, a statement is added.',
      },
    },
    'remove-permission': {
      about:
        "Takes one statement, or all of them, out of an event bus's policy. It fails when there is no such event bus or statement, and when neither is asked for.",
      examples: [
        ['one statement', 'remove-permission --statement-id partner'],
        ['all of them', 'remove-permission --remove-all-permissions'],
      ],
      options: {
        StatementId:
          'The statement that goes: the StatementId of put-permission, the Sid in the policy. Needed unless all go.',
        RemoveAllPermissions: 'Takes the whole policy away. Left out, one statement goes.',
        EventBusName: BUS_OF_POLICY,
      },
    },
  },
  structures: {
    LogConfig: {
      IncludeDetail: 'Whether log records hold the details of events (FULL) or not (NONE).',
      Level:
        'How much is logged: nothing (OFF), what fails (ERROR), the main steps (INFO), or every step (TRACE).',
    },
    Condition: {
      Type: 'The comparison: StringEquals.',
      Key: 'What is compared: aws:PrincipalOrgID.',
      Value: 'The id of the organization, as in o-1a2b3c4d5e.',
    },
  },
};
