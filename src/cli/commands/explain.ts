import type { ExplainedEvent, ExplainedPattern } from '../explain/explanation.ts';
import { explainedEventText, explainedPatternText } from '../explain/explanation-text.ts';
import { type Timeline, timelineText } from '../explain/timeline-text.ts';
import { compactJson } from '../output/output-json.ts';
import { JsonTextError, parseJson } from '../parameters/json-text.ts';
import type { ParameterValue } from '../parameters/parameter-value.ts';
import { printAnswerJson } from '../terminal/print-json.ts';
import { styleFor } from '../terminal/style.ts';
import type { Command, CommandContext } from './command.ts';
import type { CommandLine } from './command-line.ts';
import { patternOption, patternText } from './pattern-option.ts';
import { readText } from './read-text.ts';

/** `busbar explain`. */
export const explain: Command = {
  name: 'explain',
  usage: [
    'explain FILE|ID|- [--rule NAME] [--bus NAME]',
    'explain FILE|ID|- --pattern JSON',
    'explain pattern JSON|FILE|-',
    'explain event ID',
  ],
  about:
    'Tells why rules match an event or don\'t, the nearest miss first: for each leaf of a pattern the value found and the verdict, wrong bus and disabled rules named. An event is JSON in a file, or the id of one that came to the bus. "pattern" tells what a pattern means, "event" what became of an event.',
  options: [
    { name: 'rule', value: 'NAME', help: 'Only this rule, by name or ARN (all).' },
    { name: 'bus', value: 'NAME', help: 'The bus that the event comes to (default).' },
    {
      name: 'pattern',
      value: 'JSON',
      help: 'Hold the event against this pattern instead of the rules; also file://PATH (the rules).',
    },
    { name: 'max', value: 'N', help: 'How many rules to show (10).' },
  ],
  examples: [
    ['Why does my event not come?', 'busbar explain event.json'],
    ['What does this pattern mean?', `busbar explain pattern '{"detail":{"n":[{"numeric":[">",5]}]}}'`],
    ['What became of it?', 'busbar explain event 11111111-2222-4333-8444-555555555555'],
  ],
  exitCodes: '0 a rule or the pattern matches, or can match; 1 none does.',
  run,
};

const EVENT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

async function run(line: CommandLine, context: CommandContext): Promise<number> {
  const [first, second, ...more] = line.words;
  if (more.length > 0) throw line.error(`"${more[0]}" is too much.`);
  if (first === 'pattern') return explainPattern(second ?? line.text('pattern'), line, context);
  if (first === 'event') return explainTimeline(second, line, context);
  if (first === undefined || second !== undefined)
    throw line.error('name one event: a file, an id, or - for standard input.');
  return explainEvent(first, line, context);
}

async function explainEvent(given: string, line: CommandLine, context: CommandContext): Promise<number> {
  const { io, options } = context;
  const what = EVENT_ID.test(given)
    ? `"eventId":${JSON.stringify(given)}`
    : `"event":${envelopeOf(await readText(given, line, io), line)}`;
  const pattern = patternOption(line, io);
  const more: Readonly<Record<string, unknown>> = {
    bus: line.text('bus'),
    rule: line.text('rule'),
    max: line.number('max') ?? (options.output === 'json' ? undefined : 10),
  };
  const rest = pattern === undefined ? JSON.stringify(more) : `{"pattern":${pattern}}`;
  const bus = await context.bus();
  const body = `{${what}${rest === '{}' ? '' : `,${rest.slice(1)}`}${rest === '{}' ? '}' : ''}`;
  const text = await bus.admin('POST', '/_busbar/explain', { body });
  if (pattern !== undefined) return showPattern(JSON.parse(text) as ExplainedPattern, context);
  const answer = JSON.parse(text) as ExplainedEvent;
  if (options.output === 'json') printAnswerJson(answer, io);
  else io.stdout.write(explainedEventText(answer, styleOf(context)));
  return answer.matchCount > 0 ? 0 : 1;
}

async function explainPattern(
  given: string | undefined,
  line: CommandLine,
  context: CommandContext,
): Promise<number> {
  if (given === undefined)
    throw line.error('give the pattern as JSON, in a file, or as - on standard input.');
  const pattern = patternText(await readText(given, line, context.io), line, context.io);
  const bus = await context.bus();
  const text = await bus.admin('POST', '/_busbar/explain', { body: `{"pattern":${pattern}}` });
  return showPattern(JSON.parse(text) as ExplainedPattern, context);
}

function showPattern(answer: ExplainedPattern, context: CommandContext): number {
  const { io, options } = context;
  if (options.output === 'json') printAnswerJson(answer, io);
  else io.stdout.write(explainedPatternText(answer, styleOf(context)));
  return answer.valid && (answer.matches ?? answer.canMatch ?? true) ? 0 : 1;
}

async function explainTimeline(
  id: string | undefined,
  line: CommandLine,
  context: CommandContext,
): Promise<number> {
  if (id === undefined) throw line.error('name the event: its id is what PutEvents answered.');
  const { io, options } = context;
  const bus = await context.bus();
  const timeline = await bus.adminJson<Timeline>('GET', `/_busbar/events/${encodeURIComponent(id)}`);
  if (options.output === 'json') printAnswerJson(timeline, io);
  else io.stdout.write(timelineText(timeline, styleOf(context)));
  return 0;
}

function styleOf({ io, options }: CommandContext) {
  const width = io.stdout.isTTY === true ? (io.stdout.columns ?? 80) : 100;
  return { style: styleFor(io.stdout, options.color, io.env), width };
}

// An entry of PutEvents is taken too: as the event that it would become.
function envelopeOf(text: string, line: CommandLine): string {
  let value: ParameterValue;
  try {
    value = parseJson(text);
  } catch (error) {
    if (error instanceof JsonTextError) throw line.error(`the event is not JSON: ${error.message}`);
    throw error;
  }
  if (!(value instanceof Map)) throw line.error('the event is not a JSON object.');
  if (!value.has('Source') && !value.has('DetailType') && !value.has('Detail')) return compactJson(value);
  const detail = value.get('Detail') ?? '{}';
  const envelope = new Map<string, ParameterValue>([
    ['version', '0'],
    ['id', '00000000-0000-4000-8000-000000000000'],
    ['detail-type', value.get('DetailType') ?? ''],
    ['source', value.get('Source') ?? ''],
    ['account', '000000000000'],
    ['time', `${new Date().toISOString().slice(0, 19)}Z`],
    ['region', 'us-east-1'],
    ['resources', value.get('Resources') ?? []],
    ['detail', typeof detail === 'string' ? detailOf(detail, line) : detail],
  ]);
  return compactJson(envelope);
}

function detailOf(text: string, line: CommandLine): ParameterValue {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonTextError) throw line.error(`Detail is not JSON: ${error.message}`);
    throw error;
  }
}
