import { type BusEvent, envelopeText } from '../domain/event.ts';
import { compactJson, JsonSyntaxError } from '../domain/input/index.ts';
import { JsonView } from '../domain/input/json-view.ts';
import type { Scope } from '../domain/scope.ts';
import { isDetail } from '../match/index.ts';

/** A line that is no event; the message says why, in a sentence's end. */
export class EventLineError extends Error {
  override readonly name = 'EventLineError';
}

/** An event as one line of JSON, without a line break: its envelope, digit for digit. */
export function eventLine({ envelope }: BusEvent): string {
  return compactJson(envelope);
}

/** What an event gets that its line doesn't say. */
export interface LineDefaults {
  readonly id: () => string;
  readonly origin: Scope;
  /** Refuses events of another account than the caller's. */
  readonly onlyOwn?: boolean;
}

/** The event's id and envelope, out of a line. Members that no event has are left out, and so is the name of a
 * replay. Throws EventLineError. */
export function readEventLine(line: string, defaults: LineDefaults): Pick<BusEvent, 'id' | 'envelope'> {
  const view = viewOf(line);
  const members = view.members(view.root);
  if (members === undefined) throw new EventLineError('it is no JSON object');
  const raw = (name: string): string | undefined => {
    const at = members.get(name);
    return at === undefined ? undefined : view.json(at);
  };
  const text = (name: string): string | undefined => textOf(name, raw(name));
  const detail = raw('detail');
  if (detail === undefined || !isDetail(detail)) throw new EventLineError('"detail" is no JSON object');
  const detailType = required('detail-type', text('detail-type'));
  const source = required('source', text('source'));
  const account = matching('account', text('account') ?? defaults.origin.account, /^\d{12}$/);
  if (defaults.onlyOwn === true && account !== defaults.origin.account) {
    throw new EventLineError(`"account" must be ${defaults.origin.account}`);
  }
  const id = text('id') || defaults.id();
  return {
    id,
    envelope: envelopeText({
      id,
      detailType,
      source,
      origin: {
        account,
        region: matching('region', text('region') ?? defaults.origin.region, /^[a-z0-9-]{1,64}$/),
      },
      time: timeOf(required('time', text('time'))),
      resources: resourcesOf(raw('resources')),
      detail,
    }),
  };
}

function viewOf(line: string): JsonView {
  try {
    return new JsonView(line);
  } catch (error) {
    if (error instanceof JsonSyntaxError)
      throw new EventLineError(`it is not JSON at column ${error.offset + 1}`);
    throw error;
  }
}

function textOf(name: string, json: string | undefined): string | undefined {
  if (json === undefined) return undefined;
  const value: unknown = JSON.parse(json);
  if (typeof value !== 'string') throw new EventLineError(`"${name}" is no string`);
  return value;
}

function required(name: string, text: string | undefined): string {
  if (!text) throw new EventLineError(`"${name}" is missing`);
  return text;
}

function matching(name: string, text: string, form: RegExp): string {
  if (!form.test(text)) throw new EventLineError(`"${name}" can't be ${JSON.stringify(text)}`);
  return text;
}

function timeOf(text: string): number {
  const time = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new EventLineError('"time" is no ISO 8601 time such as 2026-01-02T03:04:05Z');
  return time;
}

function resourcesOf(json: string | undefined): readonly string[] {
  const value: unknown = JSON.parse(json ?? '[]');
  if (Array.isArray(value) && value.every((item): item is string => typeof item === 'string')) return value;
  throw new EventLineError('"resources" is no list of strings');
}
