import { type Setting, settings } from '../../config.ts';
import { PROGRAM } from '../errors.ts';
import { exampleLines } from '../terminal/example-lines.ts';
import { optionRow } from '../terminal/option-row.ts';
import { wrapped } from '../terminal/wrap.ts';

/** What `busbar start --help` prints, in lines of at most that width: every setting, from the table of them. */
export function startHelp(width: number): string {
  const rows: readonly Setting[] = Object.values(settings);
  const options = rows.map((row) =>
    row.flag === undefined
      ? optionRow(row.env, textOf(row), width)
      : optionRow(named(`--${row.flag}`, row.value), textOf(row, row.env), width),
  );
  const examples = EXAMPLES.map(
    ([does, line]) => `  # ${does}\n${exampleLines(`${PROGRAM} ${line}`, width)}`,
  );
  return `${[
    wrapped(ABOUT, width),
    `Usage:\n  ${PROGRAM} start [options]`,
    `Options, and variables that have none:\n${options.join('\n')}`,
    `Examples:\n${examples.join('\n\n')}`,
    wrapped('Exit codes: 0 it was stopped; 1 it could not start; 252 a setting is wrong.', width),
  ].join('\n\n')}\n`;
}

const ABOUT =
  'Starts the event bus and serves the EventBridge API until it is stopped by Ctrl-C or SIGTERM: then it finishes what is under way; a second signal ends it at once. In parentheses: the variable that sets the same, and what holds without either.';

const EXAMPLES: readonly (readonly [does: string, line: string])[] = [
  ['At work: everything in the folder busbar-data, nothing to configure', 'start'],
  ['For a test: in memory, on any free port, which is printed', 'start --memory --port 0'],
  [
    'For others, who sign their requests',
    'start --host 0.0.0.0 --credentials ./access-keys --data /var/lib/busbar',
  ],
];

function named(flag: string, value: string | undefined): string {
  return value === undefined ? flag : `${flag} ${value}`;
}

// The table is also a page of the documentation, whose marks mean nothing here.
function textOf({ help, default: preset }: Setting, variable?: string): string {
  const origin = [...(variable === undefined ? [] : [variable]), ...(preset === '' ? [] : [preset])];
  const text = help.replaceAll('`', '');
  return origin.length === 0 ? text : `${text} (${origin.join('; ')})`;
}
