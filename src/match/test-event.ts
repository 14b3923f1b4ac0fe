import { JsonError, JsonReader, type JsonToken } from './json-reader.ts';

/** An event that TestEventPattern refuses; the message is that of AWS's ValidationException. */
export class InvalidTestEventError extends Error {
  override readonly name = 'InvalidTestEventError';
}

const REQUIRED = ['id', 'detail-type', 'source', 'account', 'time', 'region'];
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Holds an event against the rules of TestEventPattern: a JSON object with id, detail-type, source, account,
 * time and region, of any type, but for the time, which is an ISO instant. Version, resources and detail may
 * be missing. Throws `InvalidTestEventError`.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html
 */
export function checkTestEvent(text: string): void {
  const members = topLevelMembers(text);
  if (members === undefined || REQUIRED.some((key) => !members.has(key))) {
    throw new InvalidTestEventError('Parameter Event is not valid.');
  }
  const time = members.get('time');
  if (time?.token !== 'string' || !isInstant(time.text)) {
    throw new InvalidTestEventError('Parameter Event is not valid. Reason: Invalid time.');
  }
}

function isInstant(text: string): boolean {
  return INSTANT.test(text) && !Number.isNaN(Date.parse(text));
}

interface Member {
  readonly token: JsonToken;
  /** Of an object or array only the beginning. */
  readonly text: string;
}

/** The members of a JSON object, the last of each name; undefined when the text is anything else. */
function topLevelMembers(text: string): ReadonlyMap<string, Member> | undefined {
  const reader = new JsonReader(text);
  try {
    if (reader.next() !== 'start-object') return undefined;
    const members = readMembers(reader);
    reader.expectEnd();
    return members;
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}

function readMembers(reader: JsonReader): ReadonlyMap<string, Member> {
  const members = new Map<string, Member>();
  while (reader.next() !== 'end-object') {
    const key = reader.tokenText();
    const token = reader.next();
    members.set(key, { token, text: reader.tokenText() });
    reader.skipRest();
  }
  return members;
}
