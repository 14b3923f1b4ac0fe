import { follow } from '../bus/follow.ts';
import { type LiveEvent, liveRecord } from '../bus/live-record.ts';
import { stoppable } from '../stoppable.ts';
import { eventText, gapText } from '../terminal/event-text.ts';
import { styleFor } from '../terminal/style.ts';
import type { Command, CommandContext } from './command.ts';
import { type CommandLine, splitOnce } from './command-line.ts';
import { patternOption } from './pattern-option.ts';

/** `busbar listen`. */
export const listen: Command = {
  name: 'listen',
  usage: ['listen --forward-to URL [options]'],
  about:
    'Sends the events of a bus on by HTTP, one after the other, and shows what the other side answers. For a program that is being written, without a rule and a target for it.',
  options: [
    { name: 'forward-to', value: 'URL', help: 'Where each event is posted as JSON.' },
    { name: 'bus', value: 'NAME', help: 'Event bus (default); * for all.' },
    { name: 'pattern', value: 'JSON', help: 'Only events that match this event pattern; also file://PATH.' },
    { name: 'header', value: 'NAME:VALUE', help: 'A header of the requests. Often.' },
    { name: 'since', value: 'TIME', help: 'Begin so long ago (90s, 10m, 2h) or at an ISO time.' },
    { name: 'timeout', value: 'TIME', help: 'How long the other side may take (30s).' },
    { name: 'count', value: 'N', help: 'End after so many events.' },
  ],
  examples: [['Orders, to the program at work', 'busbar listen --forward-to http://localhost:3000/events']],
  exitCodes: 'with --count: 0 all were taken, 1 some were not.',
  run,
};

const TIMEOUT_MS = 30_000;

async function run(line: CommandLine, context: CommandContext): Promise<number> {
  const { io, options } = context;
  const url = line.text('forward-to') ?? line.words[0];
  if (url === undefined || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw line.error('--forward-to wants a URL such as http://localhost:3000/events.');
  }
  const headers = headersOf(line);
  const timeoutMs = line.milliseconds('timeout') ?? TIMEOUT_MS;
  const count = line.number('count') ?? Number.POSITIVE_INFINITY;
  const wish = {
    bus: line.text('bus'),
    pattern: patternOption(line, io),
    since: line.text('since'),
    deliveries: false,
  };
  const bus = await context.bus();
  const style = { style: styleFor(io.stdout, options.color, io.env), width: undefined, isExpanded: false };
  let sent = 0;
  let refused = 0;
  await stoppable(async (stop) => {
    const onConnect = (isAgain: boolean) =>
      io.stderr.write(
        isAgain ? 'The bus is back.\n' : `Sending events of ${bus.url.href} to ${url}; Ctrl-C ends it.\n`,
      );
    const onBreak = () => io.stderr.write('The connection broke; trying again.\n');
    for await (const message of follow(bus, wish, { stop, onConnect, onBreak })) {
      const record = liveRecord(message);
      if (record?.type === 'missed') io.stderr.write(gapText(record));
      if (record?.type !== 'event') continue;
      const answer = await post(record, { url, headers, timeoutMs, stop });
      sent += 1;
      if (!answer.isTaken) refused += 1;
      if (options.output === 'json') {
        const { eventId } = record;
        io.stdout.write(`${JSON.stringify({ eventId, ...answer })}\n`);
      } else {
        const mark = answer.isTaken ? 'good' : 'bad';
        const shown = eventText({ ...record, detailJson: '' }, style).trimEnd();
        io.stdout.write(`${shown}  ${style.style(mark, answer.said)}  ${answer.durationMs} ms\n`);
      }
      if (sent >= count) return;
    }
  });
  return refused > 0 && count !== Number.POSITIVE_INFINITY ? 1 : 0;
}

interface Answered {
  readonly isTaken: boolean;
  /** The status, or why there is none. */
  readonly said: string;
  readonly durationMs: number;
}

async function post(
  { json, eventId }: LiveEvent,
  {
    url,
    headers,
    timeoutMs,
    stop,
  }: {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly timeoutMs: number;
    readonly stop: AbortSignal;
  },
): Promise<Answered> {
  const started = performance.now();
  const durationMs = () => Math.round(performance.now() - started);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-busbar-event-id': eventId, ...headers },
      body: json,
      redirect: 'manual',
      signal: AbortSignal.any([stop, AbortSignal.timeout(timeoutMs)]),
    });
    await response.arrayBuffer();
    const said = `${response.status} ${response.statusText}`.trim();
    return { isTaken: response.ok, said, durationMs: durationMs() };
  } catch (error) {
    return { isTaken: false, said: reasonOf(error), durationMs: durationMs() };
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no answer in time';
  const { cause } = error;
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return cause.errors[0].message;
  return cause instanceof Error ? cause.message || cause.name : error.message;
}

function headersOf(line: CommandLine): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const text of line.texts('header')) {
    const [name, value] = splitOnce(text, ':');
    if (value === undefined) throw line.error(`--header wants NAME:VALUE, not "${text}".`);
    try {
      new Headers([[name.trim(), value.trim()]]);
    } catch {
      throw line.error(`"${text}" is no header that can be sent.`);
    }
    headers[name.trim().toLowerCase()] = value.trim();
  }
  return headers;
}
