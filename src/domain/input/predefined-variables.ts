import { type JsonView, unquoted } from './json-view.ts';

/** What a target's input is made from, beside its own configuration. */
export interface InputSource {
  /** The event's envelope, JSON text. */
  readonly event: string;
  /** ARN of the rule that matched. */
  readonly ruleArn: string;
  /** When Busbar received the event, epoch milliseconds. */
  readonly ingestedAt: number;
}

type Variable = (source: InputSource, event: JsonView) => string;

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
const variables: ReadonlyMap<string, Variable> = new Map<string, Variable>([
  ['aws.events.rule-arn', ({ ruleArn }) => JSON.stringify(ruleArn)],
  // Names of partner event buses hold slashes: a rule's own name is behind the last one.
  ['aws.events.rule-name', ({ ruleArn }) => JSON.stringify(ruleArn.slice(ruleArn.lastIndexOf('/') + 1))],
  ['aws.events.event.ingestion-time', ({ ingestedAt }) => `"${new Date(ingestedAt).toISOString()}"`],
  ['aws.events.event.json', (_, event) => event.json(event.root)],
  ['aws.events.event', (_, event) => withoutDetail(event)],
]);

/** Those that stand for an object, and have a place in object templates only. */
export const EVENT_VARIABLES: readonly string[] = ['aws.events.event', 'aws.events.event.json'];

/** Whether AWS gives every template a variable of this name. */
export function isPredefined(name: string): boolean {
  return variables.has(name);
}

/** The value of a predefined variable as compact JSON text; undefined when it is none. */
export function predefinedValue(name: string, source: InputSource, event: JsonView): string | undefined {
  return variables.get(name)?.(source, event);
}

// The order in which AWS writes them, and what each is called in the event.
const ENVELOPE_MEMBERS: readonly (readonly [string, string])[] = [
  ['id', 'id'],
  ['account', 'account'],
  ['detailType', 'detail-type'],
  ['time', 'time'],
  ['source', 'source'],
  ['region', 'region'],
  ['resources', 'resources'],
  ['version', 'version'],
];

/** The envelope as `<aws.events.event>` has it: no detail, and the time in epoch milliseconds. */
function withoutDetail(event: JsonView): string {
  const members = event.members(event.root);
  const shown: string[] = [];
  for (const [name, nameInEvent] of ENVELOPE_MEMBERS) {
    const value = members?.get(nameInEvent);
    if (value === undefined) continue;
    const json = event.json(value);
    shown.push(`"${name}":${name === 'time' ? epochMilliseconds(json) : json}`);
  }
  return `{${shown.join(',')}}`;
}

function epochMilliseconds(json: string): string {
  // JSON has no NaN: a time that is none becomes null.
  return JSON.stringify(Date.parse(json.startsWith('"') ? unquoted(json) : json));
}
