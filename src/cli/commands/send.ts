import { appendFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CommandIo } from '../command-io.ts';
import { batches } from '../send/batches.ts';
import type { Entry } from '../send/entry.ts';
import { Outcome } from '../send/outcome.ts';
import { Pace } from '../send/pace.ts';
import { type SendState, StateFile } from '../send/send-state.ts';
import { Sender } from '../send/sender.ts';
import { sendSummary } from '../send/summary.ts';
import { ProgressBar } from '../terminal/progress-bar.ts';
import type { Command, CommandContext } from './command.ts';
import type { CommandLine } from './command-line.ts';
import { entriesOf, type Source, sourceOf } from './send-source.ts';

/** `busbar send`. */
export const send: Command = {
  name: 'send',
  usage: ['send [FILE ...] [options]', 'send --template TEMPLATE --count N [options]'],
  about:
    "Sends events from files or standard input: lines of JSON, or a JSON array. An item is an entry of PutEvents, whose Detail may be an object too, or an event as rules see it. Ten go in a request, or as many as fit in AWS's size limit; entries that fail for a passing reason are sent again.",
  options: [
    { name: 'bus', value: 'NAME', help: 'Event bus of items that name none (default).' },
    { name: 'source', value: 'TEXT', help: 'Source of items that have none (these are refused).' },
    { name: 'detail-type', value: 'TEXT', help: 'Detail type of items that have none (these are refused).' },
    {
      name: 'template',
      value: 'FILE',
      help: 'JSON of an entry, or a file with it, in which {{field.name}} stands for what an item holds there, {{.}} for the whole item, {{$index}}, {{$uuid}} and {{$now}} for a number, an id, the time (items are entries as they are).',
    },
    {
      name: 'count',
      value: 'N',
      help: 'Without files: fill the template that often (with each item of the input).',
    },
    { name: 'rate', value: 'N', help: 'At most N events a second (as many as go).' },
    { name: 'parallel', value: 'N', help: 'Requests at the same time (32).' },
    { name: 'attempts', value: 'N', help: 'How often an entry is sent at most (5).' },
    { name: 'failed', value: 'FILE', help: 'Write the items that failed there, a line each (nowhere).' },
    {
      name: 'state',
      value: 'FILE',
      help: 'Remembers how far it came (FILE.busbar-send beside a single file).',
    },
    { name: 'resume', help: 'Go on where an interrupted run stopped.' },
    { name: 'restart', help: 'Begin anew after an interrupted run.' },
    { name: 'dry-run', help: 'Print the entries and send nothing.' },
  ],
  examples: [
    ['Ten thousand events, with a progress bar', 'busbar send events.jsonl'],
    [
      'What another program prints',
      'my-program | busbar send --bus orders --source my.app --detail-type order',
    ],
    ['Load for a test: 100 a second', 'busbar send --template entry.json --count 1000 --rate 100'],
  ],
  exitCodes: '0 all went; 1 some did not, and a table says which and why; 130 Ctrl-C (--resume goes on).',
  run,
};

async function run(line: CommandLine, context: CommandContext): Promise<number> {
  const { io } = context;
  const source = sourceOf(line, context);
  const stateFile = stateFileOf(line, context);
  const before = earlierRun(line, { stateFile, identity: source.identity });
  const outcome = new Outcome(before);
  const failedFile =
    line.text('failed') === undefined ? undefined : resolve(io.cwd, line.text('failed') ?? '');
  if (failedFile !== undefined && before === undefined) writeFileSync(failedFile, '');
  const settle = (index: number, item: string, failure: { code: string; message: string } | undefined) => {
    outcome.settle(index, failure && { index, ...failure });
    if (failure !== undefined && failedFile !== undefined) appendFileSync(failedFile, `${item}\n`);
  };
  const entries = entriesOf(source, before?.settled ?? 0, (index, item, message) =>
    settle(index, item, { code: 'InvalidItem', message }),
  );
  if (line.has('dry-run')) {
    for await (const { json } of entries) io.stdout.write(`${json}\n`);
  } else {
    await sendAll(entries, { line, context, source, outcome, settle, stateFile });
  }
  return outcome.failed === 0 ? 0 : 1;
}

function stateFileOf(line: CommandLine, { io }: CommandContext): StateFile | undefined {
  const named = line.text('state');
  if (named !== undefined) return new StateFile(resolve(io.cwd, named));
  const [only] = line.words;
  if (only !== undefined && only !== '-' && line.words.length === 1) {
    return new StateFile(resolve(io.cwd, `${only}.busbar-send`));
  }
  if (line.has('resume')) throw line.error('--resume wants a single file, or --state FILE.');
  return undefined;
}

function earlierRun(
  line: CommandLine,
  { stateFile, identity }: { readonly stateFile: StateFile | undefined; readonly identity: string },
): SendState | undefined {
  if (stateFile === undefined || line.has('restart') || line.has('dry-run')) return undefined;
  let state: SendState | undefined;
  try {
    state = stateFile.read();
  } catch {
    throw line.error(`${stateFile.path} is no state of busbar send; name another with --state.`);
  }
  if (state === undefined) return undefined;
  if (state.input !== identity) {
    throw line.error(`the input has changed since ${stateFile.path} was written; --restart begins anew.`);
  }
  if (line.has('resume')) return state;
  throw line.error(
    `an earlier run was interrupted after ${state.settled.toLocaleString('en')} items: --resume goes on there, --restart begins anew.`,
  );
}

interface Sending {
  readonly line: CommandLine;
  readonly context: CommandContext;
  readonly source: Source;
  readonly outcome: Outcome;
  readonly settle: (
    index: number,
    item: string,
    failure: { code: string; message: string } | undefined,
  ) => void;
  readonly stateFile: StateFile | undefined;
}

const SAVE_EVERY_MS = 1000;

async function sendAll(entries: AsyncIterable<Entry>, sending: Sending): Promise<void> {
  const { line, context, source, outcome, settle, stateFile } = sending;
  const { io, options } = context;
  const bus = await context.bus();
  const bar = new ProgressBar(io.stderr, Date.now);
  const rate = line.number('rate');
  const pace = rate === undefined ? undefined : new Pace(rate, { now: Date.now, sleep });
  const save = () => stateFile?.write(outcome.state(source.identity));
  let savedAt = Date.now();
  const sender = new Sender({
    put: (body) => bus.call('PutEvents', body),
    attempts: line.number('attempts') ?? 5,
    sleep,
    random: io.random ?? Math.random,
    onSettled: (entry, failure) => settle(entry.index, entry.json, failure),
    onRetry: (count) => outcome.retry(count),
  });
  const started = Date.now();
  const before = outcome.sent;
  const queue = batches(
    entries,
    rate === undefined ? {} : { entries: Math.max(1, Math.min(10, Math.floor(rate / 10))) },
  );
  const { isInterrupted, interruption } = watchInterrupts(io);
  const work = async () => {
    while (!isInterrupted()) {
      const { value: batch, done } = await queue.next();
      if (done === true) return;
      await pace?.take(batch.length);
      await sender.send(batch);
      bar.show({
        share: source.share(),
        count: outcome.sent,
        unit: 'events',
        ...(outcome.failed > 0 ? { note: `${outcome.failed} failed` } : {}),
      });
      if (Date.now() - savedAt < SAVE_EVERY_MS) continue;
      savedAt = Date.now();
      save();
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.ceil(line.number('parallel') ?? 32) }, work));
  } finally {
    interruption.end();
    bar.clear();
    save();
  }
  const seconds = (Date.now() - started) / 1000;
  const summary = { outcome, seconds, sentNow: outcome.sent - before, state: stateFile?.path };
  io.stdout.write(sendSummary({ ...summary, isInterrupted: isInterrupted() }, { io, options }));
  if (isInterrupted()) process.exit(130);
  stateFile?.remove();
}

// The first Ctrl-C lets what is under way come to its end; the second one does not wait.
function watchInterrupts(io: CommandIo): { isInterrupted: () => boolean; interruption: { end: () => void } } {
  let interrupts = 0;
  const onInterrupt = () => {
    interrupts += 1;
    if (interrupts > 1) process.exit(130);
    io.stderr.write('\nCtrl-C: what is under way ends first; once more ends at once.\n');
  };
  process.on('SIGINT', onInterrupt);
  return {
    isInterrupted: () => interrupts > 0,
    interruption: { end: () => process.removeListener('SIGINT', onInterrupt) },
  };
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
