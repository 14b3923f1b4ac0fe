import { PROGRAM } from '../errors.ts';
import { wrapped } from '../terminal/wrap.ts';
import type { Command } from './command.ts';

const WIDTH = 80;
// A flag that is longer than this stands on a line of its own.
const FLAG_COLUMN = 26;

/** What `busbar NAME --help` prints, in 80 columns. */
export function commandHelp(command: Command): string {
  const usage = command.usage.map((line) => `  ${PROGRAM} ${line}`).join('\n');
  const rows = command.options.map(({ name, value, help }) =>
    row(value === undefined ? `--${name}` : `--${name} ${value}`, help),
  );
  const examples = command.examples.flatMap(([does, line]) => [`  # ${does}`, `  ${line}`]);
  const sections = [
    wrapped(command.about, WIDTH),
    `Usage:\n${usage}`,
    ...(rows.length === 0 ? [] : [`Options:\n${rows.join('\n')}`]),
    ...(examples.length === 0 ? [] : [`Examples:\n${examples.join('\n')}`]),
    ...(command.exitCodes === undefined ? [] : [wrapped(`Exit codes: ${command.exitCodes}`, WIDTH)]),
    GLOBAL,
  ];
  return `${sections.join('\n\n')}\n`;
}

const GLOBAL = `Every command takes --endpoint-url, --region, --profile, --no-sign-request,
--output json, --color on|off|auto and --debug, as "${PROGRAM} events" does.`;

function row(flag: string, help: string): string {
  const lines = wrapped(help, WIDTH - FLAG_COLUMN).split('\n');
  const indented = lines.map((line) => `${' '.repeat(FLAG_COLUMN)}${line}`);
  const head = `  ${flag}`;
  if (head.length + 2 > FLAG_COLUMN) return [head, ...indented].join('\n');
  return [head.padEnd(FLAG_COLUMN) + (lines[0] ?? ''), ...indented.slice(1)].join('\n');
}
