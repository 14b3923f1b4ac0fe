import { closeMatches } from '../close-matches.ts';
import { checkArchives } from '../doctor/check-archives.ts';
import { checkCircles } from '../doctor/check-circles.ts';
import { checkConnections } from '../doctor/check-connections.ts';
import { checkDeliveries } from '../doctor/check-deliveries.ts';
import { checkEndpoints } from '../doctor/check-endpoints.ts';
import { checkOverlaps } from '../doctor/check-overlaps.ts';
import { checkRules } from '../doctor/check-rules.ts';
import { checkTargets } from '../doctor/check-targets.ts';
import { CHECKS, type Finding, worstFirst } from '../doctor/finding.ts';
import { countsText, findingsText } from '../doctor/findings-text.ts';
import type { Inventory } from '../doctor/inventory.ts';
import { Mending } from '../doctor/mending.ts';
import { readInventory } from '../doctor/read-inventory.ts';
import { interruptible } from '../interrupt.ts';
import { printAnswerJson } from '../terminal/print-json.ts';
import { ProgressBar } from '../terminal/progress-bar.ts';
import { styleFor } from '../terminal/style.ts';
import type { Command, CommandContext } from './command.ts';
import type { CommandLine } from './command-line.ts';

/** `busbar doctor`. */
export const doctor: Command = {
  name: 'doctor',
  usage: ['doctor [--bus NAME] [--connect] [--strict] [--skip CHECK ...]'],
  about: `Looks at everything that is configured and tells what can't work or is likely not meant: what, why, and the command that mends it (words in capitals are yours to fill in). It reads through the EventBridge API, so it looks at AWS too. It changes nothing.\n\nThe checks: ${Object.keys(CHECKS).join(', ')}.`,
  options: [
    { name: 'bus', value: 'NAME', help: 'Rules and archives of this event bus only (all).' },
    {
      name: 'connect',
      help: 'Connect to the endpoints of targets and API destinations and hang up; nothing is sent.',
    },
    { name: 'timeout', value: 'TIME', help: 'With --connect: how long all of it may take (20s).' },
    { name: 'strict', help: 'Warnings count as errors.' },
    { name: 'skip', value: 'CHECK', help: 'Leave a check out, by its name (none). Often.' },
  ],
  examples: [
    ['In a pipeline', 'busbar doctor --strict --skip no-dead-letter-queue'],
    ['What is configured on AWS', 'busbar doctor --endpoint-url https://events.eu-west-1.amazonaws.com'],
  ],
  exitCodes: '0 no errors (with --strict: no warnings either); 1 errors.',
  run,
};

const CONNECT_MS = 20_000;

async function run(line: CommandLine, context: CommandContext): Promise<number> {
  if (line.words.length > 0) throw line.error('it takes no words.');
  const skipped = skippedChecks(line);
  const { io, options } = context;
  const { inventory, findings } = await interruptible(() => diagnose(line, context), io);
  const shown = worstFirst(findings.filter(({ check }) => !skipped.has(check)));
  if (options.output === 'json') {
    printAnswerJson(
      { lookedAt: sizesOf(inventory), notLookedAt: inventory.notLookedAt, findings: shown },
      io,
    );
  } else {
    const style = styleFor(io.stdout, options.color, io.env);
    const width = io.stdout.isTTY === true ? (io.stdout.columns ?? 80) : 80;
    io.stdout.write(findingsText(shown, { style, width }));
    for (const text of inventory.notLookedAt)
      io.stdout.write(`${style('warning', 'Not looked at:')} ${text}\n`);
    io.stdout.write(`${lookedAtText(inventory)}\n${countsText(shown)}\n`);
  }
  const failing = line.has('strict') ? ['error', 'warning'] : ['error'];
  return shown.some(({ severity }) => failing.includes(severity)) ? 1 : 0;
}

function skippedChecks(line: CommandLine): ReadonlySet<string> {
  const skipped = line.texts('skip').flatMap((text) => text.split(','));
  const unknown = skipped.find((name) => !Object.hasOwn(CHECKS, name));
  if (unknown !== undefined) {
    const [meant] = closeMatches(unknown, Object.keys(CHECKS));
    throw line.error(
      `there is no check "${unknown}".${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
    );
  }
  return new Set(skipped);
}

async function diagnose(
  line: CommandLine,
  { io, options, bus }: CommandContext,
): Promise<{ readonly inventory: Inventory; readonly findings: readonly Finding[] }> {
  const connectMs = line.milliseconds('timeout') ?? CONNECT_MS;
  const client = await bus();
  const name = line.text('bus');
  const bar = new ProgressBar(io.stderr, Date.now);
  const read = await readInventory(client, {
    busName: name,
    onProgress: (count) => bar.show({ share: undefined, count, unit: 'rules read' }),
  });
  bar.clear();
  if (name !== undefined && !read.eventBuses.some((one) => one.Name === name)) {
    throw line.error(`there is no event bus "${name}"; busbar events list-event-buses shows them.`);
  }
  const mending = new Mending(options);
  const overlaps = checkOverlaps(read, mending);
  const findings = [
    ...(await checkDeliveries(client)),
    ...checkTargets(read, mending),
    ...checkConnections(read, mending),
    ...checkRules(read, mending),
    ...checkArchives(read, mending),
    ...checkCircles(read, mending),
    ...overlaps.findings,
  ];
  const notLookedAt = [...read.notLookedAt];
  if (!overlaps.isComplete)
    notLookedAt.push('overlaps of patterns: there are too many rules on one event bus.');
  if (line.has('connect')) {
    const connecting = new ProgressBar(io.stderr, Date.now);
    const onProgress = (done: number, of: number) =>
      connecting.show({ share: done / of, count: done, unit: 'endpoints' });
    const connected = await checkEndpoints(read, { mending, deadlineMs: connectMs, onProgress });
    connecting.clear();
    findings.push(...connected.findings);
    if (connected.notReached > 0) {
      notLookedAt.push(`${connected.notReached} endpoints: there was no time left (--timeout).`);
    }
  }
  return { inventory: { ...read, notLookedAt }, findings };
}

function sizesOf({ eventBuses, rules, archives, connections, apiDestinations }: Inventory) {
  return {
    eventBuses: eventBuses.length,
    rules: rules.filter(({ ManagedBy }) => ManagedBy === undefined).length,
    targets: rules.reduce(
      (sum, { targets, ManagedBy }) => sum + (ManagedBy === undefined ? targets.length : 0),
      0,
    ),
    archives: archives.length,
    connections: connections.length,
    apiDestinations: apiDestinations.length,
  };
}

function lookedAtText(inventory: Inventory): string {
  const { eventBuses, rules, targets, archives, connections, apiDestinations } = sizesOf(inventory);
  const parts = [
    amount(eventBuses, 'event bus', 'event buses'),
    amount(rules, 'rule'),
    amount(targets, 'target'),
    amount(archives, 'archive'),
    amount(connections, 'connection'),
    amount(apiDestinations, 'API destination'),
  ].filter((part) => !part.startsWith('0 '));
  return `Looked at ${parts.join(', ')}.`;
}

function amount(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
