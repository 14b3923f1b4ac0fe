import type { Operation } from '../../api-model/api-model.ts';
import { PROGRAM } from '../errors.ts';
import { inputMembers, optionName } from '../operations/operation-options.ts';
import type { MemberSentence } from '../parameters/skeleton-yaml.ts';
import { sharedOptions } from '../shared-options.ts';
import { exampleLines } from '../terminal/example-lines.ts';
import { indented } from '../terminal/indented.ts';
import { wrapped } from '../terminal/wrap.ts';
import { globalHelp } from './global-help.ts';
import { chapters, type OperationText, operationTexts, structureTexts } from './operation-texts/index.ts';
import { optionHelp, outputHelp } from './option-help.ts';

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

/** What the first sentence of help says of each member of what an operation takes. */
export function memberSentence(operation: Operation): MemberSentence {
  const { options } = operationTexts[optionName(operation.name)] ?? {};
  return (structure, member) => {
    const texts = structure === operation.input ? options : structureTexts[structure];
    const [first = ''] = texts?.[member]?.split(/(?<=\.) (?=[A-Z])/) ?? [];
    return first;
  };
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

function lines(texts: readonly string[]): string {
  return texts.join('\n');
}
