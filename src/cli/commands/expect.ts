import type { BusClient } from '../bus/bus-client.ts';
import { follow } from '../bus/follow.ts';
import { type LiveDelivery, type LiveEvent, liveRecord } from '../bus/live-record.ts';
import { generalError } from '../errors.ts';
import { EntryError, entryOf } from '../send/entry.ts';
import { deliveryText, eventText } from '../terminal/event-text.ts';
import { printAnswerJson } from '../terminal/print-json.ts';
import { styleFor } from '../terminal/style.ts';
import type { Command, CommandContext } from './command.ts';
import type { CommandLine } from './command-line.ts';
import { patternOption } from './pattern-option.ts';
import { readText } from './read-text.ts';

/** `busbar expect`. */
export const expect: Command = {
  name: 'expect',
  usage: ['expect --pattern JSON [--put EVENT] [options]'],
  about:
    'Waits until an event that matches a pattern has been delivered to a target, after it has put an event if one is given. For tests of what rules and programs do.',
  options: [
    { name: 'pattern', value: 'JSON', help: 'What the event must match; also file://PATH. Required.' },
    {
      name: 'put',
      value: 'EVENT',
      help: 'An entry of PutEvents as JSON, a file with it, or - for standard input (none: it only waits).',
    },
    { name: 'bus', value: 'NAME', help: 'Event bus (default); * waits on all of them.' },
    { name: 'timeout', value: 'TIME', help: 'How long to wait at most (30s).' },
    { name: 'rule', value: 'NAME', help: 'Only a delivery that this rule owes counts (any).' },
    { name: 'target', value: 'ID', help: 'Only a delivery to this target counts (any).' },
    { name: 'received', help: 'That the event comes in is enough; targets need not be there.' },
    { name: 'absent', help: 'The other way round: 0 when none came in that time.' },
  ],
  examples: [
    ['An order makes an invoice', `busbar expect --put order.json --pattern '{"source":["invoices"]}'`],
    [
      'Nothing may fail for ten seconds',
      `busbar expect --absent --timeout 10s --received --pattern file://failed.json`,
    ],
  ],
  exitCodes: '0 it came; 1 it did not come in time (the other way round with --absent).',
  run,
};

const TIMEOUT_MS = 30_000;

async function run(line: CommandLine, context: CommandContext): Promise<number> {
  const { io, options } = context;
  if (line.words.length > 0)
    throw line.error(`"${line.words[0]}" is not understood; an event goes with --put.`);
  const pattern = patternOption(line, io);
  if (pattern === undefined) throw line.error('--pattern says what to wait for.');
  const entry = await entryToPut(line, context);
  const timeoutMs = line.milliseconds('timeout') ?? TIMEOUT_MS;
  const bus = await context.bus();
  const seen: Seen = { events: [], deliveries: [] };
  const found = await waitFor(bus, { line, pattern, timeoutMs, seen, onListening: () => put(bus, entry) });
  const isMet = (found === undefined) === line.has('absent');
  if (options.output === 'json') {
    const event = found === undefined ? null : (JSON.parse(found.json) as unknown);
    printAnswerJson({ met: isMet, event, events: seen.events.length, deliveries: seen.deliveries }, io);
    return isMet ? 0 : 1;
  }
  const style = { style: styleFor(io.stdout, options.color, io.env), width: undefined, isExpanded: false };
  if (found !== undefined) {
    io.stdout.write(eventText(found, style));
    for (const delivery of seen.deliveries) {
      if (delivery.eventId === found.eventId) io.stdout.write(deliveryText(delivery, style));
    }
  }
  if (!isMet) io.stderr.write(`\n${whyNot(found, seen, timeoutMs)}\n`);
  return isMet ? 0 : 1;
}

interface Seen {
  readonly events: LiveEvent[];
  readonly deliveries: LiveDelivery[];
}

interface Wait {
  readonly line: CommandLine;
  readonly pattern: string;
  readonly timeoutMs: number;
  readonly seen: Seen;
  readonly onListening: () => Promise<void>;
}

// The event is put when the bus listens: not before, or it might be over by then.
async function waitFor(
  bus: BusClient,
  { line, pattern, timeoutMs, seen, onListening }: Wait,
): Promise<LiveEvent | undefined> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeoutMs);
  let putting: Promise<void> | undefined;
  let problem: unknown;
  const onConnect = () => {
    putting ??= onListening().catch((error: unknown) => {
      problem = error;
      stop.abort();
    });
  };
  const wish = { bus: line.text('bus'), pattern, since: undefined, deliveries: !line.has('received') };
  try {
    for await (const message of follow(bus, wish, { stop: stop.signal, onConnect })) {
      const record = liveRecord(message);
      if (record?.type === 'event') {
        seen.events.push(record);
        if (line.has('received')) return record;
      } else if (record?.type === 'delivery') {
        seen.deliveries.push(record);
        if (record.state !== 'delivered' || !isWanted(record, line)) continue;
        const event = seen.events.find(({ eventId }) => eventId === record.eventId);
        if (event !== undefined) return event;
      }
    }
    await putting;
    if (problem !== undefined) throw problem;
    return undefined;
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

function isWanted({ ruleArn, targetId }: LiveDelivery, line: CommandLine): boolean {
  const rule = line.text('rule');
  const target = line.text('target');
  if (rule !== undefined && ruleArn !== rule && !ruleArn.endsWith(`/${rule}`)) return false;
  return target === undefined || target === targetId;
}

async function entryToPut(line: CommandLine, { io }: CommandContext): Promise<string | undefined> {
  const given = line.text('put');
  if (given === undefined) return undefined;
  const bus = line.text('bus');
  const defaults = { eventBusName: bus === '*' ? undefined : bus, source: undefined, detailType: undefined };
  try {
    return entryOf(await readText(given, line, io), 0, defaults).json;
  } catch (error) {
    if (error instanceof EntryError) throw line.error(`the event of --put is ${error.message}`);
    throw error;
  }
}

async function put(bus: BusClient, entry: string | undefined): Promise<void> {
  if (entry === undefined) return;
  const { Entries: [result] = [] } = await bus.ask<PutEventsAnswer>('PutEvents', {
    Entries: [JSON.parse(entry)],
  });
  if (result?.ErrorCode === undefined) return;
  throw generalError(
    `The event was refused: ${result.ErrorMessage ?? ''} (${result.ErrorCode})`,
    result.ErrorCode,
  );
}

interface PutEventsAnswer {
  readonly Entries?: readonly { readonly ErrorCode?: string; readonly ErrorMessage?: string }[];
}

function whyNot(found: LiveEvent | undefined, { events, deliveries }: Seen, timeoutMs: number): string {
  const time = `${timeoutMs / 1000} s`;
  if (found !== undefined) return `Event ${found.eventId} came, and none should have.`;
  const [event] = events;
  if (event === undefined) {
    return `No event that matches the pattern came in ${time}.\nSee what does come: busbar tail; why an event does not match: busbar explain FILE --pattern …`;
  }
  const story = `busbar explain event ${event.eventId}`;
  if (event.rules.length === 0) {
    return `Event ${event.eventId} matches the pattern, but no rule matches it, so nobody gets it (--received would be content).\nWhich rules come near: busbar explain ${event.eventId}`;
  }
  if (deliveries.length === 0)
    return `Event ${event.eventId} came, but was not delivered in ${time}.\nIts story: ${story}`;
  const last = deliveries.at(-1);
  const said = last?.error === undefined ? '' : `: ${last.error.message.replace(/\s+/g, ' ')}`;
  return `Event ${event.eventId} came, but at ${last?.targetId} it is ${last?.state}${said}\nIts story: ${story}`;
}
