import type { BusClient } from '../bus/bus-client.ts';
import {
  type FailedDelivery,
  type FailedFilter,
  type FailedList,
  findFailed,
  listFailed,
} from '../redrive/failed-deliveries.ts';
import { failedText } from '../redrive/failed-text.ts';
import { followRedrive, type Redrive } from '../redrive/follow-redrive.ts';
import { stoppable } from '../stoppable.ts';
import { printAnswerJson } from '../terminal/print-json.ts';
import { ProgressBar } from '../terminal/progress-bar.ts';
import { styleFor } from '../terminal/style.ts';
import type { Command, CommandContext } from './command.ts';
import type { CommandLine } from './command-line.ts';

/** `busbar redrive`. */
export const redrive: Command = {
  name: 'redrive',
  usage: ['redrive [--rule NAME] [--target ID] [--error CODE]', 'redrive ID ...', 'redrive --all [--rate N]'],
  about:
    'Deliveries that were given up and had no dead-letter queue to go to are kept. Alone, it lists them; with ids or --all it sends them again, with no attempts behind them.',
  options: [
    { name: 'all', help: 'Send all again that the options below find.' },
    { name: 'rule', value: 'NAME', help: 'Only deliveries of this rule, by name or ARN (all).' },
    { name: 'bus', value: 'NAME', help: 'Event bus of the rule (default).' },
    { name: 'target', value: 'ID', help: 'Only deliveries to this target of the rule (all).' },
    {
      name: 'error',
      value: 'CODE',
      help: 'Only deliveries that failed for this reason, as in TIMEOUT (any).',
    },
    { name: 'rate', value: 'N', help: 'With --all: at most N deliveries a second (as many as go).' },
    { name: 'detach', help: "With --all: don't wait for the end." },
    { name: 'dry-run', help: 'List what would be sent again and send nothing.' },
    { name: 'max', value: 'N', help: 'How many are listed at most (100).' },
  ],
  examples: [
    ['What failed, and why', 'busbar redrive'],
    ['The endpoint is back: send it what it missed, gently', 'busbar redrive --all --rule orders --rate 50'],
  ],
  exitCodes:
    '0 done, or listed; 1 an id is not known, or it failed on the way; 130 Ctrl-C, which ends the redrive (what is not sent again by then stays in the list).',
  run,
};

const LISTED = 100;

async function run(line: CommandLine, context: CommandContext): Promise<number> {
  checkOptions(line);
  const bus = await context.bus();
  if (line.words.length > 0) return redriveIds(bus, line, context);
  const filter = filterOf(line);
  if (line.has('all') && !line.has('dry-run')) return redriveAll(bus, filter, { line, context });
  return list(await listFailed(bus, filter, line.number('max') ?? LISTED), line, context);
}

function checkOptions(line: CommandLine): void {
  const names = ['rule', 'target', 'error', 'bus', 'all', 'max'];
  if (line.words.length > 0 && names.some((name) => line.has(name))) {
    throw line.error('name ids, or say which with --rule, --target and --error; not both.');
  }
  if (line.has('target') && !line.has('rule'))
    throw line.error('--target wants --rule: targets belong to a rule.');
  for (const name of ['rate', 'detach']) {
    if (line.has(name) && !line.has('all')) throw line.error(`--${name} goes with --all.`);
  }
}

function filterOf(line: CommandLine): FailedFilter {
  return {
    bus: line.text('bus'),
    rule: line.text('rule'),
    target: line.text('target'),
    error: line.text('error'),
  };
}

function list({ failed, hasMore }: FailedList, line: CommandLine, { io, options }: CommandContext): number {
  if (options.output === 'json') {
    printAnswerJson({ failed, hasMore }, io);
    return 0;
  }
  const style = styleFor(io.stdout, options.color, io.env);
  const width = io.stdout.isTTY === true ? (io.stdout.columns ?? 80) : 200;
  if (failed.length === 0) {
    const filtered = ['rule', 'target', 'error'].some((name) => line.has(name));
    io.stdout.write(filtered ? 'No such delivery has failed.\n' : 'No delivery has failed.\n');
    return 0;
  }
  io.stdout.write(failedText(failed, { style, width }));
  const count = `${failed.length.toLocaleString('en')} ${failed.length === 1 ? 'delivery' : 'deliveries'}`;
  const shown = hasMore ? `The first ${count}; --max shows more.` : `${count}.`;
  const next = line.has('dry-run')
    ? 'Nothing was sent: it was a dry run.'
    : 'Send them again: busbar redrive --all, or busbar redrive ID ...';
  io.stdout.write(`\n${shown}\n${next}\n`);
  return 0;
}

const IDS_A_REQUEST = 1000;

async function redriveIds(bus: BusClient, line: CommandLine, context: CommandContext): Promise<number> {
  const { io, options } = context;
  if (line.has('dry-run')) return listIds(bus, line, context);
  let redriven = 0;
  const unknown: string[] = [];
  for (let at = 0; at < line.words.length; at += IDS_A_REQUEST) {
    const ids = line.words.slice(at, at + IDS_A_REQUEST);
    const answer = await bus.adminJson<{ readonly redriven: number; readonly unknown: readonly string[] }>(
      'POST',
      '/_busbar/redrive',
      { body: { ids } },
    );
    redriven += answer.redriven;
    unknown.push(...answer.unknown);
  }
  if (options.output === 'json') printAnswerJson({ redriven, unknown }, io);
  else if (redriven > 0) io.stdout.write(`${owedAgain(redriven)}\n`);
  sayUnknown(unknown, context);
  return unknown.length === 0 ? 0 : 1;
}

async function listIds(bus: BusClient, line: CommandLine, context: CommandContext): Promise<number> {
  const failed: FailedDelivery[] = [];
  const unknown: string[] = [];
  for (const id of line.words) {
    const found = await findFailed(bus, id);
    if (found === undefined) unknown.push(id);
    else failed.push(found);
  }
  if (failed.length > 0) list({ failed, hasMore: false }, line, context);
  sayUnknown(unknown, context);
  return unknown.length === 0 ? 0 : 1;
}

function sayUnknown(unknown: readonly string[], { io }: CommandContext): void {
  if (unknown.length === 0) return;
  io.stderr.write(`\nNo failed delivery has the id ${unknown.join(', ')}.\nSee: busbar redrive\n`);
}

async function redriveAll(
  bus: BusClient,
  filter: FailedFilter,
  { line, context }: { readonly line: CommandLine; readonly context: CommandContext },
): Promise<number> {
  const { io, options } = context;
  const showsBar = io.stderr.isTTY === true && !line.has('detach');
  const total = showsBar ? await knownTotal(bus, filter) : undefined;
  const started = await bus.adminJson<Redrive>('POST', '/_busbar/redrive', {
    body: { all: true, ...filter, rate: line.number('rate') },
  });
  if (line.has('detach')) {
    if (options.output === 'json') printAnswerJson(started, io);
    else io.stdout.write(`Redrive ${started.redriveId} has begun.\n`);
    return 0;
  }
  const bar = new ProgressBar(io.stderr, Date.now);
  const onProgress = (redriven: number) =>
    bar.show({
      share: total === undefined || total === 0 ? undefined : Math.min(1, redriven / total),
      count: redriven,
      unit: 'deliveries',
    });
  const ended = await stoppable((stop) => followRedrive(bus, started, { stop, onProgress }));
  bar.clear();
  if (options.output === 'json') printAnswerJson(ended, io);
  else io.stdout.write(`${endText(ended)}\n`);
  if (ended.state === 'failed') return 1;
  return ended.state === 'cancelled' ? 130 : 0;
}

/** How many there are in all, where the bus knows that without counting: of everybody's, and of all rules'. */
async function knownTotal(bus: BusClient, filter: FailedFilter): Promise<number | undefined> {
  if (Object.values(filter).some((value) => value !== undefined)) return undefined;
  const { deliveries, scopes } = await bus.adminJson<{
    readonly deliveries: { readonly failed: number };
    readonly scopes: readonly object[];
  }>('GET', '/_busbar/status');
  return scopes.length > 1 ? undefined : deliveries.failed;
}

function endText({ state, redriven, message }: Redrive): string {
  if (state === 'done') return redriven === 0 ? 'No such delivery has failed.' : owedAgain(redriven);
  const sofar = redriven === 0 ? 'Nothing was sent again.' : owedAgain(redriven);
  if (state === 'cancelled') return `Cancelled. ${sofar}\nThe others stay in the list: busbar redrive`;
  return `It could not go on: ${message ?? 'the bus does not say why'}\n${sofar}\nTry again: busbar redrive --all`;
}

function owedAgain(count: number): string {
  const what = count === 1 ? '1 delivery is' : `${count.toLocaleString('en')} deliveries are`;
  return `${what} owed once more.`;
}
