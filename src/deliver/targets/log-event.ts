import { JsonView } from '../../domain/input/json-view.ts';
import { dynamicValues } from './dynamic-value.ts';
import { type FailedOutcome, type Invocation, permanent } from './target-kind.ts';

/** An event of CloudWatch Logs; its time is epoch milliseconds. */
export interface LogEvent {
  readonly timestamp: number;
  readonly message: string;
}

/**
 * The log event for an invocation: the input as message, at the time of the event. An input transformer has to
 * make both, as `{"timestamp":TIME,"message":TEXT}`, the time in ISO 8601 or in milliseconds; what is of
 * another form could only be logged in a way that AWS would not.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html
 */
export function logEventOf({ target, input, delivery }: Invocation): LogEvent | FailedOutcome {
  if (target.inputTransformer === undefined) {
    const time = dynamicValues(delivery.event.envelope)('$.time');
    return { timestamp: timeOf(time) ?? delivery.event.receivedAt, message: input };
  }
  const { timestamp, message } = membersOf(input);
  const time = timeOf(timestamp);
  if (time === undefined || message === undefined) {
    const form = '{"timestamp":TIME,"message":TEXT}';
    return permanent(
      'INVALID_PARAMETER',
      `The input of a CloudWatch Logs target must have the form ${form}.`,
    );
  }
  return { timestamp: time, message };
}

/** The members of an object as text: strings without their quotes, anything else as JSON, digit for digit. */
function membersOf(json: string): Readonly<Record<string, string>> {
  let view: JsonView;
  try {
    view = new JsonView(json);
  } catch {
    return {}; // a template may make several values, one after the other
  }
  const members = [...(view.members(view.root) ?? [])].map(([name, value]) => {
    const text = view.json(value);
    return [name, text.startsWith('"') ? String(JSON.parse(text)) : text];
  });
  return Object.fromEntries(members);
}

/** Of epoch milliseconds or a date; undefined for anything else. */
function timeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = /^\d{1,15}$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isNaN(time) || time < 0 ? undefined : time;
}
