import type { BusClient } from '../bus/bus-client.ts';
import type { Finding, Severity } from '../doctor/finding.ts';
import { impossiblePatterns } from '../doctor/impossible-patterns.ts';
import { loops } from '../doctor/loops.ts';
import { overlaps } from '../doctor/overlaps.ts';
import { survey } from '../doctor/survey.ts';
import { idleRules, inactiveDestinations, withoutDeadLetterQueue } from '../doctor/target-checks.ts';
import { unreachable } from '../doctor/unreachable.ts';
import { printAnswerJson } from '../terminal/print-json.ts';
import { type Mark, type Style, styleFor } from '../terminal/style.ts';
import { wrapped } from '../terminal/wrap.ts';
import type { Command, CommandContext } from './command.ts';
import type { CommandLine } from './command-line.ts';

/** `busbar doctor`. */
export const doctor: Command = {
  name: 'doctor',
  usage: ['doctor [--strict]'],
  about:
    'Looks at what is configured for what goes wrong sooner or later: targets without a dead-letter queue, rules that can never match, loops between buses, endpoints where nothing answers, rules that deliver the same events twice, deliveries that were given up.',
  options: [{ name: 'strict', help: 'Warnings count as problems.' }],
  examples: [['In a pipeline', 'busbar doctor --strict --output json']],
  exitCodes: '0 no problems; 1 problems.',
  run,
};

async function run(line: CommandLine, context: CommandContext): Promise<number> {
  if (line.words.length > 0) throw line.error('it takes no words.');
  const { io, options } = context;
  const findings = await examine(await context.bus());
  const counted = findings.filter(
    ({ severity }) => severity === 'problem' || (severity === 'warning' && line.has('strict')),
  );
  if (options.output === 'json') printAnswerJson({ findings }, io);
  else {
    const width = io.stdout.isTTY === true ? (io.stdout.columns ?? 80) : 100;
    io.stdout.write(findingsText(findings, styleFor(io.stdout, options.color, io.env), width));
  }
  return counted.length > 0 ? 1 : 0;
}

async function examine(bus: BusClient): Promise<readonly Finding[]> {
  const surveyed = await survey(bus);
  const findings = [
    ...loops(surveyed),
    ...(await impossiblePatterns(surveyed, bus)),
    ...(await unreachable(surveyed)),
    ...inactiveDestinations(surveyed),
    ...(await failedDeliveries(bus)),
    ...overlaps(surveyed),
    ...idleRules(surveyed),
    ...withoutDeadLetterQueue(surveyed),
  ];
  const order: readonly Severity[] = ['problem', 'warning', 'note'];
  return findings.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

async function failedDeliveries(bus: BusClient): Promise<readonly Finding[]> {
  const { deliveries } = await bus.adminJson<{ readonly deliveries: { readonly failed: number } }>(
    'GET',
    '/_busbar/status',
  );
  if (deliveries.failed === 0) return [];
  return [
    {
      severity: 'problem',
      check: 'failed-deliveries',
      subject: 'deliveries',
      message: `${deliveries.failed.toLocaleString('en')} were given up.`,
      advice: 'busbar redrive lists them, and sends them once more.',
    },
  ];
}

const MARKS: Readonly<Record<Severity, Mark>> = { problem: 'bad', warning: 'warning', note: 'dim' };

function findingsText(findings: readonly Finding[], style: Style, width: number): string {
  if (findings.length === 0) return `${style('good', 'Nothing found.')}\n`;
  const texts = findings.map(({ severity, subject, message, advice }) => {
    const body = wrapped(`${message}\n${advice}`, width - 4).replace(/^/gm, '    ');
    return `${style(MARKS[severity], severity.padEnd(7))}  ${style('bold', subject)}\n${body}\n`;
  });
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const counts = (['problem', 'warning', 'note'] as const)
    .map((severity) => [count(severity), severity] as const)
    .filter(([number]) => number > 0)
    .map(([number, severity]) => `${number} ${severity}${number === 1 ? '' : 's'}`);
  return `${texts.join('\n')}\n${counts.join(', ')}\n`;
}
