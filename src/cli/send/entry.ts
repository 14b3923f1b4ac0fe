import { compactJson } from '../output/output-json.ts';
import { JsonTextError, parseJson } from '../parameters/json-text.ts';
import type { ParameterValue } from '../parameters/parameter-value.ts';

/** An entry of PutEvents, ready to be sent. */
export interface Entry {
  /** Its place in the input, from 0. */
  readonly index: number;
  /** Its JSON. */
  readonly json: string;
  /** What AWS counts of it. */
  readonly bytes: number;
}

/** An item that is no entry. */
export class EntryError extends Error {}

/** What stands in for members that an item doesn't have. */
export interface EntryDefaults {
  readonly eventBusName: string | undefined;
  readonly source: string | undefined;
  readonly detailType: string | undefined;
}

const MEMBERS = ['Time', 'Source', 'Resources', 'DetailType', 'Detail', 'EventBusName', 'TraceHeader'];
// An event as rules see it, as an archive holds it and as `busbar tail --json` prints it.
const OF_ENVELOPE: Readonly<Record<string, string>> = {
  source: 'Source',
  'detail-type': 'DetailType',
  detail: 'Detail',
  time: 'Time',
  resources: 'Resources',
};
const ENVELOPE_ONLY = ['version', 'id', 'account', 'region', 'replay-name'];

type Members = ReadonlyMap<string, ParameterValue>;

/**
 * The entry that an item is: one of PutEvents, whose Detail may be an object instead of its text, or an event's
 * envelope. Numbers keep all their digits. Throws EntryError.
 */
export function entryOf(item: string, index: number, defaults: EntryDefaults): Entry {
  const asItIs = unchanged(item, index, defaults);
  if (asItIs !== undefined) return asItIs;
  const value = parsed(item);
  if (!(value instanceof Map)) throw new EntryError('not a JSON object');
  return entryOfMembers(value, index, defaults);
}

// Most items are entries already: their text goes out as it came, and only V8's own reader looks at it.
function unchanged(item: string, index: number, defaults: EntryDefaults): Entry | undefined {
  let value: unknown;
  try {
    value = JSON.parse(item);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const members = new Map<string, unknown>(Object.entries(value));
  if (typeof members.get('Detail') !== 'string' || typeof members.get('Time') === 'string') return undefined;
  for (const [name, given] of members) if (!MEMBERS.includes(name) || given === null) return undefined;
  if (defaults.source !== undefined && !members.has('Source')) return undefined;
  if (defaults.detailType !== undefined && !members.has('DetailType')) return undefined;
  if (defaults.eventBusName !== undefined && !members.has('EventBusName')) return undefined;
  return { index, json: item, bytes: bytesOf(members) };
}

/** The same for an object that is read already. */
export function entryOfMembers(value: Members, index: number, defaults: EntryDefaults): Entry {
  const members = new Map<string, ParameterValue>();
  const isEnvelope = value.has('detail-type') || value.has('source');
  for (const [name, given] of value) {
    const member = isEnvelope ? OF_ENVELOPE[name] : name;
    if (member === undefined && ENVELOPE_ONLY.includes(name)) continue;
    if (member === undefined || !MEMBERS.includes(member)) {
      throw new EntryError(`unknown member "${name}", must be one of: ${MEMBERS.join(', ')}`);
    }
    if (given !== null) members.set(member, given);
  }
  const detail = members.get('Detail');
  if (detail !== undefined && typeof detail !== 'string') members.set('Detail', compactJson(detail));
  const time = members.get('Time');
  if (typeof time === 'string') members.set('Time', secondsOf(time));
  fill(members, 'Source', defaults.source);
  fill(members, 'DetailType', defaults.detailType);
  fill(members, 'EventBusName', defaults.eventBusName);
  return { index, json: compactJson(members), bytes: bytesOf(members) };
}

/** What AWS counts: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
function bytesOf(members: ReadonlyMap<string, unknown>): number {
  const resources = members.get('Resources');
  const counted = [
    members.get('Source'),
    members.get('DetailType'),
    members.get('Detail'),
    ...(Array.isArray(resources) ? resources : []),
  ];
  const time = members.has('Time') ? 14 : 0;
  return counted.reduce<number>(
    (sum, text) => sum + (typeof text === 'string' ? Buffer.byteLength(text) : 0),
    time,
  );
}

function fill(members: Map<string, ParameterValue>, name: string, value: string | undefined): void {
  if (value !== undefined && !members.has(name)) members.set(name, value);
}

function secondsOf(time: string): ParameterValue {
  const milliseconds = Date.parse(time);
  if (Number.isNaN(milliseconds)) throw new EntryError(`Time "${time}" is no time`);
  return BigInt(Math.floor(milliseconds / 1000));
}

function parsed(item: string): ParameterValue {
  try {
    return parseJson(item);
  } catch (error) {
    if (error instanceof JsonTextError) throw new EntryError(`not JSON: ${error.message}`);
    throw error;
  }
}
