import { closeSync, openSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Exported, exportEvents } from '../archive/export-events.ts';
import { importEvents } from '../archive/import-events.ts';
import type { BusClient } from '../bus/bus-client.ts';
import { clockOf } from '../bus/bus-clock.ts';
import { generalError } from '../errors.ts';
import { moment } from '../replay/moment.ts';
import { Inputs } from '../send/inputs.ts';
import { stoppable } from '../stoppable.ts';
import { byteText } from '../terminal/byte-text.ts';
import { printAnswerJson } from '../terminal/print-json.ts';
import { ProgressBar } from '../terminal/progress-bar.ts';
import type { Command, CommandContext } from './command.ts';
import type { CommandLine } from './command-line.ts';

/** `busbar archive`. */
export const archive: Command = {
  name: 'archive',
  usage: ['archive export ARCHIVE [FILE] [--from TIME] [--to TIME]', 'archive import ARCHIVE [FILE ...]'],
  about:
    'Brings the events of an archive out as lines of JSON, in the order of their times, or puts such lines (or a JSON array) into one. Without a file, or with -, to standard output and from standard input. TIME is as in 2026-01-02T03:04:05Z, or so long ago: 90s, 10m, 2h, 1d.',
  options: [
    { name: 'from', value: 'TIME', help: 'Export events from this time on (all).' },
    { name: 'to', value: 'TIME', help: 'Export events before this time (all).' },
    { name: 'force', help: 'Export into a file that is there already.' },
    {
      name: 'skip',
      value: 'N',
      help: 'Import: pass over the first N items, which an earlier run imported (0).',
    },
  ],
  examples: [
    ['Keep a copy', 'busbar archive export orders orders.jsonl'],
    ["Production's orders for a test at home", 'busbar archive import orders orders.jsonl'],
  ],
  exitCodes: '0 all went; 1 an item is no event (those before it are in the archive); 130 Ctrl-C.',
  run,
};

async function run(line: CommandLine, context: CommandContext): Promise<number> {
  const [what, name, ...files] = line.words;
  if (what !== 'export' && what !== 'import') throw line.error('say export or import.');
  if (name === undefined) {
    throw line.error(`name the archive; busbar events list-archives shows them.`);
  }
  checkOptions(what, line);
  const bus = await context.bus();
  if (what === 'import') return importAll(bus, { name, files, line, context });
  if (files.length > 1) throw line.error('one file takes the whole export.');
  return exportAll(bus, { name, file: files[0] ?? '-', line, context });
}

function checkOptions(what: string, line: CommandLine): void {
  const wrong = what === 'export' ? ['skip'] : ['from', 'to', 'force'];
  for (const name of wrong) {
    if (line.has(name)) throw line.error(`--${name} is nothing to ${what}.`);
  }
}

interface Transfer {
  readonly name: string;
  readonly line: CommandLine;
  readonly context: CommandContext;
}

async function exportAll(
  bus: BusClient,
  { name, file, line, context }: Transfer & { readonly file: string },
): Promise<number> {
  const { io } = context;
  const { now } = await clockOf(bus);
  const window = { from: timeOption(line, 'from', now), to: timeOption(line, 'to', now) };
  const total = await bus.ask<{ readonly EventCount?: number }>('DescribeArchive', { ArchiveName: name });
  const isWhole = window.from === undefined && window.to === undefined;
  const bar = new ProgressBar(io.stderr, Date.now);
  const sink = openSink(file, line.has('force'), context);
  let isStopped = false;
  let exported: Exported;
  try {
    exported = await stoppable(async (stop) => {
      const result = await exportEvents(
        bus,
        { archive: name, window },
        {
          stop,
          write: sink.write,
          onProgress: ({ events, bytes }) =>
            bar.show({
              share: isWhole && total.EventCount ? Math.min(1, events / total.EventCount) : undefined,
              count: events,
              unit: 'events',
              note: byteText(bytes),
            }),
        },
      );
      isStopped = stop.aborted;
      return result;
    });
  } finally {
    bar.clear();
    sink.close();
  }
  sayExported(exported, { name, file, isStopped, context });
  return isStopped ? 130 : 0;
}

// Behind the lines themselves on standard output, there is no place for a word to people.
function sayExported(
  exported: Exported,
  {
    name,
    file,
    isStopped,
    context: { io, options },
  }: {
    readonly name: string;
    readonly file: string;
    readonly isStopped: boolean;
    readonly context: CommandContext;
  },
): void {
  if (file !== '-' && options.output === 'json') {
    printAnswerJson({ archive: name, file, ...exported, isComplete: !isStopped }, io);
    return;
  }
  const events = `${exported.events.toLocaleString('en')} event${exported.events === 1 ? '' : 's'}`;
  const told = `${events} of the archive ${name}, ${byteText(exported.bytes)}`;
  if (isStopped) io.stderr.write(`Interrupted after ${told}: the export is not complete.\n`);
  else if (file !== '-') io.stdout.write(`${told}, are in ${file}\n`);
}

interface Sink {
  readonly write: (chunk: Uint8Array) => void;
  readonly close: () => void;
}

function openSink(file: string, force: boolean, { io }: CommandContext): Sink {
  if (file === '-') {
    const decoder = new TextDecoder();
    return {
      write: (chunk) => io.stdout.write(decoder.decode(chunk, { stream: true })),
      close: () => undefined,
    };
  }
  const opened = openFile(resolve(io.cwd, file), force);
  return {
    write: (chunk) => {
      for (let at = 0; at < chunk.length; ) at += writeSync(opened, chunk, at);
    },
    close: () => closeSync(opened),
  };
}

function openFile(path: string, force: boolean): number {
  try {
    return openSync(path, force ? 'w' : 'wx');
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (isThere) throw generalError(`busbar archive: ${path} is there already; --force replaces it.`);
    throw generalError(`busbar archive: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function timeOption(line: CommandLine, name: string, now: number): string | undefined {
  const text = line.text(name);
  if (text === undefined) return undefined;
  const time = moment(text, now);
  if (time !== undefined) return new Date(time).toISOString();
  throw line.error(`--${name} takes a time such as 2026-01-02T03:04:05Z or 2h, not "${text}".`);
}

async function importAll(
  bus: BusClient,
  { name, files, line, context }: Transfer & { readonly files: readonly string[] },
): Promise<number> {
  const { io, options } = context;
  if (files.length === 0 && 'isTTY' in io.stdin && io.stdin.isTTY === true) {
    throw line.error('name a file, or hand the events in on standard input.');
  }
  const skip = line.number('skip') ?? 0;
  const inputs = openInputs(files.length === 0 ? ['-'] : files, io);
  const bar = new ProgressBar(io.stderr, Date.now);
  let isStopped = false;
  const { events, refused } = await stoppable(async (stop) => {
    const result = await importEvents(bus, inputs.items(), {
      archive: name,
      skip,
      stop,
      onProgress: (count) => bar.show({ share: inputs.share, count, unit: 'events' }),
    });
    isStopped = stop.aborted;
    return result;
  }).finally(() => bar.clear());
  if (options.output === 'json') {
    printAnswerJson({ archive: name, events, refused, isComplete: refused === undefined && !isStopped }, io);
  } else {
    const told = `${events.toLocaleString('en')} event${events === 1 ? '' : 's'}`;
    io.stdout.write(`${told} went into the archive ${name}.\n`);
  }
  const done = skip + events;
  const goOn = done === 0 ? 'begin once more' : `go on where this stopped with --skip ${done}`;
  if (refused !== undefined) {
    io.stderr.write(
      `\nItem ${refused.item.toLocaleString('en')} is no event: ${refused.why}.\nMend it, and ${goOn}\n`,
    );
    return 1;
  }
  if (isStopped) io.stderr.write(`Interrupted: ${goOn}\n`);
  return isStopped ? 130 : 0;
}

function openInputs(paths: readonly string[], io: CommandContext['io']): Inputs {
  try {
    return new Inputs(paths, io);
  } catch (error) {
    throw generalError(`busbar archive: ${error instanceof Error ? error.message : String(error)}`);
  }
}
