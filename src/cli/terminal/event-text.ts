import type { LiveDelivery, LiveEvent, LiveGap } from '../bus/live-record.ts';
import { indentedJson } from '../output/output-json.ts';
import { parseJson } from '../parameters/json-text.ts';
import { shortened } from './columns.ts';
import type { Style } from './style.ts';

/** How events are written for people. */
export interface EventStyle {
  readonly style: Style;
  /** Longest line; lines are not cut without it. */
  readonly width: number | undefined;
  readonly isExpanded: boolean;
}

/** An event in a line: when, from whom, what, and as much of its detail as fits. Expanded: all of it. */
export function eventText(
  { receivedAt, event, json, detailJson, rules }: LiveEvent,
  options: EventStyle,
): string {
  const { style, width, isExpanded } = options;
  const time = timeText(receivedAt);
  const head = `${style('dim', time)}  ${style('name', event.source)}  ${style('bold', event['detail-type'])}`;
  const matched = rules.length === 0 ? '' : `  [${rules.map(lastPart).join(', ')}]`;
  if (isExpanded) return `${head}${style('dim', matched)}\n${pretty(json, style)}\n`;
  const used = `${time}  ${event.source}  ${event['detail-type']}`.length;
  const room = width === undefined ? undefined : width - used - 2;
  const shown = room === undefined ? detailJson : room < 4 ? '' : shortened(detailJson, room);
  return `${head}${shown === '' ? '' : `  ${shown}`}\n`;
}

/** What became of an event at a target, in an indented line. */
export function deliveryText(record: LiveDelivery, { style, width }: EventStyle): string {
  const { ruleArn, targetId, attempt, state, nextAttemptAt, error = attempt?.error } = record;
  const place = `${lastPart(ruleArn)} → ${targetId}`;
  const parts = [
    state ?? attempt?.outcome ?? '',
    attempt?.status?.toString() ?? '',
    attempt === undefined ? '' : `${attempt.durationMs} ms`,
    attempt === undefined || attempt.number === 1 ? '' : `attempt ${attempt.number}`,
    nextAttemptAt === undefined ? '' : `again at ${timeText(nextAttemptAt)}`,
    error === undefined ? '' : `${error.code}: ${error.message.replace(/\s+/g, ' ')}`,
  ];
  const said = parts.filter((part) => part !== '').join('  ');
  const mark = markOf(state ?? attempt?.outcome ?? '');
  const room = width === undefined ? Number.POSITIVE_INFINITY : Math.max(10, width - place.length - 18);
  return `${' '.repeat(14)}${style('name', place)}  ${style(mark, shortened(said, room))}\n`;
}

/** That something is missing here. */
export function gapText({ records, reason }: LiveGap): string {
  const what = records === undefined ? 'Something' : `${records.toLocaleString('en')} records`;
  const why: Readonly<Record<string, string>> = {
    'too-slow': 'they came faster than they were read',
    'too-old': 'the bus does not remember them any more',
    restarted: 'the bus was started anew',
  };
  return `${what} may be missing here: ${why[reason] ?? reason}.\n`;
}

/** The hour of a time in the machine's zone, `17:21:35.123`. */
export function timeText(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const two = (number: number, digits = 2) => String(number).padStart(digits, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${two(date.getMilliseconds(), 3)}`;
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function markOf(state: string): 'good' | 'bad' | 'warning' {
  if (state === 'delivered' || state === 'nothing-to-deliver') return 'good';
  return ['retrying', 'redriven', 'retryable', 'postponed'].includes(state) ? 'warning' : 'bad';
}

// Names and values in colours of their own; the text is JSON already.
function pretty(json: string, style: Style): string {
  const indented = indentedJson(parseJson(json));
  return indented.replace(
    /^(\s*)("(?:[^"\\]|\\.)*")(: )|("(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null)(,?)$/gm,
    (whole, indent, name, colon, value, comma) =>
      name === undefined
        ? whole.replace(value, style('value', value)).replace(/,$/, comma ?? '')
        : `${indent}${style('name', name)}${colon}`,
  );
}
