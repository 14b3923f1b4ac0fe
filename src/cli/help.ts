import { type Operation, paginators, shapeOf } from '../api-model/api-model.ts';
import { PROGRAM } from './errors.ts';
import { inputMembers, operationsByCommand } from './operation-options.ts';
import { operationTexts } from './operation-texts.ts';
import { wrapped } from './terminal/wrap.ts';

const WIDTH = 80;

/** What `busbar events help` prints: the operations and the options that all of them take. */
export function serviceHelp(): string {
  const names = [...operationsByCommand.keys()].map((name) => `  ${name}`);
  return `${PROGRAM} events <operation> [options]

Operations (${PROGRAM} events <operation> help):
${names.join('\n')}

${GLOBAL_HELP}`;
}

/** What `busbar events <operation> help` prints: synopsis, options and their types, from the API model. */
export function operationHelp(name: string, operation: Operation): string {
  const members = inputMembers(operation);
  const others = paginators.has(operation.name) ? [...INPUT_HELP, ...PAGING_HELP] : INPUT_HELP;
  const synopsis = members.map(({ option }) => {
    const typed = option.takes === 'none' ? option.flag : `${option.flag} <value>`;
    return option.required === true ? `    ${typed}` : `    [${typed}]`;
  });
  const options = members.map(({ option, shape }) => {
    const required = option.required === true ? ', required' : '';
    const negative = option.takes === 'none' ? ` | ${option.flag.replace('--', '--no-')}` : '';
    return `  ${option.flag}${negative} (${typeName(shape)}${required})\n${shorthandHelp(shape)}`;
  });
  return `${PROGRAM} events ${name}
${textOf(name)}
Synopsis:
  ${name}
${[...synopsis, ...others.map(([flag]) => `    [${flag} <value>]`)].join('\n')}

Options:
${options.join('')}${others.map(([flag, help]) => `  ${flag} ${help}\n`).join('')}
AWS page: https://docs.aws.amazon.com/cli/latest/reference/events/${name}.html

${GLOBAL_HELP}`;
}

function textOf(name: string): string {
  const text = operationTexts[name];
  if (text === undefined) return '';
  const example =
    text.example === undefined ? '' : `\n${exampleLines(`${PROGRAM} events ${text.example}`)}\n`;
  return `\n${wrapped(text.about, WIDTH)}\n${example}`;
}

// A line that is too long goes on behind a backslash, as a shell reads it.
function exampleLines(example: string): string {
  const lines: string[] = [];
  let line = ' ';
  for (const [index, part] of example.split(' --').entries()) {
    const piece = index === 0 ? part : `--${part}`;
    if (line.length + 1 + piece.length + 2 > WIDTH && line.trim() !== '') {
      lines.push(`${line} \\`);
      line = '     ';
    }
    line += ` ${piece}`;
  }
  return [...lines, line].join('\n');
}

type OptionHelp = readonly (readonly [flag: string, help: string])[];

const INPUT_HELP: OptionHelp = [
  ['--cli-input-json', '(string): the whole input as JSON, or file://PATH'],
  ['--cli-input-yaml', '(string): the same as YAML'],
  ['--generate-cli-skeleton', '(string): print a sample (input, yaml-input or output) and send nothing'],
];

const PAGING_HELP: OptionHelp = [
  ['--max-items', '(integer): how many items to show; NextToken says where to go on'],
  ['--starting-token', '(string): the NextToken of an earlier command'],
  ['--page-size', '(integer): how many items to ask for in each call; all pages are shown'],
];

const GLOBAL_HELP = `Global options:
  --endpoint-url <url>          another server than the Busbar of this machine
  --region <name>               --profile <name>
  --output <format>             json, text, table, yaml, yaml-stream or off
  --query <expression>          JMESPath: what is printed of the answer
  --color <on|off|auto>         --debug
  --no-sign-request             --no-verify-ssl, --ca-bundle <file>
  --cli-connect-timeout <s>     --cli-read-timeout <s>
  --cli-error-format <format>   legacy, enhanced, json, yaml, text, table

Values: plain text, shorthand (Key=value,List=a,b), JSON, or file://PATH.
`;

function typeName(shapeName: string): string {
  const shape = shapeOf(shapeName);
  if (shape.type === 'list') return `list of ${typeName(shape.member)}`;
  if (shape.type === 'string' && shape.enum !== undefined) return shape.enum.join(' | ');
  return shape.type;
}

function shorthandHelp(shapeName: string): string {
  const shape = shapeOf(shapeName);
  if (shape.type === 'list') {
    const item = shorthandHelp(shape.member);
    return item === '' ? '' : item.replace('\n', ' ...\n');
  }
  if (shape.type === 'map') return `      Shorthand: KeyName=${shapeOf(shape.value).type}\n`;
  if (shape.type !== 'structure') return '';
  return `      Shorthand: ${Object.entries(shape.members)
    .map(([name, inner]) => `${name}=${shorthandType(inner)}`)
    .join(',')}\n`;
}

function shorthandType(shapeName: string): string {
  const shape = shapeOf(shapeName);
  if (shape.type === 'list') return `[${shorthandType(shape.member)}, ...]`;
  if (shape.type === 'map') return `{KeyName=${shorthandType(shape.value)}}`;
  if (shape.type !== 'structure') return shape.type;
  return `{${Object.entries(shape.members)
    .map(([name, inner]) => `${name}=${shorthandType(inner)}`)
    .join(',')}}`;
}
