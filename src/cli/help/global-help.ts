import { indented } from '../terminal/indented.ts';
import { optionRow } from '../terminal/option-row.ts';

/** What help says of the options that all operations take, and of how values are written. */
export function globalHelp(width: number): string {
  const rows = OPTIONS.map(([flag, help]) => optionRow(flag, help, width));
  return `Global options:\n${rows.join('\n')}\n\nValues:\n${indented(VALUES, 2, width)}`;
}

const OPTIONS: readonly (readonly [flag: string, help: string])[] = [
  ['--endpoint-url URL', 'Another server than the Busbar of this machine, http://127.0.0.1:4010.'],
  [
    '--region NAME',
    "The Region. Left out: AWS_REGION, AWS_DEFAULT_REGION, the profile's; for a Busbar, us-east-1.",
  ],
  [
    '--profile NAME',
    'The profile of ~/.aws/config and ~/.aws/credentials. Left out: AWS_PROFILE, or default.',
  ],
  ['--output FORMAT', 'json (the default), text, table, yaml, yaml-stream or off.'],
  ['--query EXPRESSION', 'JMESPath: what is printed of the answer. Left out, all of it.'],
  ['--no-paginate', 'One call, where otherwise all pages of a list are fetched.'],
  ['--no-cli-pager', 'No pager on a terminal. Without it: AWS_PAGER, PAGER, or less.'],
  ['--color on|off|auto', 'Colours in tables; auto, the default, has them on a terminal.'],
  ['--no-sign-request', 'No signature; credentials are not looked for.'],
  ['--ca-bundle FILE', 'The certificates that https endpoints are checked against.'],
  ['--no-verify-ssl', 'No such check.'],
  ['--cli-connect-timeout N', 'Seconds that connecting may take; 60 by default, 0 for no end.'],
  ['--cli-read-timeout N', 'Seconds that a silence may take; 60 by default, 0 for no end.'],
  ['--cli-error-format FORMAT', 'legacy (the default), enhanced, json, yaml, text or table.'],
  ['--debug', 'Writes requests and answers to standard error.'],
];

const VALUES =
  'Plain text, shorthand (Key=value,List=a,b), JSON, or file://PATH for what a file holds; file:///dev/stdin is standard input.';

/** What each option that all operations take does, by its flag. */
export const globalTexts: ReadonlyMap<string, string> = new Map(
  OPTIONS.map(([flag, help]) => [flag.split(' ')[0] ?? '', help]),
);
