import { byteText } from '../terminal/byte-text.ts';
import { columns, shortened } from '../terminal/columns.ts';
import { printAnswerJson } from '../terminal/print-json.ts';
import { rightAligned } from '../terminal/right-aligned.ts';
import { spanText } from '../terminal/span-text.ts';
import { type Style, styleFor } from '../terminal/style.ts';
import type { Command, CommandContext } from './command.ts';
import type { CommandLine } from './command-line.ts';

/** `busbar status`. */
export const status: Command = {
  name: 'status',
  usage: ['status'],
  about:
    'What the bus is, what is configured on it, how many deliveries it owes, and how many it gave up. A target that fails again and again is asked less often: such a queue is shown as paused.',
  options: [],
  examples: [
    ['How is it?', 'busbar status'],
    ['The number of failed deliveries', 'busbar status --output json | jq .deliveries.failed'],
  ],
  run,
};

/** What `GET /_busbar/status` answers. */
interface BusStatus {
  readonly version: string;
  readonly store: string;
  readonly startedAt: string;
  readonly now: string;
  readonly account: string;
  readonly region: string;
  readonly scopes: readonly ScopeStatus[];
  readonly deliveries: { readonly owed: number; readonly failed: number; readonly underWay: number };
  readonly pausedQueues?: readonly PausedQueue[];
  readonly timeline?: {
    readonly records: number;
    readonly bytes: number;
    readonly from?: string;
    readonly keptForHours: number;
  };
}

interface ScopeStatus {
  readonly account: string;
  readonly region: string;
  readonly eventBuses: number;
  readonly rules: number;
  readonly disabledRules: number;
  readonly targets: number;
  readonly archives: number;
}

interface PausedQueue {
  readonly ruleArn: string;
  readonly targetId: string;
  readonly pausedUntil: string;
  readonly failures: number;
  readonly error: { readonly code: string; readonly message: string };
}

async function run(line: CommandLine, context: CommandContext): Promise<number> {
  if (line.words.length > 0) throw line.error('it takes no words.');
  const { io, options } = context;
  const bus = await context.bus();
  const found = await bus.adminJson<BusStatus>('GET', '/_busbar/status');
  if (options.output === 'json') {
    printAnswerJson(found, io);
    return 0;
  }
  const style = styleFor(io.stdout, options.color, io.env);
  const width = io.stdout.isTTY === true ? (io.stdout.columns ?? 80) : 200;
  const sections = [
    headText(found, bus.url, style),
    configuredText(found.scopes, style),
    deliveriesText(found, { style, width }),
  ];
  io.stdout.write(sections.filter((text) => text !== '').join('\n'));
  return 0;
}

const KEPT: Readonly<Record<string, string>> = {
  memory: 'in memory',
  sqlite: 'in SQLite',
  jetstream: 'in JetStream',
};

function headText(
  { version, store, startedAt, now, account, region }: BusStatus,
  url: URL,
  style: Style,
): string {
  const up = spanText(Date.parse(now) - Date.parse(startedAt));
  const name = style('bold', `Busbar ${version}`);
  return `${name} at ${url.href.replace(/\/$/, '')}, kept ${KEPT[store] ?? store}, up ${up}\nYou are account ${account} in ${region}.\n`;
}

function configuredText(scopes: readonly ScopeStatus[], style: Style): string {
  if (scopes.length === 0) return 'Nothing is configured yet.\n';
  const header = ['ACCOUNT', 'REGION', 'BUSES', 'RULES', 'DISABLED', 'TARGETS', 'ARCHIVES'];
  const rows = scopes.map(({ account, region, ...counts }) => [
    account,
    region,
    ...[counts.eventBuses, counts.rules, counts.disabledRules, counts.targets, counts.archives].map(number),
  ]);
  const [titles = [], ...cells] = rightAligned([header, ...rows], [2, 3, 4, 5, 6]);
  return columns([titles.map((title) => style('dim', title)), ...cells]);
}

function deliveriesText(
  { deliveries, pausedQueues = [], timeline, now }: BusStatus,
  { style, width }: { readonly style: Style; readonly width: number },
): string {
  const { owed, failed, underWay } = deliveries;
  const failedText = `${number(failed)} failed`;
  const lines = [
    `Deliveries: ${number(owed)} owed, ${number(underWay)} under way, ${failed > 0 ? style('bad', failedText) : failedText}\n`,
  ];
  if (failed > 0)
    lines.push('Failed deliveries are kept; look at them and send them again: busbar redrive\n');
  if (timeline !== undefined) {
    const since =
      timeline.from === undefined
        ? ''
        : `, the oldest ${spanText(Date.parse(now) - Date.parse(timeline.from))} old`;
    lines.push(
      `Timelines: ${number(timeline.records)} records, ${byteText(timeline.bytes)}${since} (kept for ${timeline.keptForHours}h)\n`,
    );
  }
  if (pausedQueues.length > 0) lines.push('\n', pausedText(pausedQueues, { style, width, now }));
  return lines.join('');
}

const PAUSED_SHOWN = 20;

function pausedText(
  queues: readonly PausedQueue[],
  { style, width, now }: { readonly style: Style; readonly width: number; readonly now: string },
): string {
  const rows = queues
    .slice(0, PAUSED_SHOWN)
    .map(({ ruleArn, targetId, pausedUntil, failures, error }) => [
      shortened(ruleArn.replace(/^.*:rule\//, ''), 24),
      shortened(targetId, 16),
      spanText(Date.parse(pausedUntil) - Date.parse(now)),
      number(failures),
      error.code,
    ]);
  const header = ['PAUSED RULE', 'TARGET', 'ASKED IN', 'FAILURES', 'LAST ERROR'];
  const taken = [0, 1, 2, 3].reduce(
    (sum, index) => sum + 2 + Math.max(...[header, ...rows].map((row) => row[index]?.length ?? 0)),
    0,
  );
  const fitting = rows.map((row) => row.with(4, shortened(row[4] ?? '', Math.max(10, width - taken))));
  const [titles = [], ...cells] = rightAligned([header, ...fitting], [3]);
  const more = queues.length - rows.length;
  return `${columns([titles.map((title) => style('dim', title)), ...cells])}${more > 0 ? `and ${number(more)} more\n` : ''}`;
}

function number(value: number): string {
  return value.toLocaleString('en');
}
