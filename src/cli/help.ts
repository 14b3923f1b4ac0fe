import { type Operation, paginators } from '../api-model/api-model.ts';
import { PROGRAM } from './errors.ts';
import { globalHelp } from './global-help.ts';
import { inputMembers } from './operation-options.ts';
import { chapters, type OperationText, operationTexts } from './operation-texts/index.ts';
import { optionHelp, outputHelp } from './option-help.ts';
import { exampleLines } from './terminal/example-lines.ts';
import { indented } from './terminal/indented.ts';
import { wrapped } from './terminal/wrap.ts';

/** What `busbar events help` prints, in lines of at most that width: the operations and the options of all of them. */
export function serviceHelp(width: number): string {
  const sections = chapters.map(
    ({ title, operations }) => `${title}:\n${lines(Object.keys(operations).map((name) => `  ${name}`))}`,
  );
  return `${PROGRAM} events <operation> [options]

${wrapped(`The EventBridge API, with the commands, options and answers of "aws events". Of each operation there is more: ${PROGRAM} events put-events help.`, width)}

${sections.join('\n\n')}

${globalHelp(width)}
`;
}

/**
 * What `busbar events <operation> help` prints, in lines of at most that width: what it does, what it takes and answers,
 * and examples. The order is that of the AWS CLI's pages.
 */
export function operationHelp(name: string, operation: Operation, width: number): string {
  const text = operationTexts[name];
  if (text === undefined) throw new Error(`there is no text about ${name}`);
  return [
    `${PROGRAM} events ${name}`,
    wrapped(text.about, width),
    `Synopsis:\n${synopsis(name, operation)}`,
    `Options:\n${optionsHelp(operation, text, width)}`,
    `Examples:\n${examplesHelp(text, width)}`,
    `Output:\n${outputHelp(operation.output)}`,
    globalHelp(width),
    `AWS page:\n  https://docs.aws.amazon.com/cli/latest/reference/events/${name}.html\n`,
  ].join('\n\n');
}

function synopsis(name: string, operation: Operation): string {
  const members = inputMembers(operation).map(({ option }) => {
    const typed = option.takes === 'none' ? option.flag : `${option.flag} <value>`;
    return option.required === true ? `    ${typed}` : `    [${typed}]`;
  });
  const others = sharedOptions(operation).map(([flag]) => `    [${flag} <value>]`);
  return lines([`  ${name}`, ...members, ...others, '    [global options]']);
}

function optionsHelp(operation: Operation, text: OperationText, width: number): string {
  const own = inputMembers(operation).map((member) => optionHelp(member, text.options, width));
  const shared = sharedOptions(operation).map(
    ([flag, type, help]) => `  ${flag} (${type})\n${indented(help, 6, width)}`,
  );
  return [...own, ...shared].join('\n\n');
}

function examplesHelp(text: OperationText, width: number): string {
  return text.examples
    .map(([does, line]) => `  # ${does}\n${exampleLines(`${PROGRAM} events ${line}`, width)}`)
    .join('\n\n');
}

type SharedOption = readonly [flag: string, type: string, help: string];

function sharedOptions(operation: Operation): readonly SharedOption[] {
  return paginators.has(operation.name) ? [...INPUT_OPTIONS, ...PAGING_OPTIONS] : INPUT_OPTIONS;
}

const INPUT_OPTIONS: readonly SharedOption[] = [
  [
    '--cli-input-json',
    'string',
    "All options at once, as a JSON object with the API's names, or file://PATH. Options that are given beside it win. --generate-cli-skeleton prints a sample.",
  ],
  ['--cli-input-yaml', 'string', 'The same as YAML.'],
  [
    '--generate-cli-skeleton',
    'string',
    'Prints a sample and sends nothing: of the input as JSON (input, also without a value) or as YAML (yaml-input), or of the answer (output).',
  ],
];

const PAGING_OPTIONS: readonly SharedOption[] = [
  [
    '--max-items',
    'integer',
    'How many items to show in all. Where more are left, the NextToken in the answer is for --starting-token. Left out, all are shown.',
  ],
  ['--starting-token', 'string', 'Goes on where an earlier command ended: its NextToken.'],
  [
    '--page-size',
    'integer',
    'How many items to ask for in each call; all are shown all the same. Left out, it is as many as the service likes.',
  ],
];

/** What each option does that no member of the API stands for, by its flag. */
export const sharedTexts: ReadonlyMap<string, string> = new Map(
  [...INPUT_OPTIONS, ...PAGING_OPTIONS].map(([flag, , help]) => [flag, help]),
);

function lines(texts: readonly string[]): string {
  return texts.join('\n');
}
