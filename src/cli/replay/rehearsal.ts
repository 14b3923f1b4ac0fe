import { columns } from '../terminal/columns.ts';
import { rightAligned } from '../terminal/right-aligned.ts';
import type { Style } from '../terminal/style.ts';

/** What a replay would do, as `POST /_busbar/replays/dry-run` answers. */
export interface Rehearsal {
  readonly events: number;
  readonly unmatchedEvents: number;
  readonly deliveries: number;
  readonly rules: readonly { readonly arn: string; readonly events: number; readonly deliveries: number }[];
  readonly missingRules: readonly string[];
  /** ISO 8601. */
  readonly firstEventTime?: string;
  readonly lastEventTime?: string;
}

/** A rehearsal for people: how many events, and a table of the rules that would get them. */
export function rehearsalText(rehearsal: Rehearsal, archive: string, style: Style): string {
  const { events, unmatchedEvents, rules, missingRules, firstEventTime, lastEventTime } = rehearsal;
  const lines: string[] = [];
  if (events === 0) lines.push(`No event of the archive ${archive} is in that time.\n`);
  else {
    const times =
      firstEventTime === undefined || lastEventTime === undefined
        ? ''
        : `, from ${shortTime(firstEventTime)} to ${shortTime(lastEventTime)}`;
    lines.push(`${style('bold', count(events, 'event'))} of the archive ${archive}${times}.\n`);
  }
  const shown = rules.filter(({ arn }) => !missingRules.includes(arn));
  if (shown.length > 0) {
    const header = ['RULE', 'EVENTS', 'DELIVERIES'];
    const rows = shown.map((rule) => [
      rule.arn.replace(/^.*:rule\//, ''),
      rule.events.toLocaleString('en'),
      rule.deliveries.toLocaleString('en'),
    ]);
    const [titles = [], ...cells] = rightAligned([header, ...rows], [1, 2]);
    lines.push(`\n${columns([titles.map((title) => style('dim', title)), ...cells])}\n`);
  }
  if (unmatchedEvents > 0) lines.push(`${count(unmatchedEvents, 'event')} would go to no rule.\n`);
  for (const rule of missingRules)
    lines.push(style('warning', `There is no rule ${rule} on the event bus.\n`));
  lines.push('Nothing was published: it was a dry run.\n');
  return lines.join('');
}

/** `1 event`, `1,234 events`. */
export function count(number: number, unit: string): string {
  return `${number.toLocaleString('en')} ${unit}${number === 1 ? '' : 's'}`;
}

function shortTime(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}
