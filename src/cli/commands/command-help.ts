import { PROGRAM } from '../errors.ts';
import { exampleLines } from '../terminal/example-lines.ts';
import { indented } from '../terminal/indented.ts';
import { optionRow } from '../terminal/option-row.ts';
import { wrapped } from '../terminal/wrap.ts';
import type { Command } from './command.ts';

/** What `busbar NAME --help` prints, in lines of at most that width. */
export function commandHelp(command: Command, width: number): string {
  const usage = command.usage.map((line) => indented(`${PROGRAM} ${line}`, 2, width)).join('\n');
  const rows = command.options.map(({ name, value, help }) =>
    optionRow(value === undefined ? `--${name}` : `--${name} ${value}`, help, width),
  );
  const examples = command.examples.map(([does, line]) => `  # ${does}\n${exampleLines(line, width)}`);
  const sections = [
    wrapped(command.about, width),
    `Usage:\n${usage}`,
    ...(rows.length === 0 ? [] : [`Options:\n${rows.join('\n')}`]),
    ...(examples.length === 0 ? [] : [`Examples:\n${examples.join('\n\n')}`]),
    ...(command.exitCodes === undefined ? [] : [wrapped(`Exit codes: ${command.exitCodes}`, width)]),
    wrapped(rows.length === 0 ? GLOBAL : `${DEFAULTS} ${GLOBAL}`, width),
  ];
  return `${sections.join('\n\n')}\n`;
}

const DEFAULTS = 'In parentheses: what holds without the option.';
const GLOBAL = `Every command takes --endpoint-url, --region, --profile, --no-sign-request, --output json, --color on|off|auto and --debug, as "${PROGRAM} events" does.`;
