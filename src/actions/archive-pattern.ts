import { JsonReader, type JsonToken } from '../match/json-reader.ts';

const REPLAY_NAME = 'replay-name';
const NOT_REPLAYED = `"${REPLAY_NAME}":[{"exists":false}]`;

/**
 * The pattern of an archive's rule, from the archive's own, which must be valid: without white space, and for
 * events that come from no replay, whatever the archive's says of that. Numbers keep their digits.
 */
export function archiveRulePattern(eventPattern: string | undefined): string {
  const members = [NOT_REPLAYED];
  if (eventPattern !== undefined) {
    const reader = new JsonReader(eventPattern);
    reader.next();
    while (reader.next() === 'key') {
      const key = reader.tokenText();
      const value = valueText(reader, reader.next());
      if (key !== REPLAY_NAME) members.push(`${JSON.stringify(key)}:${value}`);
    }
  }
  return `{${members.join(',')}}`;
}

/** The value that begins with the reader's token; the reader is left on its last one. */
function valueText(reader: JsonReader, token: JsonToken): string {
  if (token === 'string') return JSON.stringify(reader.tokenText());
  const parts: string[] = [];
  if (token === 'start-object') {
    while (reader.next() === 'key') {
      const key = reader.tokenText();
      parts.push(`${JSON.stringify(key)}:${valueText(reader, reader.next())}`);
    }
    return `{${parts.join(',')}}`;
  }
  if (token === 'start-array') {
    for (let item = reader.next(); item !== 'end-array'; item = reader.next()) {
      parts.push(valueText(reader, item));
    }
    return `[${parts.join(',')}]`;
  }
  return reader.tokenText();
}
