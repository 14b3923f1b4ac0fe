import type { BusClient } from '../bus/bus-client.ts';
import { closeMatches } from '../close-matches.ts';
import { findFixture, fixtures } from '../fixtures/index.ts';
import { columns } from '../terminal/columns.ts';
import { printAnswerJson } from '../terminal/print-json.ts';
import type { Command, CommandContext } from './command.ts';
import { type CommandLine, splitOnce } from './command-line.ts';

/** `busbar trigger`. */
export const trigger: Command = {
  name: 'trigger',
  usage: ['trigger NAME [--set PATH=VALUE ...]', 'trigger --list'],
  about:
    'Sends an event such as an AWS service sends, with made-up names in it. Everything in it can be set.',
  options: [
    { name: 'list', help: 'The names of the events.' },
    {
      name: 'set',
      value: 'PATH=VALUE',
      help: 'Change a field, as in detail.state=stopped; VALUE is JSON, or text where it is none. Without =VALUE the field goes (all as made up). Often.',
    },
    { name: 'bus', value: 'NAME', help: 'Event bus (default).' },
    { name: 'print', help: 'Print the event and send nothing.' },
  ],
  examples: [
    ['An object was created', 'busbar trigger s3-object-created --set detail.object.key=in/a.csv'],
    ['See what it looks like', 'busbar trigger ec2-state-change --print'],
  ],
  run,
};

async function run(line: CommandLine, context: CommandContext): Promise<number> {
  const { io, options } = context;
  if (line.has('list')) {
    if (options.output === 'json')
      printAnswerJson(
        fixtures.map(({ name, about }) => ({ name, about })),
        io,
      );
    else io.stdout.write(columns(fixtures.map(({ name, about }) => [name, about])));
    return 0;
  }
  const [name, ...more] = line.words;
  if (name === undefined || more.length > 0) throw line.error('name one event; --list shows them.');
  const fixture = findFixture(name);
  if (fixture === undefined) {
    const [meant] = closeMatches(
      name,
      fixtures.map((known) => known.name),
    );
    throw line.error(
      `there is no event "${name}".${meant === undefined ? ' --list shows them.' : ` Did you mean ${meant}?`}`,
    );
  }
  const bus = line.has('print') ? undefined : await context.bus();
  const region = bus?.region ?? options.region ?? io.env['AWS_REGION'] ?? 'us-east-1';
  const event: Record<string, unknown> = fixture.event({
    account: await accountOf(bus),
    region,
    now: new Date(),
  });
  for (const change of line.texts('set')) set(event, change, line);
  if (bus === undefined) {
    printAnswerJson(event, io);
    return 0;
  }
  const busName = line.text('bus');
  const { eventId } = await bus.adminJson<{ readonly eventId: string }>('POST', '/_busbar/service-events', {
    body: {
      source: event['source'],
      detailType: event['detail-type'],
      detail: JSON.stringify(event['detail']),
      resources: event['resources'],
      ...(busName === undefined ? {} : { bus: busName }),
    },
  });
  if (options.output === 'json') printAnswerJson({ eventId }, io);
  else io.stdout.write(`${event['source']} "${event['detail-type']}" is event ${eventId}\n`);
  return 0;
}

// ARNs in the event name the account that the bus knows the caller by.
async function accountOf(bus: BusClient | undefined): Promise<string> {
  if (bus === undefined) return '000000000000';
  return (await bus.adminJson<{ readonly account: string }>('GET', '/_busbar/status')).account;
}

function set(event: Record<string, unknown>, change: string, line: CommandLine): void {
  const [path, text] = splitOnce(change, '=');
  const parts = path.split('.');
  const last = parts.pop() ?? '';
  let holder: unknown = event;
  for (const part of parts) {
    const inner = member(holder, part);
    if (typeof inner === 'object' && inner !== null) holder = inner;
    else holder = put(holder, part, {});
  }
  if (last === '' || typeof holder !== 'object' || holder === null)
    throw line.error(`--set ${change}: there is no such field.`);
  if (text === undefined) Reflect.deleteProperty(holder, last);
  else put(holder, last, fieldValue(text));
}

function member(holder: unknown, name: string): unknown {
  if (Array.isArray(holder)) return holder[Number(name)];
  return typeof holder === 'object' && holder !== null && Object.hasOwn(holder, name)
    ? Reflect.get(holder, name)
    : undefined;
}

// Own properties only: a path may hold any name.
function put(holder: unknown, name: string, value: unknown): unknown {
  if (typeof holder !== 'object' || holder === null) return undefined;
  Object.defineProperty(holder, name, { value, enumerable: true, writable: true, configurable: true });
  return value;
}

function fieldValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
