import { follow } from '../bus/follow.ts';
import { type LiveDelivery, type LiveRecord, liveRecord } from '../bus/live-record.ts';
import { compactJson } from '../output/output-json.ts';
import { parseJson } from '../parameters/json-text.ts';
import { stoppable } from '../stoppable.ts';
import { deliveryText, eventText, gapText } from '../terminal/event-text.ts';
import { styleFor } from '../terminal/style.ts';
import type { Command, CommandContext } from './command.ts';
import type { CommandLine } from './command-line.ts';
import { patternOption } from './pattern-option.ts';

/** `busbar tail`. */
export const tail: Command = {
  name: 'tail',
  usage: ['tail [options]'],
  about:
    'Shows the events of a bus as they come, until Ctrl-C. When the connection breaks it goes on where it was.',
  options: [
    { name: 'bus', value: 'NAME', help: 'Event bus (default); * for all.' },
    {
      name: 'pattern',
      value: 'JSON',
      help: 'Only events that match this event pattern; also file://PATH (all).',
    },
    { name: 'rule', value: 'NAME', help: 'Only events that this rule matches (all).' },
    { name: 'since', value: 'TIME', help: 'Begin so long ago (90s, 10m, 2h) or at an ISO time (now).' },
    { name: 'deliveries', help: 'Show what happens to each event, too.' },
    { name: 'expanded', help: 'Whole events, not a line each.' },
    { name: 'json', help: 'The events as JSON, a line each.' },
    { name: 'count', value: 'N', help: 'End after so many events (at Ctrl-C).' },
  ],
  examples: [
    ['What is flowing', 'busbar tail'],
    [
      'Orders of the last ten minutes, and what became of them',
      `busbar tail --since 10m --deliveries --rule orders`,
    ],
    ['Into a file that send can read', `busbar tail --json --count 100 > events.jsonl`],
  ],
  run,
};

async function run(line: CommandLine, context: CommandContext): Promise<number> {
  if (line.words.length > 0)
    throw line.error(`"${line.words[0]}" is not understood; a pattern goes with --pattern.`);
  const { io, options } = context;
  const count = line.number('count') ?? Number.POSITIVE_INFINITY;
  const rule = line.text('rule');
  const show = printer(line, context);
  const bus = await context.bus();
  const say = (text: string) => io.stderr.write(text);
  const wish = {
    bus: line.text('bus'),
    pattern: patternOption(line, io),
    since: line.text('since'),
    deliveries: line.has('deliveries'),
  };
  // Deliveries of events that are not shown are not shown either.
  const shown = new Set<string>();
  let events = 0;
  await stoppable(async (stop) => {
    const isTalkative = io.stderr.isTTY === true && options.output !== 'json';
    const records = follow(bus, wish, {
      stop,
      onConnect: (isAgain) => {
        if (isTalkative || isAgain)
          say(isAgain ? 'The bus is back.\n' : `Listening to ${bus.url.href}; Ctrl-C ends it.\n`);
      },
      onBreak: () => say('The connection broke; trying again.\n'),
    });
    for await (const message of records) {
      const record = liveRecord(message);
      if (record === undefined) continue;
      if (record.type === 'event') {
        if (rule !== undefined && !record.rules.some((arn) => arn === rule || arn.endsWith(`/${rule}`)))
          continue;
        if (rule !== undefined) shown.add(record.eventId);
        events += 1;
      } else if (record.type === 'missed') {
        say(gapText(record));
        continue;
      } else if (rule !== undefined && !shown.has(record.eventId)) {
        continue;
      }
      show(record, message.data);
      if (events >= count) return;
    }
  });
  return events >= count || count === Number.POSITIVE_INFINITY ? 0 : 130;
}

function printer(
  line: CommandLine,
  { io, options }: CommandContext,
): (record: LiveRecord, data: string) => void {
  if (line.has('json') || options.output === 'json') {
    return (record, data) => {
      // With deliveries among them records say what they are; events alone are the events themselves.
      if (line.has('deliveries')) io.stdout.write(`{"type":"${record.type}",${compact(data).slice(1)}\n`);
      else if (record.type === 'event') io.stdout.write(`${record.json}\n`);
    };
  }
  const style = {
    style: styleFor(io.stdout, options.color, io.env),
    width: io.stdout.isTTY === true ? io.stdout.columns : undefined,
    isExpanded: line.has('expanded'),
  };
  // An attempt and what it means for its delivery are one line.
  const attempts = new Map<string, LiveDelivery['attempt']>();
  return (record) => {
    if (record.type === 'missed') return;
    if (record.type === 'event') {
      io.stdout.write(eventText(record, style));
      return;
    }
    const key = `${record.eventId} ${record.ruleArn} ${record.targetId}`;
    if (record.type === 'attempt' && record.attempt?.outcome !== 'postponed') {
      attempts.set(key, record.attempt);
      return;
    }
    const attempt = record.attempt ?? attempts.get(key);
    attempts.delete(key);
    io.stdout.write(deliveryText(attempt === undefined ? record : { ...record, attempt }, style));
  };
}

function compact(data: string): string {
  return compactJson(parseJson(data));
}
