import { follow } from '../bus/follow.ts';
import { type LiveEvent, liveRecord } from '../bus/live-record.ts';
import { stoppable } from '../stoppable.ts';
import { eventText, gapText } from '../terminal/event-text.ts';
import { styleFor } from '../terminal/style.ts';
import { type Forwarded, forward } from '../webhook/forwarder.ts';
import { WebhookSecretError, webhookKey } from '../webhook/webhook-signature.ts';
import type { Command, CommandContext } from './command.ts';
import type { CommandLine } from './command-line.ts';
import { patternOption } from './pattern-option.ts';

const SECRET_VARIABLE = 'BUSBAR_WEBHOOK_SECRET';
const TIMEOUT_MS = 30_000;
const RETRIES = 3;

/** `busbar listen`. */
export const listen: Command = {
  name: 'listen',
  usage: ['listen --forward-to URL [options]'],
  about:
    'Sends the events of a bus on by HTTP, one after the other, and shows what the other side answers. For a program that is being written, without a rule and a target for it.',
  options: [
    { name: 'forward-to', value: 'URL', help: 'Where each event is posted as JSON. Required.' },
    { name: 'bus', value: 'NAME', help: 'Event bus (default); * for all.' },
    {
      name: 'pattern',
      value: 'JSON',
      help: 'Only events that match this event pattern; also file://PATH (all).',
    },
    { name: 'header', value: 'NAME=VALUE', help: 'A header of the requests (none). Often.' },
    { name: 'secret', value: 'SECRET', help: `Sign the requests with it (${SECRET_VARIABLE}).` },
    { name: 'retries', value: 'N', help: 'How often an event is tried again that did not go (3).' },
    { name: 'since', value: 'TIME', help: 'Begin so long ago (90s, 10m, 2h) or at an ISO time (now).' },
    { name: 'timeout', value: 'TIME', help: 'How long the other side may take each time (30s).' },
    { name: 'count', value: 'N', help: 'End after so many events (at Ctrl-C).' },
  ],
  examples: [
    ['Everything, to the program at work', 'busbar listen --forward-to http://localhost:3000/events'],
    [
      'To one that is started anew now and then',
      'busbar listen --forward-to http://localhost:3000/events --retries 10',
    ],
  ],
  exitCodes: 'with --count: 0 all were taken, 1 some were not.',
  run,
};

async function run(line: CommandLine, context: CommandContext): Promise<number> {
  const { io } = context;
  const url = line.text('forward-to') ?? line.words[0];
  if (url === undefined || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw line.error('--forward-to wants a URL such as http://localhost:3000/events.');
  }
  const settings = {
    url,
    headers: headersOf(line),
    timeoutMs: line.milliseconds('timeout') ?? TIMEOUT_MS,
    retries: retriesOf(line),
    key: keyOf(line, io.env),
    random: io.random ?? Math.random,
  };
  const count = line.number('count') ?? Number.POSITIVE_INFINITY;
  const wish = {
    bus: line.text('bus'),
    pattern: patternOption(line, io),
    since: line.text('since'),
    deliveries: false,
  };
  const bus = await context.bus();
  const tally = { taken: 0, refused: 0, repeated: 0, isCutShort: false };
  const onRetry = (said: string, waitMs: number) => {
    tally.repeated += 1;
    io.stderr.write(`${said}; trying again in ${(waitMs / 1000).toFixed(1)} s.\n`);
  };
  try {
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
        const event = { id: record.eventId, body: record.json };
        const sent = await forward(event, { ...settings, stop, onRetry });
        if (sent === undefined) {
          tally.isCutShort = true;
          return;
        }
        if (sent.isTaken) tally.taken += 1;
        else tally.refused += 1;
        show(record, sent, context);
        if (tally.taken + tally.refused >= count) return;
      }
    });
  } finally {
    io.stderr.write(summary(tally));
  }
  return tally.refused > 0 && count !== Number.POSITIVE_INFINITY ? 1 : 0;
}

function show(record: LiveEvent, sent: Forwarded, { io, options }: CommandContext): void {
  if (options.output === 'json') {
    io.stdout.write(`${JSON.stringify({ eventId: record.eventId, ...sent })}\n`);
    return;
  }
  const style = styleFor(io.stdout, options.color, io.env);
  const shown = eventText({ ...record, detailJson: '' }, { style, width: undefined, isExpanded: false });
  const said = style(sent.isTaken ? 'good' : 'bad', sent.said);
  const attempts = sent.attempts === 1 ? '' : `  ${sent.attempts} attempts`;
  io.stdout.write(`${shown.trimEnd()}  ${said}  ${sent.durationMs} ms${attempts}\n`);
}

interface Tally {
  readonly taken: number;
  readonly refused: number;
  readonly repeated: number;
  readonly isCutShort: boolean;
}

function summary({ taken, refused, repeated, isCutShort }: Tally): string {
  const parts = [`${taken} taken, ${refused} not.`];
  if (repeated > 0) parts.push(`${repeated} ${repeated === 1 ? 'request was' : 'requests were'} sent again.`);
  if (isCutShort) parts.push('One more was under way: whether it was taken is not known.');
  return `${parts.join(' ')}\n`;
}

function retriesOf(line: CommandLine): number {
  const text = line.text('retries');
  if (text === undefined) return RETRIES;
  if (/^\d{1,3}$/.test(text)) return Number(text);
  throw line.error(`--retries takes a whole number from 0, not "${text}".`);
}

function keyOf(line: CommandLine, env: CommandContext['io']['env']): Uint8Array | undefined {
  const typed = line.text('secret');
  const secret = typed ?? (env[SECRET_VARIABLE] || undefined);
  if (secret === undefined) return undefined;
  try {
    return webhookKey(secret);
  } catch (error) {
    if (!(error instanceof WebhookSecretError)) throw error;
    const name = typed === undefined ? SECRET_VARIABLE : '--secret';
    throw line.error(`${name} wants base64, as "openssl rand -base64 24" makes it, after whsec_ or without.`);
  }
}

function headersOf(line: CommandLine): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const text of line.texts('header')) {
    // As curl writes them, too.
    const [, name = '', value] = /^([^:=]*)[:=](.*)$/s.exec(text) ?? [];
    if (value === undefined) throw line.error(`--header wants NAME=VALUE, not "${text}".`);
    try {
      new Headers([[name.trim(), value.trim()]]);
    } catch {
      throw line.error(`"${text}" is no header that can be sent.`);
    }
    headers[name.trim().toLowerCase()] = value.trim();
  }
  return headers;
}
