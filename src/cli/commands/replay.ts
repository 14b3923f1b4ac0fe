import { parseArn, ruleArn } from '../../domain/arn.ts';
import type { BusClient } from '../bus/bus-client.ts';
import { type BusClock, clockOf } from '../bus/bus-clock.ts';
import { CommandError } from '../errors.ts';
import { followReplay, type ReplayProgress } from '../replay/follow-replay.ts';
import { moment } from '../replay/moment.ts';
import { count, type Rehearsal, rehearsalText } from '../replay/rehearsal.ts';
import { stoppable } from '../stoppable.ts';
import { printAnswerJson } from '../terminal/print-json.ts';
import { ProgressBar } from '../terminal/progress-bar.ts';
import { styleFor } from '../terminal/style.ts';
import type { Command, CommandContext } from './command.ts';
import type { CommandLine } from './command-line.ts';

/** `busbar replay`. */
export const replay: Command = {
  name: 'replay',
  usage: ['replay ARCHIVE [--from TIME] [--to TIME] [options]', 'replay --follow NAME'],
  about:
    "Publishes events of an archive again, to all rules of its event bus that match or to those that are named, and shows how far it is. TIME is as in 2026-01-02T03:04:05Z, or so long ago: 90s, 10m, 2h, 1d. What counts is the events' own time.",
  options: [
    { name: 'from', value: 'TIME', help: 'Events from this time on (all).' },
    { name: 'to', value: 'TIME', help: 'Events before this time (until now).' },
    { name: 'rule', value: 'NAME', help: 'Only to this rule, by name or ARN (all). Often.' },
    {
      name: 'pace',
      value: 'PACE',
      help: '50/s: so many events a second; 60x: an hour in a minute (as fast as it goes). Busbar only.',
    },
    { name: 'name', value: 'NAME', help: "The replay's name (ARCHIVE and the time)." },
    { name: 'dry-run', help: 'Say which rules would get how many events, and publish nothing. Busbar only.' },
    { name: 'detach', help: "Don't wait for the end." },
    {
      name: 'follow',
      value: 'NAME',
      help: 'Show how far a replay is that has begun already (a new one begins).',
    },
  ],
  examples: [
    ['What would happen?', 'busbar replay orders --from 2h --dry-run'],
    ['Fill a new rule from the archive, fifty a second', 'busbar replay orders --rule new-rule --pace 50/s'],
  ],
  exitCodes:
    '0 all was published; 1 the replay failed or was cancelled; 130 Ctrl-C, which cancels the replay (with --follow it goes on by itself).',
  run,
};

async function run(line: CommandLine, context: CommandContext): Promise<number> {
  const followed = line.text('follow');
  if (followed !== undefined) {
    if (line.words.length > 0) throw line.error('--follow wants no archive.');
    const bus = await context.bus();
    return follow(bus, { name: followed, cancels: false, shareOf: () => undefined }, context);
  }
  const [archive, ...more] = line.words;
  if (archive === undefined || more.length > 0) {
    throw line.error('name one archive; busbar events list-archives shows them.');
  }
  const pace = paceOf(line);
  const bus = await context.bus();
  const clock = await clockOf(bus);
  const asked = await askedReplay(bus, archive, { line, clock });
  if (line.has('dry-run')) return rehearse(bus, asked, context);
  await begin(bus, asked, pace);
  const { name } = asked;
  if (line.has('detach')) return sayDetached(name, context);
  if (clock.isMovedByHand) {
    context.io.stderr.write('The clock of this bus is moved by hand: the replay waits until it is moved.\n');
  }
  return follow(bus, { name, cancels: true, shareOf: (progress) => shareOf(progress, asked) }, context);
}

interface AskedReplay {
  readonly name: string;
  readonly archive: ArchiveAnswer;
  /** Epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  /** Whether the window is all of the archive. */
  readonly isWhole: boolean;
  readonly filterArns: readonly string[];
}

interface ArchiveAnswer {
  readonly ArchiveName: string;
  readonly ArchiveArn: string;
  readonly EventSourceArn: string;
  readonly EventCount?: number;
}

async function askedReplay(
  bus: BusClient,
  archiveName: string,
  { line, clock }: { readonly line: CommandLine; readonly clock: BusClock },
): Promise<AskedReplay> {
  const archive = await archiveNamed(bus, archiveName);
  const from = timeOption(line, 'from', clock.now) ?? 0;
  // The end is without itself, and events of this second are meant too.
  const to = timeOption(line, 'to', clock.now) ?? (Math.floor(clock.now / 1000) + 1) * 1000;
  if (from >= to) throw line.error('--from must be before --to.');
  const stamp = new Date(clock.now).toISOString().replace(/[-:]|\..*$/g, '');
  return {
    name: line.text('name') ?? `${archiveName}-${stamp}`,
    archive,
    from,
    to,
    isWhole: !line.has('from') && !line.has('to'),
    filterArns: line.texts('rule').map((rule) => ruleArnOf(rule, archive)),
  };
}

async function archiveNamed(bus: BusClient, name: string): Promise<ArchiveAnswer> {
  try {
    return await bus.ask<ArchiveAnswer>('DescribeArchive', { ArchiveName: name });
  } catch (error) {
    if (!(error instanceof CommandError) || error.code !== 'ResourceNotFoundException') throw error;
    const { exitCode, code } = error;
    throw new CommandError(`There is no archive ${name}.\nSee: busbar events list-archives`, {
      exitCode,
      code,
    });
  }
}

function timeOption(line: CommandLine, name: string, now: number): number | undefined {
  const text = line.text(name);
  if (text === undefined) return undefined;
  const time = moment(text, now);
  if (time !== undefined) return time;
  throw line.error(`--${name} takes a time such as 2026-01-02T03:04:05Z or 2h, not "${text}".`);
}

function ruleArnOf(rule: string, { EventSourceArn }: ArchiveAnswer): string {
  if (rule.startsWith('arn:')) return rule;
  const { account = '', region = '', resource = '' } = parseArn(EventSourceArn) ?? {};
  return ruleArn({ account, region }, resource.replace(/^event-bus\//, ''), rule);
}

type Pace = { readonly eventsPerSecond: number } | { readonly timesRealTime: number };

function paceOf(line: CommandLine): Pace | undefined {
  const text = line.text('pace');
  if (text === undefined) return undefined;
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(\/s|x)$/.exec(text) ?? [];
  const number = Number(amount);
  if (amount === undefined || number <= 0) {
    throw line.error(`--pace takes events a second, as in 50/s, or a factor, as in 60x; not "${text}".`);
  }
  return unit === 'x' ? { timesRealTime: number } : { eventsPerSecond: number };
}

async function begin(bus: BusClient, asked: AskedReplay, pace: Pace | undefined): Promise<void> {
  const { name, archive, from, to, filterArns } = asked;
  if (pace !== undefined) {
    await bus.adminJson('POST', '/_busbar/replays', {
      body: { replayName: name, ...ownRequest(asked), pace },
    });
    return;
  }
  await bus.ask('StartReplay', {
    ReplayName: name,
    EventSourceArn: archive.ArchiveArn,
    EventStartTime: from / 1000,
    EventEndTime: to / 1000,
    Destination: {
      Arn: archive.EventSourceArn,
      ...(filterArns.length === 0 ? {} : { FilterArns: filterArns }),
    },
  });
}

function ownRequest({ archive, from, to, filterArns }: AskedReplay): object {
  return {
    eventSourceArn: archive.ArchiveArn,
    eventStartTime: new Date(from).toISOString(),
    eventEndTime: new Date(to).toISOString(),
    destination: { arn: archive.EventSourceArn, ...(filterArns.length === 0 ? {} : { filterArns }) },
  };
}

async function rehearse(
  bus: BusClient,
  asked: AskedReplay,
  { io, options }: CommandContext,
): Promise<number> {
  const rehearsal = await bus.adminJson<Rehearsal>('POST', '/_busbar/replays/dry-run', {
    body: ownRequest(asked),
  });
  if (options.output === 'json') printAnswerJson(rehearsal, io);
  else {
    const style = styleFor(io.stdout, options.color, io.env);
    io.stdout.write(rehearsalText(rehearsal, asked.archive.ArchiveName, style));
  }
  return 0;
}

function sayDetached(name: string, { io, options }: CommandContext): number {
  if (options.output === 'json') printAnswerJson({ replayName: name, state: 'STARTING' }, io);
  else io.stdout.write(`Replay ${name} has begun. See how far it is: busbar replay --follow ${name}\n`);
  return 0;
}

interface Followed {
  readonly name: string;
  readonly cancels: boolean;
  readonly shareOf: (progress: ReplayProgress) => number | undefined;
}

async function follow(
  bus: BusClient,
  { name, cancels, shareOf }: Followed,
  { io, options }: CommandContext,
): Promise<number> {
  const bar = new ProgressBar(io.stderr, Date.now);
  let isStopped = false;
  const ended = await stoppable((stop) => {
    stop.addEventListener('abort', () => {
      isStopped = true;
    });
    return followReplay(bus, name, {
      stop,
      cancels,
      onProgress: (progress) =>
        bar.show({
          share: shareOf(progress),
          count: progress.events ?? 0,
          unit: 'events',
          note: progress.state === 'RUNNING' ? '' : progress.state.toLowerCase(),
        }),
    });
  });
  bar.clear();
  if (options.output === 'json') printAnswerJson(jsonOf(name, ended), io);
  else io.stdout.write(endText(name, ended));
  if (isStopped) return 130;
  return ended.state === 'COMPLETED' ? 0 : 1;
}

/** How much of a replay is done: by its events where they are counted beforehand, else by their times. */
function shareOf({ events, lastEventTime }: ReplayProgress, asked: AskedReplay): number | undefined {
  const { archive, isWhole, from, to } = asked;
  if (isWhole) {
    if (events === undefined || !archive.EventCount) return undefined;
    return Math.min(1, events / archive.EventCount);
  }
  if (from === 0) return undefined;
  return lastEventTime === undefined ? 0 : Math.min(1, Math.max(0, (lastEventTime - from) / (to - from)));
}

function jsonOf(name: string, { state, stateReason, events, lastEventTime }: ReplayProgress): object {
  const time = lastEventTime === undefined ? undefined : new Date(lastEventTime).toISOString();
  return { replayName: name, state, stateReason, events, eventLastReplayedTime: time };
}

function endText(name: string, { state, stateReason, events }: ReplayProgress): string {
  const published = events === undefined ? '' : ` ${count(events, 'event')} published again.`;
  if (state === 'COMPLETED') return `Replay ${name} is complete.${published}\n`;
  if (state === 'CANCELLED') return `Replay ${name} is cancelled.${published}\n`;
  if (state === 'FAILED') return `Replay ${name} failed: ${stateReason ?? 'nothing says why'}${published}\n`;
  return `Replay ${name} goes on.${published} See: busbar replay --follow ${name}\n`;
}
